import type { GpuDevice } from '../gpu/device.ts';
import { groupsPerRow } from '../gpu/gridUniform.ts';
import { createSharedResources, type SharedResources } from '../gpu/sharedDevice.ts';
import { type Calibration, calibrationOf } from '../kernels/calibration.ts';
import type { Output } from '../kernels/composeEvaluate.ts';
import type { Grid } from '../kernels/grid.ts';
import type { SamplerContext } from '../passes/evaluateBands.ts';
import { IN_PLACE, placementOf } from '../passes/present.ts';
import type { State } from '../state/state.ts';
import { equalViews, type View } from '../view/view.ts';
import { type ColorChoice, hasLevels } from './chooseColors.ts';
import { describeNumbers, type Statistics } from './describeNumbers.ts';
import type { FrameReport } from './frameReport.ts';
import { PicturePasses } from './picturePasses.ts';
import {
  colorsOf,
  hasNumbers,
  mostPortions,
  mostRows,
  outputsOf,
  rowWork,
  type Scene,
  ScenePreparer,
  sceneGrid,
} from './scene.ts';

/** GPU work between two looks at whether the picture is still wanted. */
const SLICE_MS = 8;
/** In place of statistics where nothing that they decide is used. */
const ANY = { least: 0, greatest: 0, mean: 0 } as const;
/** Rows of a picture to be evaluated. */
interface Rows {
  readonly outputs: readonly Output[];
  /** What the pace knows them by. */
  readonly work: string;
  readonly row: number;
  readonly rows: number;
  /** Where in the buffers they begin. */
  readonly targetRow: number;
  readonly intoStatistics: boolean;
}

/** Draws pictures on one device: evaluate → reduce → colour → present, as passes/README.md lists them. */
export class PictureMaker {
  private readonly scenes: ScenePreparer;
  private readonly passes: PicturePasses;
  /** The view for which the picture was made; null before the first one, and for a log-radial one. */
  private pictureView: View | null = null;
  /** Of the picture; what refines it keeps its range. */
  private pictureStatistics: Statistics | null = null;

  /** @param portion what makers on one device have in common; of its own if there is none */
  static async create(
    gpu: GpuDevice,
    canvas: HTMLCanvasElement,
    format: GPUTextureFormat,
    portion: SharedResources = createSharedResources(gpu),
  ): Promise<PictureMaker> {
    const maker = new PictureMaker(gpu.device, canvas, format, portion);
    await maker.passes.prepare();
    return maker;
  }

  private constructor(
    private readonly device: GPUDevice,
    private readonly canvas: HTMLCanvasElement,
    format: GPUTextureFormat,
    private readonly portion: SharedResources,
  ) {
    this.scenes = new ScenePreparer(device, portion.pipelines);
    this.passes = new PicturePasses(device, canvas, format, portion);
  }

  get samplerContext(): SamplerContext {
    const { pipelines, pace, rowsPerThread } = this.portion;
    return { device: this.device, pipelines, pace, rowsPerThread };
  }

  /** Of the picture drawn last, as the kernel shows values; null for regions. */
  get statistics(): Statistics | null {
    return this.pictureStatistics;
  }

  /** Makes ready what a state needs; only a new shape of field compiles anything. */
  async prepare(state: State): Promise<Scene> {
    const [scene] = await Promise.all([
      this.scenes.prepare(state),
      this.passes.prepareColors(state),
    ]);
    return scene;
  }

  /** Samples per device pixel and axis, at most 1, that take about this long. */
  affordableResolution(scene: Scene, milliseconds: number): number {
    const work = `${scene.work} moving`;
    const affordable = this.portion.pace.samplesInFrame(milliseconds, work, scene.cost);
    const ratio = Math.sqrt(affordable / (this.canvas.width * this.canvas.height));
    return ratio > 0.9 ? 1 : Math.max(ratio, 0.02);
  }

  /** Sets the size of the canvas, and stretches the old picture over it until there is a new one. */
  resize(widthPx: number, heightPx: number): void {
    if (this.canvas.width === widthPx && this.canvas.height === heightPx) return;
    this.canvas.width = widthPx;
    this.canvas.height = heightPx;
    if (this.passes.buffers.picture) this.passes.show(IN_PLACE);
  }

  /**
   * Shows the old picture where a new view has it; only a plane one has a place in another.
   * @returns false if that changes nothing
   */
  follow({ view, projection }: State): boolean {
    const { pictureView } = this;
    if (!this.passes.buffers.picture || !pictureView || projection.kind !== 'plane') return false;
    if (equalViews(pictureView, view)) return false;
    this.passes.show(placementOf(pictureView, view, this.canvas.width, this.canvas.height));
    return true;
  }

