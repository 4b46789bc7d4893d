import { arrangementToSvg } from '../../drawing/arrangementToSvg.ts';
import { fieldName, fileName } from '../../exporting/fileName.ts';
import type { PlaneWindow } from '../../geometry/arrangement.ts';
import { CancelledError } from '../../geometry/arrangement.ts';
import { arrangementToJson } from '../../geometry/arrangementToJson.ts';
import type { Field } from '../../model/field.ts';
import { winsOf } from '../../model/readouts.ts';
import { resolve } from '../../model/resolve.ts';
import { LIVE_MAX, reasonOf } from '../../regions/limits.ts';
import type { PlaneCells } from '../../regions/planeCells.ts';
import { keyOf } from '../../regions/regionFacts.ts';
import { RegionsClient } from '../../regions/regionsClient.ts';
import {
  decadesOfReach,
  type Flight,
  flightTo,
  flyInDecades,
  flyToSmallest,
  flyToThinnest,
  planeWindowOf,
  viewOfReach,
  viewOfWhole,
  viewOfWidth,
  windowOf,
} from '../../regions/regionViews.ts';
import { classColor } from '../../scales/classColors.ts';
import { hexColor } from '../../scales/hexColor.ts';
import { namesOf } from '../../scales/names.ts';
import { classNamesOf } from '../../state/stateData.ts';
import type { View } from '../../view/view.ts';
import { saveFile } from '../exporting/saveFile.ts';
import type { LiveCounts } from './liveCounts.ts';
import type { RegionsSource } from './regionsSource.ts';

/** The actions of the folder's buttons: fit, fly and save. */
export class RegionActions {
  readonly #source: RegionsSource;
  readonly #counts: LiveCounts;
  readonly #plane: PlaneCells;
  readonly #field: () => Field;
  readonly #client = new RegionsClient();

  constructor(source: RegionsSource, counts: LiveCounts, plane: PlaneCells, field: () => Field) {
    this.#source = source;
    this.#counts = counts;
    this.#plane = plane;
    this.#field = field;
  }

  fit(): void {
    const { messages } = this.#source;
    const counted = this.#counts.planeOf(this.#field());
    const reach = counted?.reach ?? null;
    if (reach !== null && reach > 0) void this.#showReach(viewOfReach(reach));
    else messages.note(counted ? 'There are no vertices.' : 'The plane has not been counted yet.');
  }

  async #showReach(view: View): Promise<void> {
    const { session } = this.#source;
    const { field, projection } = session.state;
    if (projection.kind === 'plane') return session.changeView(view, 'still');
    await this.#tell(async () => {
      const decades = decadesOfReach(await this.#plane.of(this.#field(), LIVE_MAX));
      const { state } = session;
      if (state.field !== field || state.projection.kind !== projection.kind) return null;
      session.change({ ...state, view, projection: { ...projection, decades } }, 'still');
      return null;
    });
  }

  /** @param onArrival called with the region once its view is shown */
  async fly(to: 'smallest' | 'thinnest', onArrival: (flight: Flight) => void): Promise<void> {
    const { session, geometry } = this.#source;
    const { field } = session.state;
    await this.#tell(async () => {
      const plane = await this.#plane.of(this.#field(), LIVE_MAX);
      const found =
        to === 'smallest' ? flyToSmallest(plane, geometry.aspect) : flyToThinnest(plane);
      if (found === null) return 'There is no bounded region.';
      const flight = await this.#refine(to, found);
      if (session.state.field !== field) return null;
      this.#arrive(flight.view);
      onArrival(flight);
      return null;
    });
  }

  #arrive(flight: View): void {
    const { session } = this.#source;
    const { state } = session;
    if (state.projection.kind === 'plane') {
      session.changeView(flight, 'still');
      return;
    }
    const { view, decades } = flyInDecades(flight, state.view, state.projection.decades);
    session.change({ ...state, view, projection: { ...state.projection, decades } }, 'still');
  }

  /**
   * Flies again, with corners relative to the view's centre: if the region is far
   * smaller than its distance from the origin, the plane's coordinates are too coarse for it.
   */
  async #refine(to: 'smallest' | 'thinnest', flight: Flight): Promise<Flight> {
    const { geometry } = this.#source;
    const nearby = await this.#cells(planeWindowOf(flight.view, geometry));
    const cell = nearby.cells.find((other) => keyOf(other) === keyOf(flight.cell));
    if (!cell) return flight;
    const view =
      to === 'smallest' ? viewOfWhole(nearby, cell, geometry.aspect) : viewOfWidth(nearby, cell);
    return flightTo(nearby, cell, view);
  }

  async save(extension: 'svg' | 'json'): Promise<void> {
    await this.#tell(async () => {
      const { state } = this.#source.session;
      const detailed = await this.#cells(windowOf(state.view, this.#source.geometry));
      const name = fileName(fieldName(state.field), `regions.${extension}`);
      saveFile(
        extension === 'svg'
          ? arrangementToSvg(detailed, { names: namesOf(state.field, classNamesOf(state)) })
          : arrangementToJson(detailed, (index) => hexColor(classColor(index))),
        name,
      );
      return `Saved ${name}.`;
    });
  }

  destroy(): void {
    this.#client.dispose();
  }

  #cells(window: PlaneWindow) {
    const field = this.#field();
    const options = {
      window,
      wins: winsOf(field.readout),
      cells: true,
      maxRegions: LIVE_MAX,
    } as const;
    return this.#client.enumerate(resolve(field).whole, options);
  }

  async #tell(work: () => Promise<string | null>): Promise<void> {
    const { messages } = this.#source;
    try {
      const said = await work();
      if (said !== null) messages.note(said);
    } catch (error) {
      if (!(error instanceof CancelledError)) messages.warn(reasonOf(error));
    }
  }
}
