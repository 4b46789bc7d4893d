import type { FrameReport } from './frameReport.ts';
import { type GpuDevice, messageOf, requestDevice } from './gpu/device.ts';
import { GpuError, type GpuProblemKind } from './gpu/errors.ts';
import { pictureGrid } from './kernels/grid.ts';
import { countRegions, type RegionCount } from './passes/countRegions.ts';
import type { SamplerContext } from './passes/evaluateTiles.ts';
import { type SampledGrid, sampleGrid } from './passes/gridSampler.ts';
import { PictureMaker } from './passes/pictureMaker.ts';
import type { GridRequest } from './reference/grid.ts';
import type { State } from './state/state.ts';

export interface RendererProblem {
  readonly kind: GpuProblemKind;
  readonly message: string;
  /** True if no picture will come any more. */
  readonly fatal: boolean;
}

export interface RendererOptions {
  onReport(report: FrameReport): void;
  /** null: what was wrong is mended. */
  onProblem(problem: RendererProblem | null): void;
}

/** Milliseconds for a frame while something moves. */
const FRAME_BUDGET_MS = { hardware: 12, software: 30 };
/** A frame that takes longer than this lets the old picture follow the view meanwhile. */
const FOLLOW_MS = 60;
/** How often a lost device is asked for again, and the wait before it, which doubles. */
const RECOVERY_ATTEMPTS = 8;
const RECOVERY_WAIT_MS = 100;

interface Waiter {
  resolve(): void;
  reject(reason: unknown): void;
}

interface Wish {
  readonly state: State;
  readonly moving: boolean;
}

/**
 * Keeps the canvas showing a state: coarse frames while it moves, then the full picture, then finer
 * ones, in slices that end when something changes. Gets a lost device back by itself.
 */
export class Renderer {
  // Before the promise, which fills it in.
  private firstWaiter!: Waiter;
  /** Settles when the first full picture is on screen; rejected if there comes none. */
  readonly firstPicture = new Promise<void>((resolve, reject) => {
    this.firstWaiter = { resolve, reject };
  });
  private gpu: GpuDevice;
  private maker: PictureMaker;
  private wish: Wish | null = null;
  private size: { widthPx: number; heightPx: number } | null = null;
  private version = 0;
  private settledVersion = -1;
  /** The state of this version could not be drawn. */
  private failure: { readonly version: number; readonly error: GpuError } | null = null;
  private destroyed = false;
  /** Set while the device is lost: settles when it is back, or when that was given up. */
  private recovery: Promise<void> | null = null;
  private fatal: GpuError | null = null;
  private wake: () => void = () => {};
  private waiters: Waiter[] = [];
  private sampling: Promise<unknown> = Promise.resolve();
  private hasProblem = false;

  /** @throws GpuError whose message says what is missing and what to do */
  static async create(canvas: HTMLCanvasElement, options: RendererOptions): Promise<Renderer> {
    const format = navigator.gpu?.getPreferredCanvasFormat();
    const gpu = await requestDevice(navigator.gpu);
    const maker = await PictureMaker.create(gpu, canvas, format);
    return new Renderer(canvas, format, options, gpu, maker);
  }