  /**
   * Draws and shows the picture of a scene with at most one sample per device pixel in one go, for
   * something that moves.
   */
  drawAtOnce(scene: Scene, samplesPerPx: number): Promise<FrameReport> {
    return this.portion.turns.run(true, async () => {
      const start = performance.now();
      const { state } = scene;
      const { grid, calibration } = this.begin(scene, samplesPerPx);
      const most = mostRows(scene, grid);
      for (let row = 0; row < grid.height; row += most) {
        const rows = Math.min(most, grid.height - row);
        this.passes.evaluate(scene, outputsOf(state), row, rows, row);
        this.reduce(scene, grid, row, rows);
      }
      // Only the choice of levels must wait for statistics; a range is taken from where they are.
      const waits = hasLevels(state);
      if (waits) this.pictureStatistics = await this.passes.readStatistics(state);
      this.colorWhole(
        scene,
        grid,
        colorsOf(scene, calibration, waits ? this.pictureStatistics : ANY),
      );
      this.showNew(scene);
      // The numbers are there when the samples are; what comes after them, on the way to the screen,
      // goes on while the next picture begins.
      if (!waits) this.pictureStatistics = await this.passes.readStatistics(state);
      if (waits || !hasNumbers(state)) await this.device.queue.onSubmittedWorkDone();
      const milliseconds = performance.now() - start;
      this.portion.pace.record(`${scene.work} moving`, grid.width * grid.height, milliseconds);
      const colors = colorsOf(scene, calibration, this.pictureStatistics);
      return this.report(scene, grid, calibration, colors, 'moving', milliseconds);
    });
  }

  /**
   * Draws and shows the picture of a scene with one sample per device pixel, in slices.
   * @param isWanted asked between slices; false gives up
   * @returns null if the picture was given up
   */
  async draw(scene: Scene, isWanted: () => boolean): Promise<FrameReport | null> {
    const { grid, calibration } = this.begin(scene, 1);
    const most = mostRows(scene, grid);
    const time = { spentMs: 0 };
    for (let row = 0; row < grid.height; ) {
      const rows = Math.min(most, this.sliceRows(scene, grid, row, 1));
      const before = time.spentMs;
      const part = { outputs: outputsOf(scene.state), work: scene.work, row, rows, targetRow: row };
      const whole = { ...part, intoStatistics: true };
      if (!(await this.evaluateInPortions(scene, grid, whole, time, isWanted))) return null;
      const took = time.spentMs - before;
      this.portion.pace.recordRows(rowWork(scene, grid, scene.work), rows, took);
      row += rows;
    }
    const colors = await this.timed(time, async () => {
      const own = await this.passes.readStatistics(scene.state);
      this.pictureStatistics = scene.statistics === undefined ? own : scene.statistics;
      const chosen = colorsOf(scene, calibration, this.pictureStatistics);
      this.colorWhole(scene, grid, chosen);
      await this.device.queue.onSubmittedWorkDone();
      return chosen;
    });
    // Last, so that whoever waits for the picture can still read the canvas in the same task.
    this.showNew(scene);
    return this.report(scene, grid, calibration, colors, 'full', time.spentMs);
  }

  /**
   * Draws the scene again with several samples per device pixel and axis, band by band, in the
   * colours and with the hinges of the picture before. @returns null if it was given up
   */
  async refine(
    scene: Scene,
    samplesPerPx: number,
    before: FrameReport,
    isWanted: () => boolean,
  ): Promise<FrameReport | null> {
    const { state, evaluator } = scene;
    const grid = this.gridOf(scene, samplesPerPx);
    const calibration = calibrationOf(evaluator.setGrid(grid), state.quantity, grid);
    const colors = colorsOf(scene, calibration, this.pictureStatistics);
    const { samples: buffer } = this.passes.buffers;
    const capacity = Math.floor(buffer!.size / (groupsPerRow(grid.width) * 16));
    const most = Math.max(1, Math.floor(capacity / samplesPerPx)) * samplesPerPx;
    const work = `${scene.work} fine`;
    const time = { spentMs: 0 };
    for (let row = 0; row < grid.height; ) {
      const rows = Math.min(most, this.sliceRows(scene, grid, row, samplesPerPx));
      const start = time.spentMs;
      for (let done = 0; done < rows; ) {
        const count = Math.min(rows - done, evaluator.maxRows(grid, state.quantity));
        const outputs = [state.quantity];
        const part = { outputs, work, row: row + done, rows: count, targetRow: done };
        const finer = { ...part, intoStatistics: false };
        if (!(await this.evaluateInPortions(scene, grid, finer, time, isWanted))) return null;
        done += count;
      }
      const first = row;
      await this.timed(time, async () => {
        this.passes.colorRows(scene, grid, colors, first, rows, samplesPerPx);
        await this.device.queue.onSubmittedWorkDone();
      });
      this.portion.pace.recordRows(rowWork(scene, grid, work), rows, time.spentMs - start);
      row += rows;
      if (!isWanted()) return null;
    }
    this.passes.show(IN_PLACE);
    const samples = grid.width * grid.height;
    return { ...before, stage: 'supersampled', samples, milliseconds: time.spentMs };
  }

