import type GUI from 'lil-gui';
import type { PlaneWindow } from '../../geometry/arrangement.ts';
import { CancelledError } from '../../geometry/arrangement.ts';
import { messageOf } from '../../input/messageOf.ts';
import { hasHinges, widthsOf } from '../../model/drawnNetwork.ts';
import type { Field } from '../../model/field.ts';
import { resolve } from '../../model/resolve.ts';
import { seedOf, withSeed } from '../../model/seeds.ts';
import { histogramCsv, type SeedCount } from '../../regions/histogram.ts';
import { RegionsClient } from '../../regions/regionsClient.ts';
import { formatCount } from '../../scales/format.ts';
import { ActionsController, ChoiceController } from '../controls/controllers.ts';
import { make, setText } from '../dom/elements.ts';
import { saveFile } from '../exporting/saveFile.ts';
import type { Messages } from '../page/messages.ts';
import { drawHistogram } from './histogram.ts';

const SEEDS = 1000;
/** The buttons. */
const SURVEY = `${formatCount(SEEDS)} seeds`;
const STOP = 'stop';
const CSV = 'CSV';
const REGIONS_MAX = 50_000;
/** The square of the expectation. */
const SQUARE: PlaneWindow = { x: [-1, 1], y: [-1, 1] };
/** Milliseconds between two drawings of a growing histogram. */
const DRAW_MS = 250;

/** Counts the regions of many seeds in its own worker, and draws a histogram of the counts. */
export class SeedSurvey {
  readonly #messages: Messages;
  readonly #field: () => Field;
  readonly #client = new RegionsClient();
  readonly #model: { where: 'square' | 'plane' } = { where: 'square' };
  readonly #progress = make('p', { class: 'certified', role: 'status' });
  readonly #chart = make('div', { class: 'survey' });
  #actions: ActionsController | null = null;
  #running: AbortController | null = null;
  #counts: SeedCount[] = [];
  /** The field of the counts, of whatever seed. */
  #surveyed: Field | null = null;
  #current: Field | null = null;
  /** Why the current field cannot be surveyed; null if it can. */
  #reason: string | null = null;
  #marked: number | null = null;
  #name = '';

  /** @param field the network whose widths are surveyed; its seed does not matter. */
  constructor(messages: Messages, field: () => Field) {
    this.#messages = messages;
    this.#field = field;
  }

  addTo(folder: GUI): void {
    new ChoiceController(folder, this.#model, 'where', [
      { label: '[−1, 1]²', value: 'square' },
      { label: 'plane', value: 'plane' },
    ]).name('count in');
    const actions = new ActionsController(folder, [
      {
        label: SURVEY,
        title: 'Count the regions of seeds 0 to 999 in the background',
        act: () => void this.#run(),
      },
      { label: STOP, title: 'Stop the survey', act: () => this.#running?.abort() },
      { label: CSV, title: 'Save the counts, one line per seed', act: () => this.#save() },
    ]);
    this.#actions = actions.name('survey');
    this.#showActions();
    folder.$children.append(this.#progress, this.#chart);
  }

  /** Marks the seed of the current network, often while something moves. */
  show(field: Field): void {
    this.#current = field;
    const reason = reasonAgainst(field);
    if (reason !== this.#reason) {
      this.#reason = reason;
      this.#showActions();
    }
    if (this.#seed() !== this.#marked) this.#drawChart();
  }

  destroy(): void {
    this.#running?.abort();
    this.#client.dispose();
  }

  async #run(): Promise<void> {
    const running = new AbortController();
    this.#running = running;
    const { signal } = running;
    const field = this.#field();
    const window = this.#model.where === 'square' ? SQUARE : null;
    const counts: SeedCount[] = [];
    this.#counts = counts;
    this.#surveyed = field;
    this.#name = `reluscope-regions-${widthsOf(field.network).join('-')}-${this.#model.where}.csv`;
    this.#showActions();
    let drawn = performance.now();
    let outcome = '';
    try {
      for (let seed = 0; seed < SEEDS; seed++) {
        const network = resolve(withSeed(field, seed)!).whole;
        const options = { window, maxRegions: REGIONS_MAX, signal };
        counts.push({ seed, arrangement: await this.#client.enumerate(network, options) });
        if (counts.length === 1) this.#showActions();
        if (performance.now() - drawn < DRAW_MS) continue;
        drawn = performance.now();
        this.#draw(`${formatCount(seed + 1)} of ${SURVEY}…`);
      }
      outcome = `${SURVEY} of ${widthsOf(field.network).join('-')}`;
    } catch (error) {
      if (!(error instanceof CancelledError)) {
        this.#messages.warn(messageOf(error));
      }
      outcome = `stopped after ${formatCount(counts.length)} seeds`;
    }
    this.#running = null;
    this.#showActions();
    this.#draw(outcome);
  }

  #showActions(): void {
    const isRunning = this.#running !== null;
    this.#actions?.disableActions({
      [SURVEY]: isRunning ? 'A survey is running.' : this.#reason,
      [STOP]: isRunning ? null : 'No survey is running.',
      [CSV]: this.#counts.length > 0 ? null : 'Run the survey first.',
    });
  }

  #draw(text: string): void {
    setText(this.#progress, text);
    this.#drawChart();
  }

  #drawChart(): void {
    this.#marked = this.#seed();
    const isEmpty = this.#counts.length === 0;
    this.#chart.replaceChildren(...(isEmpty ? [] : [drawHistogram(this.#counts, this.#marked)]));
  }

  /** The current seed, if the current network is of the surveyed ones. */
  #seed(): number | null {
    const [current, surveyed] = [this.#current, this.#surveyed];
    if (current === null || surveyed === null) return null;
    const seed = seedOf(current);
    const isOne =
      seed !== null && JSON.stringify(withSeed(surveyed, seed)) === JSON.stringify(current);
    return isOne ? seed : null;
  }

  #save(): void {
    saveFile(histogramCsv(this.#counts), this.#name);
    this.#messages.note(`Saved ${this.#name}.`);
  }
}

function reasonAgainst(field: Field): string | null {
  if (seedOf(field) === null) return 'Only a random network has seeds.';
  return hasHinges(field.network) ? null : 'Without hidden layers every seed has one region.';
}
