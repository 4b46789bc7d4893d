import type GUI from 'lil-gui';
import type { FrameReport } from '../../frameReport.ts';
import type { Arrangement, DetailedArrangement } from '../../geometry/arrangement.ts';
import { CancelledError, LimitExceededError } from '../../geometry/arrangement.ts';
import { arrangementToJson } from '../../geometry/arrangementToJson.ts';
import { arrangementToSvg } from '../../geometry/arrangementToSvg.ts';
import type { MlpField, Network, Vec2 } from '../../model/field.ts';
import { InvalidInputError } from '../../model/field.ts';
import { drawNetwork } from '../../model/network.ts';
import type { Renderer } from '../../renderer.ts';
import type { State } from '../../state/state.ts';
import { ActionsController } from '../controls/controllers.ts';
import { fileName, saveFile } from '../exporting/saveFile.ts';
import type { Messages } from '../messages.ts';
import type { PictureGeometry } from '../pictureGeometry.ts';
import { RegionsClient } from '../regionsClient.ts';
import type { Session } from '../session.ts';
import { LatestJob } from './latestJob.ts';
import { RegionsOverlay } from './regionsOverlay.ts';
import type { RegionsResult } from './regionsRequest.ts';
import { regionsResult, validateRegionsRequest } from './regionsRequest.ts';
import { type Column, formatCount, RegionsTable } from './regionsTable.ts';
import { flyToSmallest, flyToThinnest, viewOfReach, windowOf } from './regionViews.ts';
import { SeedSurvey } from './seedSurvey.ts';

/** The live counts give up above so many regions; a script may wait for more. */
const LIVE_MAX = 50_000;
/** More are not drawn: a picture of so many edges is black, and slow. */
const DRAWN_MAX = 20_000;
/** A click that moved further than this was a drag. */
const CLICK_SLOP_PX = 4;

/** What the exact regions take from the page. */
export interface RegionsSource {
  readonly messages: Messages;
  readonly geometry: PictureGeometry;
  readonly picture: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly session: Session;
  /** null while there is none. */
  renderer(): Renderer | null;
}

/**
 * Exact regions on the page: counts of the view and of the plane, flights, overlay, histogram and
 * exports. Nothing is computed, and no worker started, before the folder is opened or a script asks.
 */
