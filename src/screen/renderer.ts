import type { GpuDevice } from '../gpu/device.ts';
import { type GpuError, tooLarge } from '../gpu/errors.ts';
import {
  type DeviceSpan,
  type DeviceUser,
  destroyedError,
  SharedDevice,
} from '../gpu/sharedDevice.ts';
import { type Grid, pictureGrid } from '../kernels/grid.ts';
import { requireHinges, requireQuantity } from '../model/fieldValidation.ts';
import { countOpenNeurons } from '../passes/countOpenNeurons.ts';
import { countRegions, type RegionCount } from '../passes/countRegions.ts';
import { sampleGrid } from '../passes/gridSampler.ts';
import type { TileCounts } from '../passes/tileCounts.ts';
import { FacetCutter } from '../picture/facetCutter.ts';
import { finestSamples } from '../picture/finestSamples.ts';
import type { FrameReport } from '../picture/frameReport.ts';
import { PictureMaker } from '../picture/pictureMaker.ts';
import { isSamePicture, type Scene } from '../picture/scene.ts';
import type { GridRequest, SampledGrid } from '../reference/grid.ts';
import type { State } from '../state/state.ts';
import { animationFrame, SCREEN_FRAME_MS } from './animationFrame.ts';
import type { CanvasRenderer, RendererOptions, RendererProblem } from './canvasRenderer.ts';
import { DeviceQueue } from './deviceQueue.ts';
import { Problems } from './problems.ts';
import { Settling } from './settling.ts';

/** Milliseconds for a frame while something moves, for all pictures that move together. */
const FRAME_BUDGET_MS = { hardware: 12, software: 20 };
/** The same for the first picture of a change at rest, which only bridges the time to the full one. */
const PREVIEW_BUDGET_MS = 8;
/** The very first picture comes without hinges at first if it then takes no longer than this. */
const FIRST_BUDGET_MS = 500;
/** If so much time has less than a tenth of the full picture's samples a side, seconds go by until that comes. */
const PATIENCE_MS = 50;
const FEW = 0.1;
/** Then pictures with so many times the samples a side of the last one come before, which take a small part of its time. */
const FINER = 4;
const COARSE_MAX = 0.35;
/** A grid has two samples a side at the least, and a picture one for each pixel. */
const SIDE_MIN = 2;
/** During a frame that takes longer, the old picture follows the view. */
const FOLLOW_MS = 60;

export type { RendererOptions, RendererProblem, TileCounts };

// The page gets devices and pictures only from here.
export { destroyedError, SharedDevice };

/** The passes of a canvas and their device. */
interface Stage {
  readonly span: DeviceSpan;
  readonly maker: PictureMaker;
}

interface Wish {
  readonly state: State;
  readonly moving: boolean;
}

/**
 * Keeps a state on the canvas: coarse frames while it moves, then the full picture, then finer
 * ones, in stints that end when something changes. After a lost device is back, it draws
 * again automatically.
 */
export class Renderer implements CanvasRenderer, DeviceUser {
  readonly hasTiles = true;
  private readonly settling = new Settling();
  private stage: Stage;
  private wish: Wish | null = null;
  private size: { widthPx: number; heightPx: number; pxPerUnit: number } | null = null;
  private destroyed = false;
  private fatal: GpuError | null = null;
  private readonly facets: FacetCutter;
  private readonly queue: DeviceQueue;
  private readonly problems: Problems;
  /** A full picture has been on the screen. */
  private hasPicture = false;
  /** The version that is being drawn. */
  private drawing = -1;
  /** The picture has moved, and the screen may not show it yet. */
  private hasFollowed = false;

  /**
   * @param shared the device of several pictures; without it the renderer has its own
   * @throws GpuError whose message says what is missing and what to do
   */
  static async create(
    canvas: HTMLCanvasElement,
    options: RendererOptions,
    shared: SharedDevice | null = null,
  ): Promise<Renderer> {
    const device = shared ?? (await SharedDevice.request());
    try {
      return new Renderer(canvas, options, device, shared === null, await setUp(device, canvas));
    } catch (error) {
      if (!shared) void device.destroy();
      throw error;
    }
  }

