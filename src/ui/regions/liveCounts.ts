import type { Arrangement } from '../../geometry/arrangement.ts';
import { CancelledError } from '../../geometry/arrangement.ts';
import type { Field } from '../../model/field.ts';
import { winsOf } from '../../model/readouts.ts';
import { resolve } from '../../model/resolve.ts';
import { LatestJob } from '../../regions/latestJob.ts';
import { DRAWN_MAX, LIVE_MAX, reasonOf } from '../../regions/limits.ts';
import { RegionsClient } from '../../regions/regionsClient.ts';
import { regionsKey } from '../../regions/regionsKey.ts';
import { windowOf } from '../../regions/regionViews.ts';
import { formatCount } from '../../scales/format.ts';
import { namesOf } from '../../scales/names.ts';
import type { State } from '../../state/state.ts';
import { classNamesOf } from '../../state/stateData.ts';
import type { Column } from './classTable.ts';
import type { RegionsOverlay } from './regionsOverlay.ts';
import type { RegionsSource } from './regionsSource.ts';
import { RegionsTable } from './regionsTable.ts';

/** The counts of the view and of the plane, which follow every change, and the overlay's cells. */
export class LiveCounts {
  readonly table = new RegionsTable();
  readonly #source: RegionsSource;
  readonly #overlay: RegionsOverlay;
  readonly #onCount: () => void;
  readonly #clients = { view: new RegionsClient(), plane: new RegionsClient() };
  readonly #jobs = { view: new LatestJob(), plane: new LatestJob() };
  /** The latest request of each column. */
  readonly #keys: Record<Column, string> = { view: '', plane: '' };
  /** Whether a message says why the edges are missing. */
  #isExplained = false;
  #view: { readonly key: string; readonly regions: number } | null = null;
  #plane: { readonly key: string; readonly arrangement: Arrangement } | null = null;

  constructor(source: RegionsSource, overlay: RegionsOverlay, onCount: () => void) {
    this.#source = source;
    this.#overlay = overlay;
    this.#onCount = onCount;
  }

  /** Activation regions of the current view; null until they are counted. */
  get inView(): number | null {
    return this.#view?.key === this.#keys.view ? this.#view.regions : null;
  }

  /** The counts of the plane for this field. */
  planeOf(field: Field): Arrangement | null {
    return this.#plane?.key === regionsKey(field) ? this.#plane.arrangement : null;
  }

  countPlane(state: State): void {
    const { field } = state;
    const key = regionsKey(field);
    if (this.#keys.plane === key) return;
    this.#keys.plane = key;
    this.table.useNames(namesOf(field, classNamesOf(state)));
    this.table.showStatus('plane', 'counting…', true);
    const onProgress = (_done: number, _total: number, regions: number) =>
      this.table.showStatus('plane', `counting, ${formatCount(regions)} so far…`, true);
    this.#jobs.plane.run((signal) =>
      this.#show('plane', key, async () => {
        const limits = { maxRegions: LIVE_MAX, onProgress, signal };
        const options = { window: null, wins: winsOf(field.readout), ...limits };
        const arrangement = await this.#clients.plane.enumerate(resolve(field).whole, options);
        this.#plane = { key, arrangement };
        return arrangement;
      }),
    );
  }

  /**
   * @param isDrawn whether the overlay shows the cells
   * @param isTableSeen whether the table can say why there are none
   */
  countView(state: State, isDrawn: () => boolean, isTableSeen: () => boolean): void {
    const { field, view } = state;
    const names = namesOf(field, classNamesOf(state));
    const window = windowOf(view, this.#source.geometry);
    const cells = isDrawn();
    const key = JSON.stringify([regionsKey(field), window, cells]);
    if (this.#keys.view === key) return;
    this.#keys.view = key;
    this.table.useNames(names);
    this.#jobs.view.run(async (signal) => {
      const maxRegions = cells ? DRAWN_MAX : LIVE_MAX;
      const options = { window, wins: winsOf(field.readout), maxRegions, signal };
      const client = this.#clients.view;
      const explain = (reason: string) => {
        if (isDrawn() && !isTableSeen()) this.#explain(reason);
      };
      const count = async () => {
        const network = resolve(field).whole;
        if (!cells) return client.enumerate(network, options);
        const detailed = await client.enumerate(network, { ...options, cells });
        if (isDrawn()) this.#overlay.showArrangement(detailed, names);
        this.#isExplained = false;
        return detailed;
      };
      await this.#show('view', key, count, explain);
    });
  }

  /** When it is switched on again, the overlay is drawn again. */
  clearOverlay(): void {
    this.#isExplained = false;
    if (!this.#overlay.isShown) return;
    this.#overlay.clear();
    this.#keys.view = '';
  }

  destroy(): void {
    for (const job of Object.values(this.#jobs)) job.cancel();
    for (const client of Object.values(this.#clients)) client.dispose();
  }

  /** Once, while edges stay switched on: a message for each view would be in the way. */
  #explain(reason: string): void {
    if (this.#isExplained) return;
    this.#isExplained = true;
    this.#source.messages.note(`The exact edges are not drawn: ${reason}. Zoom in to see them.`);
  }

  /** Runs a count and shows it, or the reason why there is none. */
  async #show(
    column: Column,
    key: string,
    count: () => Promise<Arrangement>,
    explain: (reason: string) => void = () => {},
  ): Promise<void> {
    try {
      const arrangement = await count();
      this.table.showCounts(column, arrangement);
      if (column === 'view') this.#view = { key, regions: arrangement.activationRegions };
      this.#onCount();
    } catch (error) {
      if (error instanceof CancelledError) return;
      if (column === 'view') this.#overlay.clear();
      if (this.#keys[column] !== key) return;
      this.table.showStatus(column, reasonOf(error), false);
      explain(reasonOf(error));
    }
  }
}
