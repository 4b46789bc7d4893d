import type { FrameReport } from '../frameReport.ts';
import type { GpuDevice } from '../gpu/device.ts';
import { groupsPerRow } from '../gpu/gridUniform.ts';
import type { Pace, RowWork } from '../gpu/pace.ts';
import type { PipelineCache } from '../gpu/pipelines.ts';
import { Readback } from '../gpu/readback.ts';
import { createShare, type DeviceShare } from '../gpu/sharedDevice.ts';
import type { Turns } from '../gpu/turns.ts';
import type { Output } from '../kernels/composeEvaluate.ts';
import { cropGrid, type Grid, pictureGrid } from '../kernels/grid.ts';
import { type PreparedField, prepareField } from '../kernels/prepareField.ts';
import { type Reading, readingOf } from '../kernels/reading.ts';
import type { Field } from '../model/field.ts';
import { createEvaluator as createReference } from '../reference/evaluate.ts';
import { type Bounds, UNBOUNDED } from '../reference/evaluator.ts';
import type { State } from '../state/state.ts';
import type { View } from '../view/view.ts';
import { type ColourChoice, chooseColours, hasLevels } from './chooseColours.ts';
import { ColourPass } from './colour.ts';
import { describeNumbers, type Statistics } from './describeNumbers.ts';
import type { SamplerContext } from './evaluateTiles.ts';
import { createEvaluator, type FieldEvaluator } from './fieldEvaluator.ts';
import { PictureBuffers } from './pictureBuffers.ts';
import { IN_PLACE, type Placement, PresentPass, placementOf } from './present.ts';
import { ReducePass, STATISTICS_BYTES } from './reduce.ts';

/** GPU work between two looks at whether the picture is still wanted. */
const SLICE_MS = 8;
/** In place of statistics where nothing that they decide is used. */
const ANY = { least: 0, greatest: 0, mean: 0 } as const;
/** Around the picture while it follows a view that it was not made for. */
const BACKGROUND = [0.5, 0.5, 0.5] as const;

/** What is shown of the state, made ready: everything that one grid's passes need. */
export interface Scene {
  readonly state: State;
  readonly evaluator: FieldEvaluator;
  readonly bounds: Bounds;
  readonly work: string;
  /** Multiplications for a sample. */
  readonly cost: number;
  /** The canvas shows this part of a larger picture. */
  readonly part?: PicturePart;
  /** Of the larger picture, in place of the part's own. */
  readonly statistics?: Statistics | null;
}

/** Where the canvas lies in a larger picture, in device pixels, counted from its lower left corner. */
export interface PicturePart {
  readonly left: number;
  readonly bottom: number;
  readonly wholeWidthPx: number;
  readonly wholeHeightPx: number;
}

/** Draws pictures on one device: evaluate → reduce → colour → present, as passes/README.md lists them. */
export class PictureMaker {
  readonly pipelines: PipelineCache;
  readonly pace: Pace;
  readonly rowsPerThread: number;
  private readonly turns: Turns;
  private readonly device: GPUDevice;
  private readonly context: GPUCanvasContext;
  private readonly reduce: ReducePass;
  private readonly colour: ColourPass;
  private readonly present: PresentPass;
  private readonly statisticsReadback: Readback;
  private evaluator: FieldEvaluator | null = null;
  /** The field whose parameters the evaluator has. */
  private loaded: PreparedField | null = null;
  private field: { source: Field; prepared: PreparedField; bounds: Bounds } | null = null;
  private readonly buffers: PictureBuffers;
  /** The view for which the picture was made; null before the first one, and for a log-radial one. */
  private pictureView: View | null = null;
  /** Texels that it takes up in its texture: fewer while something moves. */
  private pictureSize: [number, number] = [1, 1];
  /** Of the picture; what refines it keeps its range. */
  private pictureStatistics: Statistics | null = null;

  /** @param share what makers on one device have in common; of its own if there is none */
  static async create(
    gpu: GpuDevice,
    canvas: HTMLCanvasElement,
    format: GPUTextureFormat,
    share: DeviceShare = createShare(gpu),
  ): Promise<PictureMaker> {
    const maker = new PictureMaker(gpu.device, canvas, format, share);
    await Promise.all([maker.reduce.prepare(), maker.present.prepare()]);
    return maker;
  }