  /** Makes buffers and evaluator ready for a new picture. */
  private begin(scene: Scene, samplesPerPx: number): { grid: Grid; calibration: Calibration } {
    const { state, evaluator } = scene;
    const { width, height } = this.canvas;
    const grid = this.gridOf(scene, samplesPerPx);
    if (this.passes.buffers.reserve(grid, width, height, state.hinges)) this.pictureView = null;
    if (hasNumbers(state)) this.passes.beginStatistics(grid);
    return { grid, calibration: calibrationOf(evaluator.setGrid(grid), state.quantity, grid) };
  }

  /** Evaluates rows in turns of about a slice each. @returns false if it was given up */
  private async evaluateInPortions(
    scene: Scene,
    grid: Grid,
    { outputs, work, row, rows, targetRow, intoStatistics }: Rows,
    time: { spentMs: number },
    isWanted: () => boolean,
  ): Promise<boolean> {
    const inSlice = this.portion.pace.samplesIn(SLICE_MS, work, scene.cost);
    const slices = Math.ceil((grid.width * rows) / inSlice);
    const of = Math.max(1, Math.min(slices, mostPortions(scene, grid, outputs, rows)));
    for (let index = 0; index < of; index += 1) {
      await this.timed(time, async () => {
        this.passes.evaluate(scene, outputs, row, rows, targetRow, { index, of });
        if (index === of - 1 && intoStatistics) this.reduce(scene, grid, row, rows);
        await this.device.queue.onSubmittedWorkDone();
      });
      if (!isWanted()) return false;
    }
    return true;
  }

  /** Does a piece of work when its turn comes, and takes its time. */
  private timed<T>(time: { spentMs: number }, work: () => Promise<T>): Promise<T> {
    return this.portion.turns.run(false, async () => {
      const start = performance.now();
      const result = await work();
      time.spentMs += performance.now() - start;
      return result;
    });
  }

  private reduce({ state }: Scene, grid: Grid, row: number, rows: number): void {
    if (!hasNumbers(state)) return;
    this.passes.reduceRows(grid, row, rows, state, row + rows === grid.height);
  }

  private colorWhole(scene: Scene, grid: Grid, colors: ColorChoice): void {
    this.passes.pictureSize = [grid.width, grid.height];
    this.passes.colorRows(scene, grid, colors, 0, grid.height, 1);
  }

  private showNew({ state }: Scene): void {
    this.pictureView = state.projection.kind === 'plane' ? state.view : null;
    this.passes.show(IN_PLACE);
  }

  private report(
    { state, bounds }: Scene,
    grid: Grid,
    calibration: Calibration,
    colors: ColorChoice,
    stage: FrameReport['stage'],
    milliseconds: number,
  ): FrameReport {
    const { quantity } = state;
    const numbers = describeNumbers(quantity, bounds, calibration, this.pictureStatistics, colors);
    return { stage, settled: false, ...numbers, samples: grid.width * grid.height, milliseconds };
  }

  private gridOf(scene: Scene, samplesPerPx: number): Grid {
    return sceneGrid(scene, this.canvas.width, this.canvas.height, samplesPerPx);
  }

  /** Rows that fit into a slice of time; a multiple of `unit`. */
  private sliceRows(scene: Scene, grid: Grid, row: number, unit: number): number {
    const work = unit === 1 ? scene.work : `${scene.work} fine`;
    const asked = { ...rowWork(scene, grid, work), cost: scene.cost };
    // Whole tiles where portions of them can be taken: parts of a tile's rows cost as much as all.
    const divisible = mostPortions(scene, grid, outputsOf(scene.state), 1) > 1;
    const least = divisible ? asked.tileRows : 1;
    const rows = Math.max(least, this.portion.pace.rowsIn(SLICE_MS, asked));
    const whole = Math.max(1, Math.floor(rows / unit)) * unit;
    return Math.min(grid.height - row, whole);
  }

  destroy(): void {
    this.scenes.destroy();
    this.passes.destroy();
  }
}