  private constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly options: RendererOptions,
    private readonly shared: SharedDevice,
    private readonly ownsDevice: boolean,
    stage: Stage,
  ) {
    this.stage = stage;
    this.facets = new FacetCutter(options.cutFacets);
    this.queue = new DeviceQueue(shared);
    this.problems = new Problems(options);
    shared.add(this);
    // Running work ends before the renderer is destroyed: its buffers are in use until then.
    void this.run().finally(() => this.stage.maker.destroy());
  }

  get firstPicture(): Promise<void> {
    return this.settling.firstPicture;
  }

  get adapter(): GpuDevice['adapter'] {
    return this.shared.current.adapter;
  }

  /** Pipelines compiled so far on this device: a reseed or a zoom adds none. */
  get compiledPipelines(): number {
    return this.shared.current.pipelines.compiled;
  }

  /** The next frames show this state; `moving` during a gesture or while a slider moves. */
  setState(state: State, moving: boolean): void {
    const before = this.wish;
    this.wish = { state, moving };
    // The picture on the screen, or the one being drawn, is that of the new state too.
    if (before?.moving === moving && isSamePicture(before.state, state)) return;
    if (moving) this.shared.movers.add(this);
    else this.shared.movers.delete(this);
    this.change();
  }

  /** There is another picture to draw. */
  private change(): void {
    this.facets.stop();
    this.settling.change();
  }

  follow(): boolean {
    if (this.destroyed || !this.wish) return false;
    const hasMoved = this.stage.maker.follow(this.wish.state);
    this.hasFollowed ||= hasMoved;
    return hasMoved;
  }

  /** Without a size there is none. */
  async drawn(): Promise<void> {
    if (this.size && this.wish) await this.settling.drawn();
  }

  /**
   * Size of the canvas in device pixels; a size beyond the device's limits is scaled down.
   * @param pxPerUnit device pixels per CSS pixel, in which lines have their widths
   */
  resize(widthPx: number, heightPx: number, pxPerUnit = 1): void {
    const fitting = this.fit(widthPx, heightPx);
    this.size = { ...fitting, pxPerUnit: (pxPerUnit * fitting.widthPx) / widthPx };
    this.change();
  }

  /** The size itself, but two pixels a side at the least, or the largest of its shape within the device's limits. */
  fit(widthPx: number, heightPx: number): { widthPx: number; heightPx: number } {
    const { maxTextureDimension2D, maxStorageBufferBindingSize } =
      this.shared.current.device.limits;
    const scale = Math.min(
      1,
      maxTextureDimension2D / Math.max(widthPx, heightPx),
      // A float32 for each pixel, and up to three more to pad a row.
      Math.sqrt(maxStorageBufferBindingSize / (4 * (widthPx + 3) * heightPx)),
    );
    const scaled = (size: number) => Math.max(SIDE_MIN, Math.floor(size * scale));
    return { widthPx: scaled(widthPx), heightPx: scaled(heightPx) };
  }

  showAgain(): void {
    if (!this.destroyed) this.stage.maker.showAgain();
  }

  /** How often the picture to be drawn has changed: what was waited for before is another one. */
  get changes(): number {
    return this.settling.version;
  }

  /** Settles when the screen shows the finest picture of the current state. */
  settled(): Promise<void> {
    return this.settling.settled();
  }

  /**
   * Evaluates a grid by the kernels that draw.
   * @throws RangeError if it does not fit into memory; the signal's reason
   */
  sample(request: GridRequest, signal?: AbortSignal): Promise<SampledGrid> {
    return this.queue.run((device) => sampleGrid(device, request, signal), signal);
  }

  /**
   * Counts the distinct regions among the samples of the full picture of a state.
   * @throws InvalidInputError (as a rejection) if the field has no regions
   */
  async countRegions(state: State): Promise<RegionCount> {
    const { field } = state;
    requireQuantity(field, 'region', 'field.network');
    return this.queue.run((device) => countRegions(device, field, this.fullGrid(state)));
  }

  /**
   * The number of neurons that the kernels evaluate in each tile of the full picture of a state.
   * @throws InvalidInputError (as a rejection) if the field is not a network
   */
  async tiles(state: State): Promise<TileCounts> {
    const network = requireHinges(state.field);
    return this.queue.run((device) => countOpenNeurons(device, network, this.fullGrid(state)));
  }

  /** The grid of the full picture of a state. */
  private fullGrid({ view, projection }: State): Grid {
    const { widthPx, heightPx } = this.size ?? { widthPx: 1, heightPx: 1 };
    return pictureGrid(view, widthPx, heightPx, 1, projection);
  }

  private async run(): Promise<void> {
    let drawn = -1;
    let began = Number.NEGATIVE_INFINITY;
    await this.compileAhead();
    while (!this.destroyed) {
      if (drawn === this.settling.version || !this.wish || !this.size || this.fatal) {
        await this.settling.nextChange();
        continue;
      }
      if (this.hasFollowed) await this.letThrough();
      // Frames need not be faster than the screen; slower ones need not wait for it.
      if (performance.now() - began < SCREEN_FRAME_MS) await animationFrame();
      began = performance.now();
      drawn = this.settling.version;
      this.drawing = drawn;
      const { span } = this.stage;
      try {
        await this.drawWish(drawn);
      } catch (cause) {
        if (this.destroyed) return;
        if (await this.shared.wasLost(span, cause)) drawn = -1;
        else this.fail(cause, drawn);
      }
    }
  }

  /** Compiles what the first picture needs while the canvas may still wait for its size. */
  private async compileAhead(): Promise<void> {
    while (!this.wish && !this.destroyed) await this.settling.nextChange();
    if (this.size || this.destroyed) return;
    const { state } = this.wish!;
    if (this.facets.takes(state)) return;
    // Whoever draws the picture reports what fails.
    await this.stage.maker.prepare(withoutHinges(state), 1).catch(() => undefined);
  }

  /** Waits until the picture that has followed is on its way to the screen: a new one would delay it. */
  private async letThrough(): Promise<void> {
    this.hasFollowed = false;
    // The second begins when the compositor has taken the first.
    await animationFrame();
    await animationFrame();
  }

  /** One frame of something that moves, or all stages of something at rest. */
  private async drawWish(version: number): Promise<void> {
    const { shared } = this;
    const span = await shared.acquire();
    if (span !== this.stage.span) this.stage = await setUp(shared, this.canvas);
    const { maker } = this.stage;
    const { state, moving } = this.wish!;
    const isWanted = () => version === this.settling.version && !this.destroyed;
    shared.lastUser = this;
    const { widthPx, heightPx, pxPerUnit } = this.size!;
    maker.resize(widthPx, heightPx);
    const cut = moving ? null : this.facets.cut(state, widthPx, heightPx);
    // A picture of facets does not wait for kernels.
    const isSoon = cut instanceof Promise ? !maker.hasKernels(state) : cut !== null;
    const preview = isSoon ? null : await this.preview(state, moving, isWanted);
    if (moving) return;
    const facets = await cut;
    if (!isWanted()) return;
    const scene = facets
      ? await maker.prepare(state, pxPerUnit, facets)
      : (preview ?? (await this.preview(state, moving, isWanted)));
    // Not while facets are cut, which they would delay.
    if (!facets) await this.drawCoarse(scene, isWanted);
    if (await this.drawAtRest(scene, isWanted)) this.settling.settle(version);
    // For when it moves; what goes wrong is said then.
    if (facets && isWanted()) void maker.compileKernels(state, isWanted).catch(() => {});
  }

  /**
   * A picture of a change within a frame or two, even if the full picture takes longer.
   * @returns the scene that it shows
   */
  private async preview(state: State, moving: boolean, isWanted: () => boolean): Promise<Scene> {
    const { maker } = this.stage;
    if (!this.hasPicture && !moving && state.hinges) await this.drawWithoutHinges(state, isWanted);
    const scene = await maker.prepare(state, this.size!.pxPerUnit);
    const frameMs = this.adapter.software ? FRAME_BUDGET_MS.software : FRAME_BUDGET_MS.hardware;
    const budget = moving ? frameMs / Math.max(1, this.shared.movers.size) : PREVIEW_BUDGET_MS;
    const resolution = maker.affordableResolution(scene, budget);
    const isSlow = maker.affordableResolution(scene, FOLLOW_MS) < 0.1;
    // On the screen before the slow frame: one submission would show both at once.
    if (isSlow && maker.follow(state)) await animationFrame();
    if (moving || resolution < 1) {
      await maker.drawAtOnce(scene, resolution, (report) => this.report(report, state));
    }
    return scene;
  }

  /** Pictures between the first one and the full one, where that takes long. */
  private async drawCoarse(scene: Scene, isWanted: () => boolean): Promise<void> {
    const { maker } = this.stage;
    const first = maker.affordableResolution(scene, PREVIEW_BUDGET_MS);
    for (let resolution = FINER * first; resolution <= COARSE_MAX; resolution *= FINER) {
      if (maker.affordableResolution(scene, PATIENCE_MS) >= FEW) return;
      const report = await maker.drawCoarse(scene, resolution, isWanted);
      if (!report || !isWanted()) return;
      this.report(report, scene.state);
    }
  }

  /** All stages of something at rest. @returns whether the finest is on the screen */
  private async drawAtRest(scene: Scene, isWanted: () => boolean): Promise<boolean> {
    const { maker } = this.stage;
    const { state } = scene;
    const finest = finestSamples(state, this.adapter.software);
    const full = await maker.draw(scene, isWanted);
    let report = full;
    for (const samplesPerPx of [1, 2, 4]) {
      if (!report || !isWanted() || samplesPerPx > finest) break;
      if (samplesPerPx > 1) report = await maker.refine(scene, samplesPerPx, isWanted);
      if (!report) break;
      const { frameMilliseconds } = full!;
      this.report({ ...report, frameMilliseconds, settled: samplesPerPx === finest }, state);
    }
    return report !== null && isWanted();
  }

  /** Hinges need a pipeline of their own, and what a person sees first need not wait for it. */
  private async drawWithoutHinges(state: State, isWanted: () => boolean): Promise<void> {
    const { maker } = this.stage;
    const scene = await maker.prepare(withoutHinges(state), this.size!.pxPerUnit);
    if (maker.affordableResolution(scene, FIRST_BUDGET_MS) < 1) return;
    const report = await maker.draw(scene, isWanted);
    if (report) this.report({ ...report, settled: false }, state);
  }

  /** @throws GpuError for values that overflow float32, of which nothing is known */
  private report(report: FrameReport, state: State): void {
    const { range } = report;
    if (range && !Number.isFinite(range.maxDifference - range.minDifference)) {
      throw tooLarge();
    }
    this.problems.clear();
    this.options.onReport(report, state);
    this.settling.drew(this.drawing);
    if (report.stage === 'moving') return;
    this.hasPicture = true;
    this.settling.shown();
  }

  /** A picture that cannot be drawn: the old one stays, and a message is shown. */
  private fail(cause: unknown, version: number): void {
    const { kind, message } = this.settling.fail(version, cause);
    this.problems.tell({ kind, message, fatal: false });
  }

  onLost(message: string): void {
    this.settling.unsettle();
    this.problems.tell({ kind: 'lost', message, fatal: false });
  }

  onRestored(): void {
    // Without a size it shows nothing, and no picture will report that the problem is solved.
    if (!this.size) this.problems.clear();
    this.settling.change();
  }

  onGone(error: GpuError): void {
    this.fatal = error;
    this.problems.tell({ kind: 'lost', message: error.message, fatal: true });
    this.settling.finish(error);
  }

  onError(message: string): void {
    this.problems.tell({ kind: 'gpu', message, fatal: false });
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.facets.stop();
    this.queue.destroy();
    this.shared.remove(this);
    this.settling.finish(destroyedError());
    if (this.ownsDevice) void this.shared.destroy();
  }
}

function withoutHinges(state: State): State {
  return state.hinges ? { ...state, hinges: false } : state;
}

/** Makes the passes for a canvas on the current device, or on its replacement once that has come. */
async function setUp(shared: SharedDevice, canvas: HTMLCanvasElement): Promise<Stage> {
  for (;;) {
    const span = await shared.acquire();
    try {
      return { span, maker: new PictureMaker(span, canvas) };
    } catch (cause) {
      if (!(await shared.wasLost(span, cause))) throw cause;
    }
  }
}