  private constructor(
    device: GPUDevice,
    private readonly canvas: HTMLCanvasElement,
    format: GPUTextureFormat,
    share: DeviceShare,
  ) {
    this.device = device;
    this.context = canvas.getContext('webgpu')!;
    this.context.configure({ device, format, alphaMode: 'opaque' });
    this.pipelines = share.pipelines;
    this.pace = share.pace;
    this.turns = share.turns;
    this.rowsPerThread = share.rowsPerThread;
    this.buffers = new PictureBuffers(device, format);
    this.reduce = new ReducePass(device, this.pipelines);
    this.colour = new ColourPass(device, this.pipelines, this.reduce.statistics, format);
    this.present = new PresentPass(device, this.pipelines, format);
    this.statisticsReadback = new Readback(device, 'Statistics.readback', STATISTICS_BYTES);
  }

  get samplerContext(): SamplerContext {
    const { device, pipelines, pace, rowsPerThread } = this;
    return { device, pipelines, pace, rowsPerThread };
  }

  /** Of the picture drawn last, as the kernel shows values; null for regions. */
  get statistics(): Statistics | null {
    return this.pictureStatistics;
  }

  /** Makes ready what a state needs; only a new shape of field compiles anything. */
  async prepare(state: State): Promise<Scene> {
    if (this.field?.source !== state.field) {
      const bounds = createReference(state.field).bounds;
      this.field = { source: state.field, prepared: prepareField(state.field), bounds };
    }
    const { prepared, bounds } = this.field;
    const isNew = this.evaluator?.key !== prepared.key;
    const evaluator = isNew
      ? createEvaluator(this.device, this.pipelines, prepared)
      : this.evaluator!;
    await Promise.all([
      ...outputsOf(state).map((output) => evaluator.prepare(output, state.projection.kind)),
      this.colour.prepare({ ...state, ...state.contours }),
    ]);
    if (isNew) {
      this.evaluator?.destroy();
      this.evaluator = evaluator;
    } else if (this.loaded !== prepared) {
      evaluator.setField(prepared);
    }
    this.loaded = prepared;
    return {
      state,
      evaluator,
      bounds: state.quantity === 'value' ? bounds : UNBOUNDED,
      cost: prepared.cost,
      work: [evaluator.key, ...outputsOf(state), state.projection.kind].join(' '),
    };
  }

  /** Samples per device pixel and axis, at most 1, that take about this long. */
  affordableResolution(scene: Scene, milliseconds: number): number {
    const work = `${scene.work} moving`;
    const affordable = this.pace.samplesInFrame(milliseconds, work, scene.cost);
    const ratio = Math.sqrt(affordable / (this.canvas.width * this.canvas.height));
    return ratio > 0.9 ? 1 : Math.max(ratio, 0.02);
  }

  /** Sets the size of the canvas, and stretches the old picture over it until there is a new one. */
  resize(widthPx: number, heightPx: number): void {
    if (this.canvas.width === widthPx && this.canvas.height === heightPx) return;
    this.canvas.width = widthPx;
    this.canvas.height = heightPx;
    if (this.buffers.picture) this.show(IN_PLACE);
  }

  /** Shows the old picture where the new view has it; only a plane one has a place in another. */
  follow({ view, projection }: State): void {
    if (!this.buffers.picture || !this.pictureView || projection.kind !== 'plane') return;
    this.show(placementOf(this.pictureView, view, this.canvas.width, this.canvas.height));
  }

  /**
   * Draws and shows the picture of a scene with at most one sample per device pixel in one go, for
   * something that moves.
   */
  drawAtOnce(scene: Scene, samplesPerPx: number): Promise<FrameReport> {
    return this.turns.run(true, async () => {
      const start = performance.now();
      const { state } = scene;
      const { grid, reading } = this.begin(scene, samplesPerPx);
      const most = this.mostRows(scene, grid);
      for (let row = 0; row < grid.height; row += most) {
        this.evaluate(scene, grid, row, Math.min(most, grid.height - row));
      }
      // Only the choice of levels must wait for statistics; a range is taken from where they are.
      const waits = hasLevels(state);
      if (waits) this.pictureStatistics = await this.readStatistics(state);
      this.colourWhole(
        scene,
        grid,
        coloursOf(scene, reading, waits ? this.pictureStatistics : ANY),
      );
      this.showNew(scene);
      const done = this.device.queue.onSubmittedWorkDone();
      if (!waits) this.pictureStatistics = await this.readStatistics(state);
      await done;
      const milliseconds = performance.now() - start;
      this.pace.record(`${scene.work} moving`, grid.width * grid.height, milliseconds);
      const colours = coloursOf(scene, reading, this.pictureStatistics);
      return this.report(scene, grid, reading, colours, 'moving', milliseconds);
    });
  }

