import type { FrameReport } from '../frameReport.ts';
import type { GpuDevice } from '../gpu/device.ts';
import { groupsPerRow } from '../gpu/gridUniform.ts';
import { Pace, wholeTiles } from '../gpu/pace.ts';
import { PipelineCache } from '../gpu/pipelines.ts';
import { Readback } from '../gpu/readback.ts';
import type { Output } from '../kernels/composeEvaluate.ts';
import { type Grid, pictureGrid } from '../kernels/grid.ts';
import { type PreparedField, prepareField } from '../kernels/prepareField.ts';
import { readingOf } from '../kernels/reading.ts';
import type { Field } from '../model/field.ts';
import { createEvaluator as createReference } from '../reference/evaluate.ts';
import { type Bounds, UNBOUNDED } from '../reference/evaluator.ts';
import type { State } from '../state/state.ts';
import type { View } from '../view/view.ts';
import { type ColourChoice, chooseColours } from './chooseColours.ts';
import { ColourPass } from './colour.ts';
import { describeNumbers, type Statistics } from './describeNumbers.ts';
import type { SamplerContext } from './evaluateTiles.ts';
import { createEvaluator, type FieldEvaluator } from './fieldEvaluator.ts';
import { PictureBuffers } from './pictureBuffers.ts';
import { IN_PLACE, type Placement, PresentPass, placementOf } from './present.ts';
import { ReducePass, STATISTICS_BYTES } from './reduce.ts';

/** GPU work between two looks at whether the picture is still wanted. */
const SLICE_MS = 8;
/** Around the picture while it follows a view that it was not made for. */
const BACKGROUND = [0.5, 0.5, 0.5] as const;

/** What is shown of the state, made ready: everything that one grid's passes need. */
interface Scene {
  readonly state: State;
  readonly evaluator: FieldEvaluator;
  readonly bounds: Bounds;
  readonly work: string;
  /** Multiplications for a sample. */
  readonly cost: number;
}

/** Draws pictures on one device: evaluate → reduce → colour → present, as passes/README.md lists them. */
export class PictureMaker {
  readonly pipelines: PipelineCache;
  readonly pace: Pace;
  readonly rowsPerThread: number;
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
  /** The view and size for which the picture was made; null before the first one. */
  private pictureView: View | null = null;
  /** Texels that it takes up in its texture: fewer while something moves. */
  private pictureSize: [number, number] = [1, 1];
  /** Of the picture; what refines it keeps its range. */
  private statistics: Statistics | null = null;

  static async create(
    { device, adapter }: GpuDevice,
    canvas: HTMLCanvasElement,
    format: GPUTextureFormat,
  ): Promise<PictureMaker> {
    const maker = new PictureMaker(device, adapter.software, canvas, format);
    await Promise.all([maker.reduce.prepare(), maker.present.prepare()]);
    return maker;
  }

  private constructor(
    device: GPUDevice,
    software: boolean,
    private readonly canvas: HTMLCanvasElement,
    format: GPUTextureFormat,
  ) {
    this.device = device;
    this.context = canvas.getContext('webgpu')!;
    this.context.configure({ device, format, alphaMode: 'opaque' });
    this.pipelines = new PipelineCache(device);
    // For a first slice; soon replaced by what is measured.
    this.pace = new Pace(software ? 400_000 : 20_000_000);
    // Long columns save reading parameters; a GPU with thousands of threads wants more of them.
    this.rowsPerThread = software ? 32 : 8;
    this.buffers = new PictureBuffers(device, format);
    this.reduce = new ReducePass(device, this.pipelines);
    this.colour = new ColourPass(device, this.reduce.statistics, format);
    this.present = new PresentPass(device, format);
    this.statisticsReadback = new Readback(device, 'Statistics.readback', STATISTICS_BYTES);
  }

