import { GpuError } from '../gpu/errors.ts';
import { destroyedError } from '../gpu/sharedDevice.ts';
import type { Calibration } from '../kernels/calibration.ts';
import { type Field, isOfSamples } from '../model/field.ts';
import { ZERO } from '../numeric/doubleDouble.ts';
import type { RegionCount } from '../passes/countRegions.ts';
import type { SampledGrid } from '../passes/gridSampler.ts';
import type { TileCounts } from '../passes/tileCounts.ts';
import { chooseColors } from '../picture/chooseColors.ts';
import { paintCpuSamples } from '../picture/cpuColors.ts';
import { type CpuSamples, cpuGrid, cpuStatistics, takeCpuSamples } from '../picture/cpuSamples.ts';
import { describeNumbers } from '../picture/describeNumbers.ts';
import type { FrameReport } from '../picture/frameReport.ts';
import { boundsOf, UNBOUNDED } from '../reference/bounds.ts';
import { createEvaluator, type Evaluator } from '../reference/evaluate.ts';
import { type GridRequest, referenceRows } from '../reference/grid.ts';
import type { State } from '../state/state.ts';
import { animationFrame } from './animationFrame.ts';
import type { CanvasRenderer, RendererOptions } from './canvasRenderer.ts';
import { inSlices } from './inSlices.ts';
import { Settling } from './settling.ts';

/** Samples along the square's sides, from the first picture of a change to the last; then as many as the state's. */
const SIDES = [17, 65, 200];
/** Fewer samples than this along a side cannot show lines. */
const LINES_SIDE_MIN = 65;
/** A first picture takes about this long, in milliseconds. */
const FRAME_MS = 20;
/** No finer picture is begun that would take longer, in milliseconds. */
const PATIENCE_MS = 4000;
/** Values are stored as they are. */
const AS_IS: Calibration = { offset: ZERO, scale: 1 };
/** float32's, so that the same pictures can be drawn as on a GPU. */
const VALUE_MAX = 3.4e38;

/** The part of a state on which the time of a sample depends most. */
type Work = string;

/**
 * Keeps a state on a canvas without a GPU: by the float64 reference, coarse at first, then finer, in slices
 * that leave the page responsive.
 */
