import { allPoints } from '../../data/allPoints.ts';
import type { DataSpec } from '../../data/dataSpec.ts';
import { loadDataSet } from '../../data/loadDataSet.ts';
import type { PlaneWindow } from '../../geometry/arrangement.ts';
import { boxAround } from '../../geometry/boxAround.ts';
import { InvalidInputError } from '../../input/invalidInput.ts';
import type { RunReadings } from '../../learnt/lossTable.ts';
import { hasRegions } from '../../model/drawnNetwork.ts';
import type { ExplicitSource } from '../../model/networks.ts';
import { projectOnSlice } from '../../model/projectOnSlice.ts';
import { resolve } from '../../model/resolve.ts';
import type { Slice } from '../../model/slice.ts';
import { RegionsClient } from '../../regions/regionsClient.ts';
import { beginTraining } from '../../state/beginTraining.ts';
import { applyPatch } from '../../state/patch.ts';
import type { State } from '../../state/state.ts';
import { setAttribute } from '../dom/elements.ts';
import type { DrawnFiles } from '../exporting/drawnFiles.ts';
import type { Messages } from '../page/messages.ts';
import type { Motion, Session } from '../panel/session.ts';
import { PanelRun } from './panelRun.ts';
import { prepareInWorker } from './runWork.ts';
import { type CountedStep, StepCounts } from './stepCounts.ts';
import { TrainingBar } from './trainingBar.ts';

/** What training uses of its panel, and reports to it. */
export interface TrainingHost {
  /** The panel's element, whose class makes room for the bar. */
  readonly panel: HTMLElement;
  readonly bar: HTMLElement;
  readonly session: Session;
  readonly messages: Pick<Messages, 'warn'>;
  /** Resolves when the newest state is on the screen, and there may be another one. */
  nextFrame(): Promise<void>;
  /** What plays waits while there are any. */
  readonly files: DrawnFiles;
  /** Something to show has changed besides the state. */
  onChange(): void;
  /** Makes a change in the name of whoever made the last one, from which it follows. */
  inWake(change: () => void): void;
}

/** What leads runs of several panels, e.g. those of a figure: a panel's bar then has no buttons of its own. */
export interface RunLead {
  goTo(step: number, motion: Motion): void;
}

/** Networks with more regions are not counted by step. */
const COUNTED_MAX = 10_000;

/** A panel's network while it learns: the run, its region counts, and the bar below the picture. */
export class PanelTraining {
  readonly run: PanelRun;
  /** Linear regions around the points of the data, by step. */
  readonly counts: StepCounts;
  readonly #host: TrainingHost;
  readonly #client = new RegionsClient();
  /** Made with the first run. */
  #bar: TrainingBar | null = null;
  #lead: RunLead | null = null;
  /** Where the regions of a run are counted. */
  #window: {
    readonly data: DataSpec;
    readonly slice: Slice | null;
    readonly around: PlaneWindow;
  } | null = null;

  constructor(host: TrainingHost) {
    this.#host = host;
    this.run = new PanelRun({
      session: host.session,
      prepare: prepareInWorker,
      nextFrame: () => host.nextFrame(),
      isDrawingFile: () => host.files.any,
      onChange: () => {
        this.showAtRest();
        host.onChange();
        this.#surveyAtRest();
      },
      warn: (text) => host.messages.warn(text),
      inWake: (change) => host.inWake(change),
      survey: (step, network) => this.#survey(step, network),
    });
    this.counts = new StepCounts(
      (step) => this.#count(step),
      () => this.showAtRest(),
    );
  }

  /** null where the panel leads its run itself. */
  set lead(lead: RunLead | null) {
    this.#lead = lead;
    this.#host.bar.classList.toggle('led', lead !== null);
  }

  /** That of the panel among several; null for a single one. */
  set number(number: number | null) {
    const name = number === null ? 'Training' : `Training, panel ${number}`;
    setAttribute(this.#host.bar, 'aria-label', name);
  }

  /** What is known of the run of a state that it follows. */
  readings({ run }: State): RunReadings {
    return { losses: this.run.losses, scores: run && this.run.scoreAt(run.step) };
  }

  /** Follows the state, with every change. */
  follow(state: State, moving: boolean): void {
    this.run.follow(state);
    const { run, field } = state;
    if (run === null || !this.run.isThere(state)) return;
    this.counts.offer({ recipe: run.recipe, step: run.step, field, moving });
    this.#surveyAtRest();
  }

  /** Shows what there is, unless the run plays: then the bar changes together with a picture, since the page is composed for each change. */
  showAtRest(): void {
    if (!this.run.isPlaying) this.show();
  }

  /** Shows what there is. */
  show(): void {
    const { state } = this.#host.session;
    const isShown = state.run !== null;
    this.#host.panel.classList.toggle('withTraining', isShown);
    if (!isShown) return;
    this.#bar ??= new TrainingBar(this.#host.bar, {
      run: this.run,
      counts: this.counts,
      goTo: (step, motion) => (this.#lead ?? this.run).goTo(step, motion),
    });
    this.#bar.show(state);
  }

  /**
   * Begins to train the panel's network on data, which may have to be fetched first.
   * @param hidden widths of the hidden layers of a new network instead
   */
  async begin(spec: DataSpec, hidden: readonly number[] | null = null): Promise<void> {
    try {
      const set = await loadDataSet(spec);
      const { state } = this.#host.session;
      this.#host.session.change(
        applyPatch(state, beginTraining(state, spec, set, hidden)),
        'still',
      );
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      this.#host.messages.warn(error.message);
    }
  }

  destroy(): void {
    this.run.destroy();
    this.#bar?.destroy();
    this.#client.dispose();
  }

  #surveyAtRest(): void {
    if (!this.#host.session.moving) void this.run.survey();
  }

  async #survey(step: number, network: ExplicitSource): Promise<void> {
    const { run, field } = this.#host.session.state;
    await this.counts.rest();
    if (run === null) return;
    this.counts.offer({ recipe: run.recipe, step, field: { ...field, network }, moving: false });
    await this.counts.rest();
  }

  /** Around the points on the slice; kept, since the digits take as long as some pictures. */
  async #windowOf(data: DataSpec, slice: Slice | null): Promise<PlaneWindow> {
    if (this.#window?.data !== data || this.#window.slice !== slice) {
      const points = allPoints(await loadDataSet(data));
      const around = boxAround(projectOnSlice(slice, points).places);
      this.#window = { data, slice, around };
    }
    return this.#window.around;
  }

  async #count({ recipe, field }: CountedStep): Promise<number | null> {
    if (!hasRegions(field.network)) return null;
    try {
      const window = await this.#windowOf(recipe.data, field.slice);
      const options = { window, maxRegions: COUNTED_MAX };
      return (await this.#client.enumerate(resolve(field).whole, options)).linearRegions;
    } catch {
      // There are too many, or nobody waits; the folder of exact regions says whatever else is wrong.
      return null;
    }
  }
}
