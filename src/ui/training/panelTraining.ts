import type { DataSpec } from '../../data/dataSpec.ts';
import { loadDataSet } from '../../data/loadDataSet.ts';
import { InvalidInputError } from '../../input/invalidInput.ts';
import type { RunReadings } from '../../learnt/lossTable.ts';
import { animationFrame } from '../../screen/animationFrame.ts';
import { beginTraining } from '../../state/beginTraining.ts';
import { applyPatch } from '../../state/patch.ts';
import type { State } from '../../state/state.ts';
import type { Messages } from '../page/messages.ts';
import type { Session } from '../panel/session.ts';
import { PanelRun, prepareInWorker } from './panelRun.ts';
import { TrainingBar } from './trainingBar.ts';

export interface TrainingPlace {
  /** The panel's element, whose class makes room for the bar. */
  readonly panel: HTMLElement;
  readonly bar: HTMLElement;
}

/** A panel's network while it learns: the run, and the bar below the picture. */
export class PanelTraining {
  readonly run: PanelRun;
  readonly #session: Session;
  readonly #messages: Pick<Messages, 'warn'>;
  readonly #place: TrainingPlace;
  /** Made with the first run. */
  #bar: TrainingBar | null = null;

  /** @param onChange something to show has changed besides the state */
  constructor(
    place: TrainingPlace,
    session: Session,
    messages: Pick<Messages, 'warn'>,
    onChange: () => void,
  ) {
    this.#place = place;
    this.#session = session;
    this.#messages = messages;
    this.run = new PanelRun({
      session,
      prepare: prepareInWorker,
      nextFrame: animationFrame,
      onChange: () => {
        this.show();
        onChange();
      },
      warn: (text) => messages.warn(text),
    });
  }

  /** What is known of the run of a state that it follows. */
  readings({ run }: State): RunReadings {
    return { losses: this.run.losses, scores: run && this.run.scoreAt(run.step) };
  }

  /** Follows the state, with every change. */
  follow(state: State): void {
    this.run.follow(state);
  }

  /** Shows what there is, at most once a frame. */
  show(): void {
    const { state } = this.#session;
    const isShown = state.run !== null;
    this.#place.panel.classList.toggle('withTraining', isShown);
    if (!isShown) return;
    this.#bar ??= new TrainingBar(this.#place.bar, this.run);
    this.#bar.show(state);
  }

  /**
   * Begins to train the panel's network on data, which may have to be fetched first.
   * @param hidden widths of the hidden layers of a new network instead
   */
  async begin(spec: DataSpec, hidden: readonly number[] | null = null): Promise<void> {
    try {
      const set = await loadDataSet(spec);
      const { state } = this.#session;
      this.#session.change(applyPatch(state, beginTraining(state, spec, set, hidden)), 'still');
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      this.#messages.warn(error.message);
    }
  }

  destroy(): void {
    this.run.destroy();
    this.#bar?.destroy();
  }
}
