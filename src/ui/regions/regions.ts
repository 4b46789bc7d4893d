import type GUI from 'lil-gui';
import { CancelledError } from '../../geometry/arrangement.ts';
import { hasHinges, hasRegions, isSmooth } from '../../model/drawnNetwork.ts';
import type { Field, Vec2 } from '../../model/field.ts';
import { requireRegions } from '../../model/fieldValidation.ts';
import { winsOf } from '../../model/readouts.ts';
import { resolve } from '../../model/resolve.ts';
import type { Point } from '../../numeric/doubleDouble.ts';
import type { CutFacets } from '../../picture/facetPictures.ts';
import type { FrameReport } from '../../picture/frameReport.ts';
import { PlaneCells } from '../../regions/planeCells.ts';
import { RegionsClient } from '../../regions/regionsClient.ts';
import type { RegionsResult } from '../../regions/regionsRequest.ts';
import { regionsResult, validateRegionsRequest } from '../../regions/regionsRequest.ts';
import type { State } from '../../state/state.ts';
import { planePoint } from '../../view/view.ts';
import { ActionsController } from '../controls/controllers.ts';
import { make, setText } from '../dom/elements.ts';
import { GridCount } from './gridCount.ts';
import { LiveCounts } from './liveCounts.ts';
import { listenToPointer } from './pointing.ts';
import { RegionActions } from './regionActions.ts';
import { RegionsOverlay } from './regionsOverlay.ts';
import type { RegionsSource } from './regionsSource.ts';
import { SeedSurvey } from './seedSurvey.ts';
import { pointOf, RegionFinder, selectionAt } from './selectedRegion.ts';

const NO_REGIONS =
  'A network with a smooth activation has no linear regions. ReLU, Abs and other piecewise linear ones have.';

/**
 * Exact regions on the page: counts of the view and of the plane, flights, overlay, histogram and
 * exports. Nothing is computed, and no worker started, before the folder is opened or a script asks.
 */
export class Regions {
  readonly #source: RegionsSource;
  readonly #plane: PlaneCells;
  readonly #overlay: RegionsOverlay;
  readonly #counts: LiveCounts;
  readonly #grid: GridCount;
  readonly #actions: RegionActions;
  readonly #survey: SeedSurvey;
  readonly #scripts = new RegionsClient();
  readonly #pictures = new RegionsClient();
  readonly #finder = new RegionFinder();
  /** What the controller of the state's edges edits. */
  readonly #model = { edges: false };
  readonly #ends = new AbortController();
  readonly #reason = make('p', { class: 'reason' });
  #folder: GUI | null = null;

