import { GpuError, tooLarge } from '../gpu/errors.ts';
import { destroyedError } from '../gpu/sharedDevice.ts';
import type { Calibration } from '../kernels/calibration.ts';
import type { Field } from '../model/field.ts';
import { isOfSamples } from '../model/quantities.ts';
import { resolve } from '../model/resolve.ts';
import { ZERO } from '../numeric/doubleDouble.ts';
import type { RegionCount } from '../passes/countRegions.ts';
import type { TileCounts } from '../passes/tileCounts.ts';
import { chooseColors, countedOf } from '../picture/chooseColors.ts';
import { paintCpuSamples } from '../picture/cpuColors.ts';
import {
  type CpuGrid,
  type CpuSamples,
  cpuGrid,
  cpuStatistics,
  takeCpuSamples,
} from '../picture/cpuSamples.ts';
import { describeNumbers } from '../picture/describeNumbers.ts';
import type { FrameReport } from '../picture/frameReport.ts';
import { hasNumbers, isSamePicture } from '../picture/scene.ts';
import { boundsOf } from '../reference/bounds.ts';
import { createEvaluator, type Evaluator } from '../reference/evaluate.ts';
import { type GridRequest, type SampledGrid, sampledRows } from '../reference/grid.ts';
import type { State } from '../state/state.ts';
import { CONTOUR_WIDTH } from '../view/lineWidths.ts';
import { animationFrame } from './animationFrame.ts';
import type { CanvasRenderer, RendererOptions } from './canvasRenderer.ts';
import { CpuStages, LINES_SIDE_MIN } from './cpuStages.ts';
import { inStints } from './inStints.ts';
import { Problems } from './problems.ts';
import { Settling } from './settling.ts';

/** Samples along each side among which regions are counted. */
const COUNT_SIDE = 200;
/** Values are stored as they are. */
const AS_IS: Calibration = { offset: ZERO, scale: 1 };
/** float32's, so that the same pictures can be drawn as on a GPU. */
const VALUE_MAX = 3.4e38;

/** What a picture reports of its samples. */
type Numbers = Omit<FrameReport, 'stage' | 'settled' | 'milliseconds' | 'frameMilliseconds'>;

/**
 * Keeps a state on a canvas without a GPU: by the float64 reference, coarse at first, then finer, in stints
 * that leave the page responsive.
 */