  /**
   * Draws and shows the picture of a scene with one sample per device pixel, in slices.
   * @param isWanted asked between slices; false gives up
   * @returns null if the picture was given up
   */
  async draw(scene: Scene, isWanted: () => boolean): Promise<FrameReport | null> {
    const { grid, reading } = this.begin(scene, 1);
    const most = this.mostRows(scene, grid);
    let milliseconds = 0;
    const timed = <T>(work: () => Promise<T>) =>
      this.turns.run(false, async () => {
        const start = performance.now();
        const result = await work();
        milliseconds += performance.now() - start;
        return result;
      });
    for (let row = 0; row < grid.height; ) {
      const rows = Math.min(most, this.sliceRows(scene, grid, row, 1));
      await timed(async () => {
        const start = performance.now();
        this.evaluate(scene, grid, row, rows);
        await this.device.queue.onSubmittedWorkDone();
        const work = this.rowWork(scene, grid, scene.work);
        this.pace.recordRows(work, rows, performance.now() - start);
      });
      row += rows;
      if (!isWanted()) return null;
    }
    const colours = await timed(async () => {
      const own = await this.readStatistics(scene.state);
      this.pictureStatistics = scene.statistics === undefined ? own : scene.statistics;
      const chosen = coloursOf(scene, reading, this.pictureStatistics);
      this.colourWhole(scene, grid, chosen);
      await this.device.queue.onSubmittedWorkDone();
      return chosen;
    });
    // Last, so that whoever waits for the picture can still read the canvas in the same task.
    this.showNew(scene);
    return this.report(scene, grid, reading, colours, 'full', milliseconds);
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
    let milliseconds = 0;
    const reading = readingOf(evaluator.setGrid(grid), state.quantity, grid);
    const colours = coloursOf(scene, reading, this.pictureStatistics);
    const capacity = Math.floor(this.buffers.samples!.size / (groupsPerRow(grid.width) * 16));
    const most = Math.max(1, Math.floor(capacity / samplesPerPx)) * samplesPerPx;
    const drawBand = async (row: number, rows: number) => {
      const start = performance.now();
      for (let part = 0; part < rows; ) {
        const done = Math.min(rows - part, evaluator.maxRows(grid, state.quantity));
        this.evaluateBand(scene, [state.quantity], row + part, done, part);
        part += done;
      }
      this.colourBand(scene, grid, colours, row, rows, samplesPerPx);
      await this.device.queue.onSubmittedWorkDone();
      const took = performance.now() - start;
      this.pace.recordRows(this.rowWork(scene, grid, `${scene.work} fine`), rows, took);
      milliseconds += took;
    };
    for (let row = 0; row < grid.height; ) {
      const rows = Math.min(most, this.sliceRows(scene, grid, row, samplesPerPx));
      const first = row;
      await this.turns.run(false, () => drawBand(first, rows));
      row += rows;
      if (!isWanted()) return null;
    }
    this.show(IN_PLACE);
    const samples = grid.width * grid.height;
    return { ...before, stage: 'supersampled', samples, milliseconds };
  }

  /** Makes buffers and evaluator ready for a new picture. */
  private begin(scene: Scene, samplesPerPx: number): { grid: Grid; reading: Reading } {
    const { state, evaluator } = scene;
    const { width, height } = this.canvas;
    const grid = this.gridOf(scene, samplesPerPx);
    if (this.buffers.reserve(grid, width, height, state.hinges)) this.pictureView = null;
    if (hasNumbers(state)) this.reduce.begin(grid.width, grid.height);
    return { grid, reading: readingOf(evaluator.setGrid(grid), state.quantity, grid) };
  }

  private evaluate(scene: Scene, grid: Grid, row: number, rows: number): void {
    const { state } = scene;
    this.evaluateBand(scene, outputsOf(state), row, rows, row);
    if (hasNumbers(state)) this.reduceBand(grid, row, rows, state, row + rows === grid.height);
  }

  private colourWhole(scene: Scene, grid: Grid, colours: ColourChoice): void {
    this.pictureSize = [grid.width, grid.height];
    this.colourBand(scene, grid, colours, 0, grid.height, 1);
  }

  private showNew({ state }: Scene): void {
    this.pictureView = state.projection.kind === 'plane' ? state.view : null;
    this.show(IN_PLACE);
  }

  private report(
    { state, bounds }: Scene,
    grid: Grid,
    reading: Reading,
    colours: ColourChoice,
    stage: FrameReport['stage'],
    milliseconds: number,
  ): FrameReport {
    const { quantity } = state;
    const numbers = describeNumbers(quantity, bounds, reading, this.pictureStatistics, colours);
    return { stage, settled: false, ...numbers, samples: grid.width * grid.height, milliseconds };
  }