export class Regions {
  readonly #source: RegionsSource;
  readonly #overlay: RegionsOverlay;
  readonly #table = new RegionsTable();
  readonly #survey: SeedSurvey;
  readonly #clients = {
    view: new RegionsClient(),
    plane: new RegionsClient(),
    script: new RegionsClient(),
  };
  readonly #jobs = { view: new LatestJob(), plane: new LatestJob() };
  /** What the columns were last asked to show. */
  readonly #keys: Record<Column, string> = { view: '', plane: '' };
  readonly #model = { overlay: false };
  readonly #ends = new AbortController();
  #folder: GUI | null = null;
  #viewCount: { readonly key: string; readonly regions: number } | null = null;
  #plane: { readonly key: string; readonly arrangement: Arrangement } | null = null;
  #gridCount: { readonly key: string; readonly text: string } | null = null;
  #gridAsked = '';
  #network: { readonly key: string; readonly network: Network } | null = null;
  #pressed: Vec2 | null = null;

  constructor(source: RegionsSource) {
    this.#source = source;
    this.#overlay = new RegionsOverlay(source.picture, source.canvas, source.geometry);
    this.#survey = new SeedSurvey(source.messages, () => this.#field());
    this.#listen(source.canvas);
  }

  /** Fills the panel's folder. */
  addTo(folder: GUI): void {
    this.#folder = folder;
    folder
      .add(this.#model, 'overlay')
      .name('exact edges (e)')
      .onChange(() => this.#update());
    const children = folder.$children;
    children.append(this.#table.element);
    new ActionsController(folder, [
      {
        label: 'Fit all structure',
        title: 'Zoom to the reach around the origin, where every vertex is in view',
        act: () => this.#fit(),
      },
    ]).name('zoom');
    new ActionsController(folder, [
      {
        label: 'smallest',
        title: 'Fly to the smallest region',
        act: () => void this.#fly('smallest'),
      },
      {
        label: 'thinnest',
        title: 'Fly to the thinnest region',
        act: () => void this.#fly('thinnest'),
      },
    ]).name('fly to');
    new ActionsController(folder, [
      {
        label: 'SVG',
        title: 'Save the regions of the view as a drawing',
        act: () => void this.#save('svg'),
      },
      {
        label: 'JSON',
        title: 'Save polygons, patterns and affine maps of the view in the form of GeoJSON',
        act: () => void this.#save('json'),
      },
    ]).name('save view');
    this.#survey.addTo(folder);
    folder.close();
    folder.onOpenClose(() => this.#update());
  }

  /** Follows the state; often while something moves. */
  show(state: State): void {
    const isNetwork = state.field.kind === 'mlp';
    this.#folder?.show(isNetwork);
    if (isNetwork) this.#follow(state);
    else this.#clearOverlay();
  }

  /** What has its place in the plane, with every picture. */
  showScales(state: State): void {
    this.#overlay.showView(state.view);
  }

  /** A finished picture: what its grid sees is counted. */
  showReport(report: FrameReport): void {
    if (report.settled && this.#isOpen) this.#countGrid();
  }

  /** For scripts. @throws InvalidInputError (as a rejection) */
  async enumerate(request: unknown): Promise<RegionsResult> {
    if (this.#ends.signal.aborted) throw new CancelledError();
    const { window, cells } = validateRegionsRequest(request);
    const field = this.#field();
    const network = drawNetwork(field);
    const { script } = this.#clients;
    return regionsResult(
      cells
        ? await script.enumerate(network, { window, cells })
        : await script.enumerate(network, { window }),
    );
  }

  toggleOverlay(): void {
    this.#model.overlay = !this.#model.overlay;
    for (const controller of this.#folder?.controllers ?? []) controller.updateDisplay();
    this.#update();
  }

  /** Selects the region under a place of the picture; false where no overlay is shown. */
  select(at: Vec2 | null): boolean {
    if (!this.#isDrawn) return false;
    const { width, height } = this.#source.geometry;
    this.#overlay.select(at ?? [width / 2, height / 2]);
    return true;
  }

  /** Releases the selected region; false if there was none. */
  release(): boolean {
    return this.#overlay.release();
  }

  destroy(): void {
    this.#ends.abort();
    for (const job of Object.values(this.#jobs)) job.cancel();
    for (const client of Object.values(this.#clients)) client.dispose();
    this.#survey.destroy();
  }

  get #isOpen(): boolean {
    return this.#folder !== null && !this.#folder._closed;
  }

  get #isDrawn(): boolean {
    return this.#model.overlay && this.#source.session.state.field.kind === 'mlp';
  }

  #field(): MlpField {
    const { field } = this.#source.session.state;
    if (field.kind !== 'mlp') throw new InvalidInputError('field.kind', field.kind, "'mlp'");
    return field;
  }

  #networkOf(field: MlpField): Network {
    const key = JSON.stringify(field);
    if (this.#network?.key !== key) this.#network = { key, network: drawNetwork(field) };
    return this.#network.network;
  }

  #update(): void {
    this.show(this.#source.session.state);
    this.#overlay.showView(this.#source.session.state.view);
    if (this.#isOpen) this.#countGrid();
  }

  #follow({ field, view }: State): void {
    if (field.kind !== 'mlp') return;
    if (!this.#model.overlay) this.#clearOverlay();
    const fieldKey = JSON.stringify(field);
    if (this.#isOpen && this.#keys.plane !== fieldKey) {
      this.#keys.plane = fieldKey;
      this.#table.showStatus('plane', 'counting…', true);
      this.#jobs.plane.run((signal) => this.#countPlane(field, fieldKey, signal));
    }
    if (!this.#isOpen && !this.#model.overlay) return;
    const window = windowOf(view, this.#source.geometry);
    const viewKey = JSON.stringify([field, window, this.#model.overlay]);
    if (this.#keys.view === viewKey) return;
    this.#keys.view = viewKey;
    if (window === null) {
      this.#overlay.showArrangement(null);
      this.#table.showStatus('view', 'deeper than float64 can tell its sides apart', false);
      return;
    }
    this.#jobs.view.run(async (signal) => {
      const cells = this.#model.overlay;
      const options = { window, maxRegions: cells ? DRAWN_MAX : LIVE_MAX, signal };
      const client = this.#clients.view;
      await this.#show('view', viewKey, async () => {
        if (!cells) return client.enumerate(this.#networkOf(field), options);
        const detailed = await client.enumerate(this.#networkOf(field), { ...options, cells });
        if (this.#isDrawn) this.#overlay.showArrangement(detailed);
        return detailed;
      });
    });
  }

  #clearOverlay(): void {
    if (!this.#overlay.isShown) return;
    this.#overlay.showArrangement(null);
    // Wanted again, it is drawn again.
    this.#keys.view = '';
  }

  #countPlane(field: MlpField, key: string, signal: AbortSignal): Promise<void> {
    const onProgress = (_done: number, _total: number, regions: number) =>
      this.#table.showStatus('plane', `counting, ${formatCount(regions)} so far…`, true);
    return this.#show('plane', key, async () => {
      const options = { window: null, maxRegions: LIVE_MAX, onProgress, signal };
      const arrangement = await this.#clients.plane.enumerate(this.#networkOf(field), options);
      this.#plane = { key, arrangement };
      return arrangement;
    });
  }

  /** Runs a count and shows it, or why there is none. */
  async #show(column: Column, key: string, count: () => Promise<Arrangement>): Promise<void> {
    try {
      const arrangement = await count();
      this.#table.showCounts(column, arrangement);
      if (column === 'view') this.#viewCount = { key, regions: arrangement.activationRegions };
      this.#showGrid();
    } catch (error) {
      if (error instanceof CancelledError) return;
      if (column === 'view') this.#overlay.showArrangement(null);
      if (this.#keys[column] === key) this.#table.showStatus(column, reasonOf(error), false);
    }
  }

  #countGrid(): void {
    const { state } = this.#source.session;
    const renderer = this.#source.renderer();
    if (state.field.kind !== 'mlp' || !renderer) return;
    const key = gridKey(state);
    if (this.#gridAsked === key) return;
    this.#gridAsked = key;
    renderer.countRegions(state).then(
      ({ regions, complete }) => {
        const text = `${complete ? '' : 'at least '}${formatCount(regions)}`;
        this.#gridCount = { key, text };
        this.#showGrid();
      },
      (error: unknown) => {
        this.#gridAsked = '';
        this.#table.showGrid(`The grid could not be counted: ${reasonOf(error)}`);
      },
    );
  }

  /** Says it only while both numbers belong to what is shown. */
  #showGrid(): void {
    const isCurrent =
      this.#gridCount?.key === gridKey(this.#source.session.state) &&
      this.#viewCount?.key === this.#keys.view;
    this.#table.showGrid(
      isCurrent
        ? `grid sees ${this.#gridCount!.text} of ${formatCount(this.#viewCount!.regions)}`
        : '',
    );
  }

  #fit(): void {
    const { session, messages } = this.#source;
    const isCurrent = this.#plane?.key === JSON.stringify(session.state.field);
    const reach = isCurrent ? this.#plane!.arrangement.reach : null;
    if (reach !== null && reach > 0) session.changeView(viewOfReach(reach), 'still');
    else messages.note(isCurrent ? 'No hinges meet.' : 'The plane is not counted yet.');
  }

  async #fly(to: 'smallest' | 'thinnest'): Promise<void> {
    const { session, geometry } = this.#source;
    const { field } = session.state;
    await this.#tell(async () => {
      const detailed = await this.#cells(null);
      const flight =
        to === 'smallest' ? flyToSmallest(detailed, geometry.aspect) : flyToThinnest(detailed);
      if (flight === null) return 'No region is bounded.';
      if (session.state.field !== field) return null;
      session.changeView(flight.view, 'still');
      if (!this.#model.overlay) this.toggleOverlay();
      this.#overlay.selectPattern(flight.cell);
      return null;
    });
  }

  async #save(extension: 'svg' | 'json'): Promise<void> {
    await this.#tell(async () => {
      const { state } = this.#source.session;
      const window = windowOf(state.view, this.#source.geometry);
      if (window === null) throw new Error('The view is too deep for float64 coordinates.');
      const detailed = await this.#cells(window);
      const name = fileName(state, `regions.${extension}`);
      saveFile(
        extension === 'svg' ? arrangementToSvg(detailed) : arrangementToJson(detailed),
        name,
      );
      return `Saved ${name}.`;
    });
  }

  #cells(window: DetailedArrangement['window']): Promise<DetailedArrangement> {
    const network = this.#networkOf(this.#field());
    return this.#clients.script.enumerate(network, { window, cells: true, maxRegions: LIVE_MAX });
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

  #listen(canvas: HTMLCanvasElement): void {
    const { signal } = this.#ends;
    const place = (event: MouseEvent): Vec2 => {
      const box = canvas.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    canvas.addEventListener(
      'pointermove',
      (event) => {
        if (this.#isDrawn && event.buttons === 0) this.#overlay.point(place(event));
      },
      { signal },
    );
    canvas.addEventListener('pointerleave', () => this.#overlay.point(null), { signal });
    canvas.addEventListener(
      'pointerdown',
      (event) => {
        this.#pressed = place(event);
      },
      { signal },
    );
    canvas.addEventListener(
      'click',
      (event) => {
        const at = place(event);
        const from = this.#pressed ?? at;
        // The second click of a double click zooms.
        if (event.detail > 1 || Math.hypot(at[0] - from[0], at[1] - from[1]) > CLICK_SLOP_PX)
          return;
        this.select(at);
      },
      { signal },
    );
  }
}

function gridKey({ field, view }: State): string {
  return JSON.stringify([field, view]);
}

function reasonOf(error: unknown): string {
  if (error instanceof LimitExceededError) {
    return `more than ${formatCount(error.limit)} ${error.what}, the limit here`;
  }
  return error instanceof Error ? error.message : String(error);
}