  get samplerContext(): SamplerContext {
    const { device, pipelines, pace, rowsPerThread } = this;
    return { device, pipelines, pace, rowsPerThread };
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
      ...outputsOf(state).map((output) => evaluator.prepare(output)),
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
      work: `${evaluator.key} ${outputsOf(state).join(' ')}`,
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

  /** Shows the old picture where the new view has it. */
  follow(view: View): void {
    if (!this.buffers.picture || !this.pictureView) return;
    this.show(placementOf(this.pictureView, view, this.canvas.width, this.canvas.height));
  }

  /**
   * Draws and shows the picture of a scene with at most one sample per device pixel.
   * @param isWanted asked between slices; false gives up
   * @returns null if the picture was given up
   */
  async draw(
    scene: Scene,
    samplesPerPx: number,
    stage: FrameReport['stage'],
    isWanted: () => boolean,
  ): Promise<FrameReport | null> {
    const { state, evaluator } = scene;
    const { width: widthPx, height: heightPx } = this.canvas;
    const grid = pictureGrid(state.view, widthPx, heightPx, samplesPerPx);
    if (this.buffers.reserve(grid, widthPx, heightPx, state.hinges)) this.pictureView = null;
    const reading = readingOf(evaluator.setGrid(grid), state.quantity, grid);
    const start = performance.now();
    const numbers = state.quantity !== 'region';
    if (numbers) this.reduce.begin(grid.width, grid.height);
    const whole = stage === 'moving';
    const most = this.mostRows(scene, grid);
    let sliceStart = start;
    for (let row = 0; row < grid.height; ) {
      const rows = Math.min(most, whole ? grid.height - row : this.sliceRows(scene, grid, row, 1));
      const isLast = row + rows === grid.height;
      this.evaluateBand(scene, outputsOf(state), row, rows, row);
      if (numbers) this.reduceBand(grid, row, rows, state, isLast);
      row += rows;
      if (whole) continue;
      await this.device.queue.onSubmittedWorkDone();
      const now = performance.now();
      this.pace.record(scene.work, grid.width * rows, now - sliceStart);
      sliceStart = now;
      if (!isWanted()) return null;
    }
    this.statistics = numbers ? await this.readStatistics() : null;
    const { statistics } = this;
    const colours = chooseColours(state, reading, statistics);
    this.pictureSize = [grid.width, grid.height];
    this.colourBand(scene, grid, colours, 0, grid.height, 1);
    await this.device.queue.onSubmittedWorkDone();
    this.pictureView = state.view;
    // Last, so that whoever waits for the picture can still read the canvas in the same task.
    this.show(IN_PLACE);
    const samples = grid.width * grid.height;
    const milliseconds = performance.now() - start;
    if (whole) this.pace.record(`${scene.work} moving`, samples, milliseconds);
    const numbersShown = describeNumbers(
      state.quantity,
      scene.bounds,
      reading,
      statistics,
      colours,
    );
    return { stage, settled: false, ...numbersShown, samples, milliseconds };
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
    const { width: widthPx, height: heightPx } = this.canvas;
    const grid = pictureGrid(state.view, widthPx, heightPx, samplesPerPx);
    const start = performance.now();
    const reading = readingOf(evaluator.setGrid(grid), state.quantity, grid);
    const colours = chooseColours(state, reading, this.statistics);
    const capacity = Math.floor(this.buffers.samples!.size / (groupsPerRow(grid.width) * 16));
    const most = Math.max(1, Math.floor(capacity / samplesPerPx)) * samplesPerPx;
    for (let row = 0; row < grid.height; ) {
      const rows = Math.min(most, this.sliceRows(scene, grid, row, samplesPerPx));
      const sliceStart = performance.now();
      for (let part = 0; part < rows; ) {
        const done = Math.min(rows - part, evaluator.maxRows(grid, state.quantity));
        this.evaluateBand(scene, [state.quantity], row + part, done, part);
        part += done;
      }
      this.colourBand(scene, grid, colours, row, rows, samplesPerPx);
      await this.device.queue.onSubmittedWorkDone();
      this.pace.record(`${scene.work} fine`, grid.width * rows, performance.now() - sliceStart);
      row += rows;
      if (!isWanted()) return null;
    }
    this.show(IN_PLACE);
    return {
      ...before,
      stage: 'supersampled',
      samples: grid.width * grid.height,
      milliseconds: performance.now() - start,
    };
  }

  private mostRows({ state, evaluator }: Scene, grid: Grid): number {
    return Math.min(...outputsOf(state).map((output) => evaluator.maxRows(grid, output)));
  }

  /** Rows that fit into a slice of time; a multiple of `unit`. */
  private sliceRows(scene: Scene, grid: Grid, row: number, unit: number): number {
    const work = unit === 1 ? scene.work : `${scene.work} fine`;
    const rows = wholeTiles(this.pace.samplesIn(SLICE_MS, work, scene.cost) / grid.width);
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

  private readStatistics(): Promise<Statistics> {
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

function outputsOf(state: State): Output[] {
  return state.hinges ? [state.quantity, 'hinge'] : [state.quantity];
}