  private constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly format: GPUTextureFormat,
    private readonly options: RendererOptions,
    gpu: GpuDevice,
    maker: PictureMaker,
  ) {
    this.gpu = gpu;
    this.maker = maker;
    // Who does not wait for the first picture is told by onProblem; that is enough.
    this.firstPicture.catch(() => undefined);
    this.watch(gpu);
    void this.run();
  }

  get adapter(): GpuDevice['adapter'] {
    return this.gpu.adapter;
  }

  /** Pipelines compiled so far on this device: a reseed or a zoom adds none. */
  get compiledPipelines(): number {
    return this.maker.pipelines.compiled;
  }

  /** The next frames show this state; `moving` while a gesture or a slider goes on. */
  setState(state: State, moving: boolean): void {
    this.wish = { state, moving };
    this.change();
  }

  /** Size of the canvas in device pixels; a size that the device cannot hold is scaled down. */
  resize(widthPx: number, heightPx: number): void {
    this.size = this.fit(widthPx, heightPx);
    this.change();
  }

  /** The size itself, or the largest of its shape that the device can hold. */
  fit(widthPx: number, heightPx: number): { widthPx: number; heightPx: number } {
    const { maxTextureDimension2D, maxStorageBufferBindingSize } = this.gpu.device.limits;
    const scale = Math.min(
      1,
      maxTextureDimension2D / Math.max(widthPx, heightPx),
      // A float32 for each pixel, and up to three more to pad a row.
      Math.sqrt(maxStorageBufferBindingSize / (4 * (widthPx + 3) * heightPx)),
    );
    const scaled = (size: number) => Math.max(1, Math.floor(size * scale));
    return { widthPx: scaled(widthPx), heightPx: scaled(heightPx) };
  }

  /** Settles when the screen shows the finest picture of the current state. */
  settled(): Promise<void> {
    if (this.fatal) return Promise.reject(this.fatal);
    if (this.destroyed) return Promise.reject(destroyedError());
    if (this.failure?.version === this.version) return Promise.reject(this.failure.error);
    if (this.settledVersion === this.version) return Promise.resolve();
    return new Promise((resolve, reject) => this.waiters.push({ resolve, reject }));
  }

  /**
   * Evaluates a grid by the kernels that draw.
   * @throws RangeError if it does not fit into memory
   */
  sample(request: GridRequest): Promise<SampledGrid> {
    return this.enqueue((context) => sampleGrid(context, request));
  }

  /** Counts the distinct regions among the samples of the full picture of a state. */
  countRegions({ field, view }: State): Promise<RegionCount> {
    return this.enqueue((context) => {
      const { widthPx, heightPx } = this.size ?? { widthPx: 1, heightPx: 1 };
      return countRegions(context, field, pictureGrid(view, widthPx, heightPx, 1));
    });
  }

  /** Work apart from the picture, one piece after another; begun again if the device is lost. */
  private enqueue<T>(work: (context: SamplerContext) => Promise<T>): Promise<T> {
    const result = this.sampling.then(() => this.runSafely(work));
    this.sampling = result.catch(() => undefined);
    return result;
  }

  private async runSafely<T>(work: (context: SamplerContext) => Promise<T>): Promise<T> {
    for (;;) {
      await this.recovery;
      if (this.fatal) throw this.fatal;
      if (this.destroyed) throw destroyedError();
      const { gpu } = this;
      try {
        const result = await work(this.maker.samplerContext);
        if (gpu === this.gpu && !this.recovery) return result;
      } catch (cause) {
        if (gpu === this.gpu && !(await this.isLost(gpu))) throw cause;
      }
    }
  }

  private change(): void {
    this.version += 1;
    this.wake();
  }

  private async run(): Promise<void> {
    let drawn = -1;
    while (!this.destroyed) {
      if (drawn === this.version || !this.wish || !this.size || this.fatal) {
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
        continue;
      }
      await this.recovery;
      await animationFrame();
      const { gpu } = this;
      drawn = this.version;
      try {
        await this.drawWish(drawn);
      } catch (cause) {
        if (this.destroyed) return;
        if (gpu !== this.gpu || (await this.isLost(gpu))) drawn = -1;
        else this.fail(cause, drawn);
      }
    }
  }

  /** One frame of something that moves, or all stages of something at rest. */
  private async drawWish(version: number): Promise<void> {
    const { maker } = this;
    const { state, moving } = this.wish!;
    const isWanted = () => version === this.version && !this.destroyed;
    maker.resize(this.size!.widthPx, this.size!.heightPx);
    const scene = await maker.prepare(state);
    const budget = this.adapter.software ? FRAME_BUDGET_MS.software : FRAME_BUDGET_MS.hardware;
    const resolution = maker.affordableResolution(scene, budget);
    if (maker.affordableResolution(scene, FOLLOW_MS) < 0.1) maker.follow(state.view);
    if (moving || resolution < 0.25) {
      const report = await maker.draw(scene, resolution, 'moving', isWanted);
      if (report) this.report(report);
      if (moving) return;
    }
    let report = await maker.draw(scene, 1, 'full', isWanted);
    for (const samplesPerPx of [1, 2, 4]) {
      if (!report || !isWanted() || samplesPerPx > state.supersampling) break;
      if (samplesPerPx > 1) report = await maker.refine(scene, samplesPerPx, report, isWanted);
      if (!report) break;
      this.report({ ...report, settled: samplesPerPx === state.supersampling });
    }
    if (report && isWanted()) this.settle(version);
  }

  private report(report: FrameReport): void {
    if (this.hasProblem) {
      this.hasProblem = false;
      this.options.onProblem(null);
    }
    this.options.onReport(report);
    if (report.stage !== 'moving') this.firstWaiter.resolve();
  }

  private settle(version: number): void {
    this.settledVersion = version;
    for (const waiter of this.waiters.splice(0)) waiter.resolve();
  }

  /** A picture that cannot be drawn: the old one stays, and the person is told. */
  private fail(cause: unknown, version: number): void {
    const error = cause instanceof GpuError ? cause : new GpuError('gpu', messageOf(cause));
    this.tell({ kind: error.kind, message: error.message, fatal: false });
    this.failure = { version, error };
    if (version === this.version) this.reject(error);
  }

  /** Whoever waits for a picture gets this reason instead. */
  private reject(reason: GpuError): void {
    this.firstWaiter.reject(reason);
    for (const waiter of this.waiters.splice(0)) waiter.reject(reason);
  }

  private tell(problem: RendererProblem): void {
    this.hasProblem = true;
    this.options.onProblem(problem);
  }

  private watch(gpu: GpuDevice): void {
    gpu.device.addEventListener('uncapturederror', (event) => {
      this.tell({ kind: 'gpu', message: `WebGPU: ${event.error.message}`, fatal: false });
    });
    void gpu.device.lost.then((info) => {
      if (this.destroyed || gpu !== this.gpu) return;
      this.settledVersion = -1;
      this.recovery = this.recover(info.message);
    });
  }

  /** Whether an operation failed because its device is gone, which is told a little later. */
  private async isLost(gpu: GpuDevice): Promise<boolean> {
    const lost = gpu.device.lost.then(() => true);
    return Promise.race([lost, delay(500).then(() => false)]);
  }

  private async recover(reason: string): Promise<void> {
    const message = `The graphics device was lost (${reason || 'no reason given'}). Getting it back…`;
    this.tell({ kind: 'lost', message, fatal: false });
    let last: unknown = null;
    for (let attempt = 0; attempt < RECOVERY_ATTEMPTS && !this.destroyed; attempt += 1) {
      await delay(RECOVERY_WAIT_MS * 2 ** attempt);
      try {
        const gpu = await requestDevice(navigator.gpu);
        const maker = await PictureMaker.create(gpu, this.canvas, this.format);
        if (this.destroyed) {
          gpu.device.destroy();
          return;
        }
        this.gpu = gpu;
        this.maker = maker;
        this.recovery = null;
        this.watch(gpu);
        this.change();
        return;
      } catch (cause) {
        last = cause;
      }
    }
    this.recovery = null;
    if (this.destroyed) return;
    this.fatal = new GpuError(
      'lost',
      `The graphics device was lost and did not come back (${messageOf(last)}). Reload the page; if that ` +
        'does not help, restart the browser.',
    );
    this.tell({ kind: 'lost', message: this.fatal.message, fatal: true });
    this.reject(this.fatal);
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.reject(destroyedError());
    this.wake();
    this.maker.destroy();
    this.gpu.device.destroy();
  }
}

export function destroyedError(): GpuError {
  return new GpuError('lost', 'This Reluscope was destroyed.');
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The next animation frame; a hidden page, which has none, goes on after a while all the same. */
function animationFrame(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, 200);
    const frame = requestAnimationFrame(done);
    function done(): void {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
      resolve();
    }
  });
}
