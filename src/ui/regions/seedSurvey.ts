import type GUI from 'lil-gui';
import type { PlaneWindow } from '../../geometry/arrangement.ts';
import { CancelledError } from '../../geometry/arrangement.ts';
import type { MlpField } from '../../model/field.ts';
import { drawNetwork } from '../../model/network.ts';
import { histogramCsv, type SeedCount } from '../../regions/histogram.ts';
import { RegionsClient } from '../../regions/regionsClient.ts';
import { ActionsController, ChoiceController } from '../controls/controllers.ts';
import { make, setText } from '../dom/elements.ts';
import { saveFile } from '../exporting/saveFile.ts';
import type { Messages } from '../page/messages.ts';
import { drawHistogram } from './histogram.ts';

const SEEDS = 1000;
const REGIONS_MAX = 50_000;
/** The square of the expectation. */
const SQUARE: PlaneWindow = { x: [-1, 1], y: [-1, 1] };
/** Milliseconds between two drawings of a growing histogram. */
const DRAW_MS = 250;

/** Counts the regions of many seeds in its own worker, and draws a histogram of the counts. */
export class SeedSurvey {
  readonly #messages: Messages;
  readonly #field: () => MlpField;
  readonly #client = new RegionsClient();
  readonly #model: { where: 'square' | 'plane' } = { where: 'square' };
  readonly #progress = make('p', { class: 'certified', role: 'status' });
  readonly #chart = make('div', { class: 'survey' });
  #running: AbortController | null = null;
  #counts: SeedCount[] = [];
  #name = '';

  /** @param field the network whose widths are surveyed; its seed does not matter. */
  constructor(messages: Messages, field: () => MlpField) {
    this.#messages = messages;
    this.#field = field;
  }

  addTo(folder: GUI): void {
    new ChoiceController(folder, this.#model, 'where', [
      { label: '[−1, 1]²', value: 'square' },
      { label: 'plane', value: 'plane' },
    ]).name('count in');
    new ActionsController(folder, [
      {
        label: '1,000 seeds',
        title: 'Count the regions of seeds 0 to 999 in the background',
        act: () => void this.#run(),
      },
      { label: 'stop', title: 'Stop the survey', act: () => this.#running?.abort() },
      { label: 'CSV', title: 'Save the counts of all seeds', act: () => this.#save() },
    ]).name('survey');
    folder.$children.append(this.#progress, this.#chart);
  }

  destroy(): void {
    this.#running?.abort();
    this.#client.dispose();
  }

  async #run(): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    const { signal } = running;
    const field = this.#field();
    const window = this.#model.where === 'square' ? SQUARE : null;
    const counts: SeedCount[] = [];
    this.#counts = counts;
    this.#name = `reluscope-regions-${field.widths.join('-')}-${this.#model.where}.csv`;
    let drawn = performance.now();
    let outcome = '';
    try {
      for (let seed = 0; seed < SEEDS; seed++) {
        const network = drawNetwork({ ...field, seed });
        const options = { window, maxRegions: REGIONS_MAX, signal };
        counts.push({ seed, arrangement: await this.#client.enumerate(network, options) });
        if (performance.now() - drawn < DRAW_MS) continue;
        drawn = performance.now();
        this.#draw(`${seed + 1} of ${SEEDS} seeds…`, counts);
      }
      outcome = `${SEEDS} seeds of ${field.widths.join('-')}`;
    } catch (error) {
      if (!(error instanceof CancelledError)) {
        this.#messages.warn(error instanceof Error ? error.message : String(error));
      }
      outcome = `stopped after ${counts.length} seeds`;
    }
    // A newer survey owns the chart now.
    if (this.#running !== running) return;
    this.#running = null;
    this.#draw(outcome, counts);
  }

  #draw(text: string, counts: readonly SeedCount[]): void {
    setText(this.#progress, text);
    this.#chart.replaceChildren(...(counts.length > 0 ? [drawHistogram(counts)] : []));
  }

  #save(): void {
    if (this.#counts.length === 0) {
      this.#messages.note('Run the survey first.');
      return;
    }
    saveFile(histogramCsv(this.#counts), this.#name);
    this.#messages.note(`Saved ${this.#name}.`);
  }
}