  constructor(source: RegionsSource) {
    const { notes, canvas, geometry } = source;
    const field = () => this.#field();
    this.#source = source;
    this.#plane = new PlaneCells(() => this.#overlay.showFacts());
    this.#overlay = new RegionsOverlay(notes, canvas, geometry, (cell) =>
      this.#plane.wholeArea(this.#field(), cell),
    );
    this.#counts = new LiveCounts(source, this.#overlay, () => this.#grid.update());
    const { table } = this.#counts;
    this.#grid = new GridCount(
      source,
      () => this.#counts.inView,
      (text) => table.showGrid(text),
    );
    this.#actions = new RegionActions(source, this.#counts, this.#plane, field);
    this.#survey = new SeedSurvey(source.messages, field);
    const pointing = {
      point: (at: Vec2 | null) => {
        if (at === null || this.#hasCells) this.#overlay.point(at);
      },
      select: (at: Vec2) => this.select(at),
    };
    listenToPointer(canvas, source.placeOf, pointing, this.#ends.signal);
  }

  /** Fills a folder of the controls. */
  addTo(folder: GUI): void {
    this.#folder = folder;
    folder.$children.append(this.#reason);
    folder
      .add(this.#model, 'edges')
      .name('exact edges (e)')
      .onChange(() => this.toggleEdges());
    folder.$children.append(this.#counts.table.element);
    this.#addActions(folder);
    this.#survey.addTo(folder);
    folder.close();
    folder.onOpenClose(() => this.#update());
  }

  /** Follows the state; often while something moves. */
  show(state: State): void {
    const { field, edges, selection } = state;
    this.#showSwitch(edges);
    const isCounted = hasRegions(field.network);
    const isWithout = isSmooth(field.network);
    this.#folder?.show(isCounted || isWithout);
    this.#showReason(isWithout);
    if (!isCounted || !edges) this.#counts.clearOverlay();
    if (!isCounted) return;
    const selected = this.#hasCells ? selection : null;
    if (!this.#hasCells) this.#overlay.point(null);
    if (edges) this.#overlay.showSelected(selected && this.#finder.keyAt(field, pointOf(selected)));
    this.#survey.show(field);
    if (this.#isOpen) this.#counts.countPlane(state);
    if (this.#isOpen || edges) {
      const [isDrawn, isOpen] = [() => this.#isDrawn, () => this.#isOpen];
      this.#counts.countView(state, isDrawn, isOpen);
    }
  }

  /** Everything that has a place in the plane, with every picture. */
  showScales(state: State): void {
    this.#overlay.showView(state.view);
  }

  /** What the panel's pictures use of the worker. */
  readonly cutFacets: CutFacets = (...request) => this.#pictures.cutFacets(...request);

  /** A finished picture: the regions of its samples are counted. */
  showReport(report: FrameReport): void {
    if (report.settled && this.#isOpen) this.#grid.count();
  }

  /** For scripts. @throws InvalidInputError (as a rejection); CancelledError once the signal is aborted */
  async enumerate(given: unknown, signal?: AbortSignal): Promise<RegionsResult> {
    if (this.#ends.signal.aborted) throw new CancelledError();
    const field = this.#field();
    const { wins = winsOf(field.readout), ...request } = validateRegionsRequest(given);
    const options = { ...request, wins, signal };
    return regionsResult(await this.#scripts.enumerate(resolve(field).whole, options));
  }

  /** Shows or hides the exact edges, without a selected region. */
  toggleEdges(): void {
    const { edges } = this.#source.session.state;
    this.#change({ edges: !edges, selection: null });
  }

  /**
   * Selects the region under a place of the picture in CSS pixels, its middle by default; a second time
   * deselects it.
   *
   * @returns false if there are no regions to select
   */
  select(at: Vec2 | null): boolean {
    if (!this.#hasCells) return false;
    const { session, geometry } = this.#source;
    const { width, height } = geometry;
    const point = planePoint(
      session.state.view,
      geometry.toView(...(at ?? [width / 2, height / 2])),
    );
    const { selection } = session.state;
    const keyAt = (place: Point) => this.#finder.keyAt(this.#field(), place);
    const isSelected = selection !== null && keyAt(pointOf(selection)) === keyAt(point);
    this.#change({ selection: isSelected ? null : selectionAt(point) });
    return true;
  }

  /** The point by which the selected region is named; null if none is. */
  get selectedPoint(): Point | null {
    const { selection } = this.#source.session.state;
    return selection !== null && this.#hasCells ? pointOf(selection) : null;
  }

  /** Deselects the selected region. */
  release(): void {
    if (this.#source.session.state.selection !== null) this.#change({ selection: null });
  }

  destroy(): void {
    this.#ends.abort();
    for (const part of [this.#counts, this.#actions, this.#survey]) part.destroy();
    for (const client of [this.#plane, this.#scripts, this.#pictures]) client.dispose();
  }

  get #isOpen(): boolean {
    return this.#folder !== null && !this.#folder._closed;
  }

  get #isDrawn(): boolean {
    const { edges, field } = this.#source.session.state;
    return edges && hasRegions(field.network);
  }

  /** Whether there are regions to point at: an affine network has only one, of which the probe says everything. */
  get #hasCells(): boolean {
    return this.#isDrawn && hasHinges(this.#source.session.state.field.network);
  }

  #field(): Field {
    return requireRegions(this.#source.session.state.field);
  }

  #showSwitch(edges: boolean): void {
    if (this.#model.edges === edges) return;
    this.#model.edges = edges;
    for (const controller of this.#folder?.controllers ?? []) controller.updateDisplay();
  }

  /** In place of everything else in the folder. */
  #showReason(isWithout: boolean): void {
    this.#folder?.$children.classList.toggle('withoutRegions', isWithout);
    setText(this.#reason, isWithout ? NO_REGIONS : '');
  }

  #change(change: Partial<Pick<State, 'edges' | 'selection'>>): void {
    const { session } = this.#source;
    session.change({ ...session.state, ...change }, 'still');
  }

  #update(): void {
    this.show(this.#source.session.state);
    this.#overlay.showView(this.#source.session.state.view);
    if (this.#isOpen) this.#grid.count();
  }

  #addActions(folder: GUI): void {
    const add = (name: string, actions: ConstructorParameters<typeof ActionsController>[1]) =>
      new ActionsController(folder, actions).name(name);
    add('zoom', [
      {
        label: 'Fit all structure',
        title: 'Show every vertex: the reach and a small margin',
        act: () => this.#actions.fit(),
      },
    ]);
    const flight = (to: 'smallest' | 'thinnest') => ({
      label: to,
      title: `Fly to the ${to} region`,
      act: () => void this.#fly(to),
    });
    add('fly to', [flight('smallest'), flight('thinnest')]);
    add('save view', [
      {
        label: 'SVG',
        title: 'Save a drawing of the regions in view',
        act: () => void this.#actions.save('svg'),
      },
      {
        label: 'JSON',
        title: 'Save the polygons, patterns and affine maps in view as GeoJSON',
        act: () => void this.#actions.save('json'),
      },
    ]);
  }

  #fly(to: 'smallest' | 'thinnest'): Promise<void> {
    return this.#actions.fly(to, ({ inside }) =>
      this.#change({ edges: true, selection: selectionAt(inside) }),
    );
  }
}