export class CpuRenderer implements CanvasRenderer {
  readonly adapter = { name: 'CPU, float64', software: false };
  readonly compiledPipelines = 0;
  readonly hasTiles = false;
  private readonly settling = new Settling();
  private readonly context: CanvasRenderingContext2D;
  /** The picture before it is stretched over the canvas. */
  private readonly small = document.createElement('canvas');
  private smallGrid: CpuGrid | null = null;
  private wish: { readonly state: State; readonly moving: boolean } | null = null;
  /** Device pixels per CSS pixel; null before there is a size. */
  private pxPerUnit: number | null = null;
  private prepared: { readonly field: Field; readonly evaluator: Evaluator } | null = null;
  private readonly stages = new CpuStages();
  private readonly problems: Problems;
  private destroyed = false;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly options: RendererOptions,
  ) {
    this.context = canvas.getContext('2d')!;
    this.problems = new Problems(options);
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
    const before = this.wish;
    this.wish = { state, moving };
    // The picture on the screen, or the one being drawn, is that of the new state too.
    if (before?.moving === moving && isSamePicture(before.state, state)) return;
    this.settling.change();
  }

  /** Its coarse pictures come soon enough. */
  follow(): boolean {
    return false;
  }

  /** Without a size there is none. */
  async drawn(): Promise<void> {
    if (this.wish && this.pxPerUnit !== null) await this.settling.drawn();
  }

  /** This canvas can be read at any time. */
  showAgain(): void {}

  resize(widthPx: number, heightPx: number, pxPerUnit = 1): void {
    this.pxPerUnit = pxPerUnit;
    if (this.canvas.width !== widthPx || this.canvas.height !== heightPx) {
      // This clears the canvas.
      this.canvas.width = widthPx;
      this.canvas.height = heightPx;
      this.present();
    }
    this.settling.change();
  }

  /** Evaluates a grid in float64, as `reference` does. */
  async sample(request: GridRequest, signal?: AbortSignal): Promise<SampledGrid> {
    const grid = await inStints(sampledRows(request), () => {
      signal?.throwIfAborted();
      return !this.destroyed;
    });
    if (!grid) throw destroyedError();
    return grid;
  }

  async countRegions(state: State): Promise<RegionCount> {
    const regions: State = { ...state, quantity: 'region', hinges: false };
    const taken = await this.takeSamples(regions, COUNT_SIDE, () => !this.destroyed);
    if (!taken) throw destroyedError();
    return { regions: new Set(taken.samples.values).size, complete: true };
  }

  async tiles(): Promise<TileCounts> {
    throw new GpuError('no-webgpu', 'Without WebGPU, no kernels run and there are no tiles.');
  }

  destroy(): void {
    this.destroyed = true;
    this.settling.finish(destroyedError());
  }

  private async run(): Promise<void> {
    const { settling } = this;
    let drawn = -1;
    while (!this.destroyed) {
      if (drawn === settling.version || !this.wish || this.pxPerUnit === null) {
        await settling.nextChange();
        continue;
      }
      await animationFrame();
      drawn = settling.version;
      try {
        await this.drawWish(drawn, this.wish.state, this.wish.moving);
      } catch (cause) {
        const { kind, message } = settling.fail(drawn, cause);
        this.problems.tell({ kind, message, fatal: false });
      }
    }
  }

  /** One picture of something that moves, or all pictures of something at rest. */
  private async drawWish(version: number, state: State, moving: boolean): Promise<void> {
    // What moves is shown even if it has moved on: else nothing would be seen before it rests.
    const isWanted = () => !this.destroyed && (moving || version === this.settling.version);
    const { stages, canvas } = this;
    let frameMilliseconds: number | null = null;
    for (let side: number | null = stages.first(state, canvas); side !== null; ) {
      const shown = side < LINES_SIDE_MIN ? { ...state, hinges: false } : state;
      const taken = await this.takeSamples(shown, side, isWanted);
      if (!taken) return;
      const { samples, milliseconds } = taken;
      frameMilliseconds ??= milliseconds;
      stages.record(state, canvas, side, milliseconds);
      side = moving ? null : stages.next(state, canvas, side);
      const settled = !moving && side === null;
      const numbers = await this.show(samples, state, isWanted);
      if (!numbers) return;
      this.problems.clear();
      this.options.onReport(
        {
          ...numbers,
          stage: settled ? 'full' : 'moving',
          settled,
          milliseconds,
          frameMilliseconds,
        },
        state,
      );
      this.settling.drew(version);
      if (settled) {
        this.settling.shown();
        this.settling.settle(version);
      }
      if (!isWanted()) return;
    }
  }

  private async takeSamples(
    state: State,
    side: number,
    isWanted: () => boolean,
  ): Promise<{ readonly samples: CpuSamples; readonly milliseconds: number } | null> {
    if (this.prepared?.field !== state.field) {
      this.prepared = { field: state.field, evaluator: createEvaluator(state.field) };
    }
    const grid = cpuGrid(this.canvas.width, this.canvas.height, side);
    let milliseconds = 0;
    const sampling = takeCpuSamples(state, this.prepared.evaluator, grid);
    const samples = await inStints(sampling, isWanted, (ms) => {
      milliseconds += ms;
    });
    if (!samples) return null;
    return { samples, milliseconds };
  }

  /**
   * Colours samples and puts them on the canvas.
   * @returns null if they are no longer wanted
   * @throws GpuError for values that a GPU could not hold
   */
  private async show(
    samples: CpuSamples,
    state: State,
    isWanted: () => boolean,
  ): Promise<Numbers | null> {
    const { quantity, field } = state;
    const statistics = hasNumbers(state) ? cpuStatistics(samples, countedOf(state, AS_IS)) : null;
    if (statistics && !(Math.max(-statistics.least, statistics.greatest) <= VALUE_MAX)) {
      throw tooLarge();
    }
    const colors = chooseColors(state, AS_IS, statistics);
    const { columns, rows, side } = samples.grid;
    const lineWidth = (CONTOUR_WIDTH * this.pxPerUnit!) / this.samplePx(samples.grid);
    const lines = colors.lines && side >= LINES_SIDE_MIN;
    const painting = paintCpuSamples(samples, state, { ...colors, lines }, lineWidth);
    const pixels = await inStints(painting, isWanted);
    if (!pixels) return null;
    this.small.width = columns;
    this.small.height = rows;
    this.small.getContext('2d')!.putImageData(new ImageData(pixels, columns, rows), 0, 0);
    this.smallGrid = samples.grid;
    this.present(isOfSamples(quantity));
    const bounds = boundsOf(quantity, resolve(field).bounds);
    return {
      ...describeNumbers(quantity, bounds, AS_IS, statistics, colors),
      samples: columns * rows,
    };
  }

  /** Stretches the small picture over the canvas. */
  private present(inCells = false): void {
    if (!this.smallGrid) return;
    const { columns, rows, left, bottom } = this.smallGrid;
    const { width, height } = this.canvas;
    const samplePx = this.samplePx(this.smallGrid);
    const square = Math.min(width, height);
    // The square's first and last samples lie on its edges, in the middles of their cells.
    const x = (width - square) / 2 - (left + 0.5) * samplePx;
    const y = (height - square) / 2 - (bottom + 0.5) * samplePx;
    this.context.imageSmoothingEnabled = !inCells;
    this.context.drawImage(this.small, x, y, columns * samplePx, rows * samplePx);
  }

  /** The distance of samples on the canvas, in its pixels. */
  private samplePx({ side }: CpuGrid): number {
    return Math.min(this.canvas.width, this.canvas.height) / (side - 1);
  }
}