  private gridOf({ state, part }: Scene, samplesPerPx: number): Grid {
    const { width, height } = this.canvas;
    if (!part) return pictureGrid(state.view, width, height, samplesPerPx, state.projection);
    const { left, bottom, wholeWidthPx, wholeHeightPx } = part;
    const whole = pictureGrid(
      state.view,
      wholeWidthPx,
      wholeHeightPx,
      samplesPerPx,
      state.projection,
    );
    const samples = (px: number) => px * samplesPerPx;
    return cropGrid(whole, samples(left), samples(bottom), samples(width), samples(height));
  }

  private mostRows({ state, evaluator }: Scene, grid: Grid): number {
    return Math.min(...outputsOf(state).map((output) => evaluator.maxRows(grid, output)));
  }

  private rowWork({ state, evaluator }: Scene, grid: Grid, work: string): RowWork {
    const together = outputsOf(state).map((output) => evaluator.rowsTogether(grid, output));
    return { work, width: grid.width, tileRows: Math.max(...together) };
  }

  /** Rows that fit into a slice of time; a multiple of `unit`. */
  private sliceRows(scene: Scene, grid: Grid, row: number, unit: number): number {
    const work = unit === 1 ? scene.work : `${scene.work} fine`;
    const rowWork = this.rowWork(scene, grid, work);
    const rows = this.pace.rowsIn(SLICE_MS, { ...rowWork, cost: scene.cost });
    const whole = Math.max(1, Math.floor(rows / unit)) * unit;
    return Math.min(grid.height - row, whole);
  }

  private evaluateBand(
    { evaluator }: Scene,
    outputs: readonly Output[],
    firstRow: number,
    rows: number,
    targetRow: number,
  ): void {
    const band = { firstRow, rows, targetRow, rowsPerThread: this.rowsPerThread };
    for (const output of outputs) {
      const target = output === 'hinge' ? this.buffers.hinges! : this.buffers.samples!;
      this.submit('Evaluate', (encoder) => evaluator.encode(encoder, output, band, target));
    }
  }

  private reduceBand(grid: Grid, row: number, rows: number, state: State, last: boolean): void {
    const band = { width: grid.width, targetRow: row, rows };
    const directions = state.quantity === 'gradientDirection';
    this.submit('Reduce', (encoder) => {
      this.reduce.encodeBand(encoder, this.buffers.samples!, band, directions, last);
      if (!last) return;
      this.statisticsReadback.encodeCopy(encoder, this.reduce.statistics, STATISTICS_BYTES);
    });
  }

  /** null for regions, which are no numbers. */
  private async readStatistics(state: State): Promise<Statistics | null> {
    if (!hasNumbers(state)) return null;
    return this.statisticsReadback.read(STATISTICS_BYTES, (data) => {
      const [least, greatest, mean] = new Float32Array(data);
      return { least, greatest, mean };
    });
  }

  private colourBand(
    { state }: Scene,
    grid: Grid,
    colours: ColourChoice,
    firstRow: number,
    rows: number,
    samplesPerPx: number,
  ): void {
    const [widthPx, heightPx] = this.pictureSize;
    const colouring = {
      ...colours,
      quantity: state.quantity,
      colormap: state.colormap,
      widthPx,
      heightPx,
      gridWidth: grid.width,
      gridHeight: grid.height,
      firstRow,
      rows,
      samplesPerPx,
      hinges: state.hinges,
    };
    const { samples, hinges, target } = this.buffers;
    this.submit('Colour', (encoder) =>
      this.colour.encode(encoder, colouring, samples!, state.hinges ? hinges : null, target!),
    );
  }

  private show(placement: Placement): void {
    const canvas = this.context.getCurrentTexture().createView({ label: 'Canvas' });
    const { picture } = this.buffers;
    this.submit('Present', (encoder) =>
      this.present.encode(encoder, picture!, this.pictureSize, placement, BACKGROUND, canvas),
    );
  }

  /** Uniforms are written before each submission, so each gets its own. */
  private submit(label: string, encode: (encoder: GPUCommandEncoder) => void): void {
    const encoder = this.device.createCommandEncoder({ label });
    encode(encoder);
    this.device.queue.submit([encoder.finish()]);
  }

  destroy(): void {
    this.evaluator?.destroy();
    this.buffers.destroy();
    this.statisticsReadback.destroy();
    this.reduce.destroy();
    this.colour.destroy();
    this.present.destroy();
  }
}

/** A range that is not the picture's own cannot stay on the GPU. */
function coloursOf(
  { state, statistics: given }: Scene,
  reading: Reading,
  statistics: Statistics | null,
): ColourChoice {
  const colours = chooseColours(state, reading, statistics);
  return given ? { ...colours, range: colours.ends } : colours;
}

function hasNumbers({ quantity }: State): boolean {
  return quantity !== 'region';
}

function outputsOf(state: State): Output[] {
  return state.hinges ? [state.quantity, 'hinge'] : [state.quantity];
}