export class CpuRenderer implements CanvasRenderer {
  readonly adapter = { name: 'CPU, float64', software: false };
  readonly compiledPipelines = 0;
  private readonly settling = new Settling();
  private readonly context: CanvasRenderingContext2D;
  /** The picture before it is stretched over the canvas. */
  private readonly small = document.createElement('canvas');
  private wish: { readonly state: State; readonly moving: boolean } | null = null;
  private hasSize = false;
  private prepared: { readonly field: Field; readonly evaluator: Evaluator } | null = null;
  /** Milliseconds per sample, of work that has been done. */
  private readonly pace = new Map<Work, number>();
  private destroyed = false;
  private hasProblem = false;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly options: RendererOptions,
  ) {
    this.context = canvas.getContext('2d')!;
    void this.run();
  }

  get firstPicture(): Promise<void> {
    return this.settling.firstPicture;
  }

  get changes(): number {
    return this.settling.version;
  }

  settled(): Promise<void> {
    return this.settling.settled();
  }

  setState(state: State, moving: boolean): void {
    this.wish = { state, moving };
    this.settling.change();
  }

  resize(widthPx: number, heightPx: number): void {
    this.hasSize = true;
    if (this.canvas.width === widthPx && this.canvas.height === heightPx) return;
    this.canvas.width = widthPx;
    this.canvas.height = heightPx;
    this.settling.change();
  }

  /** Evaluates a grid in float64, as `referenceGrid` does. */
  async sample(request: GridRequest, signal?: AbortSignal): Promise<SampledGrid> {
    const values = await inSlices(referenceRows(request), () => {
      signal?.throwIfAborted();
      return !this.destroyed;
    });
    if (!values) throw destroyedError();
    return { width: request.width, height: request.height, values };
  }

  async countRegions(state: State): Promise<RegionCount> {
    const regions: State = { ...state, quantity: 'region', hinges: false };
    const samples = await this.takeSamples(regions, SIDES.at(-1)!, () => !this.destroyed);
    if (!samples) throw destroyedError();
    return { regions: new Set(samples.values).size, complete: true };
  }

  async tiles(): Promise<TileCounts> {
    throw new GpuError('no-webgpu', 'Without WebGPU no kernels run, and there are no tiles.');
  }

  destroy(): void {
    this.destroyed = true;
    this.settling.finish(destroyedError());
  }

  private async run(): Promise<void> {
    const { settling } = this;
    let drawn = -1;
    while (!this.destroyed) {
      if (drawn === settling.version || !this.wish || !this.hasSize) {
        await settling.nextChange();
        continue;
      }
      await animationFrame();
      drawn = settling.version;
      try {
        await this.drawWish(drawn, this.wish.state, this.wish.moving);
      } catch (cause) {
        const { kind, message } = settling.fail(drawn, cause);
        this.hasProblem = true;
        this.options.onProblem({ kind, message, fatal: false });
      }
    }
  }

  /** One picture of something that moves, or all pictures of something at rest. */
  private async drawWish(version: number, state: State, moving: boolean): Promise<void> {
    // What moves is shown even if it has moved on: else nothing would be seen before it rests.
    const isWanted = () => !this.destroyed && (moving || version === this.settling.version);
    for (let side = this.firstSide(state); ; side = this.nextSide(state, side)!) {
      const start = performance.now();
      const shown = side < LINES_SIDE_MIN ? { ...state, hinges: false } : state;
      const samples = await this.takeSamples(shown, side, isWanted);
      if (!samples) return;
      const settled = !moving && this.nextSide(state, side) === null;
      const report = this.show(samples, state);
      const milliseconds = performance.now() - start;
      this.clearProblem();
      this.options.onReport(
        {
          ...report,
          stage: settled ? 'full' : 'moving',
          settled,
          milliseconds,
          frameMilliseconds: milliseconds,
        },
        state,
      );
      if (settled) {
        this.settling.shown();
        this.settling.settle(version);
      }
      if (settled || moving || !isWanted()) return;
    }
  }

  /** The most samples that take a frame. */
  private firstSide(state: State): number {
    const affordable = this.sidesOf(state).filter(
      (side) => this.expectedMs(state, side) <= FRAME_MS,
    );
    return affordable.at(-1) ?? SIDES[0]!;
  }

  /** null after the last picture of a state. */
  private nextSide(state: State, side: number): number | null {
    const next = this.sidesOf(state).find((other) => other > side);
    return next !== undefined && this.expectedMs(state, next) <= PATIENCE_MS ? next : null;
  }

  private sidesOf({ gridSamples }: State): number[] {
    return [...SIDES.filter((side) => side < gridSamples), gridSamples];
  }

  private expectedMs(state: State, side: number): number {
    const { columns, rows } = cpuGrid(this.canvas.width, this.canvas.height, side);
    return columns * rows * (this.pace.get(workOf(state)) ?? Number.POSITIVE_INFINITY);
  }

  private async takeSamples(
    state: State,
    side: number,
    isWanted: () => boolean,
  ): Promise<CpuSamples | null> {
    if (this.prepared?.field !== state.field) {
      this.prepared = { field: state.field, evaluator: createEvaluator(state.field) };
    }
    const grid = cpuGrid(this.canvas.width, this.canvas.height, side);
    let workMs = 0;
    const sampling = takeCpuSamples(state, this.prepared.evaluator, grid);
    const samples = await inSlices(sampling, isWanted, (ms) => {
      workMs += ms;
    });
    if (samples) this.pace.set(workOf(state), workMs / (grid.columns * grid.rows));
    return samples;
  }

  /** Colours samples and puts them on the canvas. @throws GpuError for values that a GPU could not hold */
  private show(
    samples: CpuSamples,
    state: State,
  ): Omit<FrameReport, 'stage' | 'settled' | 'milliseconds' | 'frameMilliseconds'> {
    const { quantity, field } = state;
    const statistics = cpuStatistics(samples, quantity);
    if (statistics && !(Math.max(-statistics.least, statistics.greatest) <= VALUE_MAX)) {
      throw new GpuError('gpu', 'Values in this view are too large to be drawn. Zoom in.');
    }
    const colors = chooseColors(state, AS_IS, statistics);
    const { columns, rows, side, left, bottom } = samples.grid;
    this.small.width = columns;
    this.small.height = rows;
    const pixels = new ImageData(paintCpuSamples(samples, state, colors), columns, rows);
    this.small.getContext('2d')!.putImageData(pixels, 0, 0);
    const { width, height } = this.canvas;
    const samplePx = Math.min(width, height) / (side - 1);
    // The square's first and last samples lie on its edges, in the middles of their cells.
    const x = (width - Math.min(width, height)) / 2 - (left + 0.5) * samplePx;
    const y = (height - Math.min(width, height)) / 2 - (bottom + 0.5) * samplePx;
    this.context.imageSmoothingEnabled = !isOfSamples(quantity);
    this.context.drawImage(this.small, x, y, columns * samplePx, rows * samplePx);
    const bounds = quantity === 'value' ? boundsOf(field) : UNBOUNDED;
    return {
      ...describeNumbers(quantity, bounds, AS_IS, statistics, colors),
      samples: columns * rows,
    };
  }

  private clearProblem(): void {
    if (!this.hasProblem) return;
    this.hasProblem = false;
    this.options.onProblem(null);
  }
}

function workOf({ field, quantity, hinges }: State): Work {
  const widths = field.kind === 'mlp' ? field.widths : [];
  return [field.kind, ...widths, quantity, hinges].join();
}
