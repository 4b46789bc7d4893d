import { Readback } from '../gpu/readback.ts';
import type { DeviceSpan } from '../gpu/sharedDevice.ts';
import type { Grid } from '../kernels/grid.ts';
import { isAngle } from '../model/quantities.ts';
import { type Cells, ColorPass, type ShareScale } from '../passes/color.ts';
import { type Counted, EqualizePass, STOPS_BYTES } from '../passes/equalize.ts';
import { type Portion, WHOLE } from '../passes/fieldEvaluator.ts';
import { IN_PLACE, type Placement, PresentPass } from '../passes/present.ts';
import { ReducePass, STATISTICS_BYTES } from '../passes/reduce.ts';
import type { PictureOutput } from '../passes/sceneEvaluator.ts';
import { pictureColors } from '../scales/pictureColors.ts';
import type { State } from '../state/state.ts';
import type { ColorChoice } from './chooseColors.ts';
import type { Statistics } from './describeNumbers.ts';
import { type Extra, showsExtra } from './extras.ts';
import { PictureBuffers } from './pictureBuffers.ts';
import { hasNumbers, type Scene } from './scene.ts';
import type { RowEvaluator } from './sweep.ts';

/** The colour around the picture while it follows a view for which it was not made. */
const BACKGROUND = [0.5, 0.5, 0.5] as const;

/** The passes of one canvas with their buffers: evaluate → reduce → colour → present, by rows. */
export class PicturePasses implements RowEvaluator {
  readonly buffers: PictureBuffers;
  /** Texels that the picture takes up in its texture: fewer while something moves. */
  pictureSize: readonly [number, number] = [1, 1];
  private readonly device: GPUDevice;
  private readonly context: GPUCanvasContext;
  private readonly reduce: ReducePass;
  private readonly equalize: EqualizePass;
  private readonly color: ColorPass;
  private readonly present: PresentPass;
  private readonly statisticsReadback: Readback;
  private readonly stopsReadback: Readback;
  private readonly rowsPerThread: number;
  /** Where the canvas shows the picture. */
  private placement: Placement = IN_PLACE;

  constructor(
    { device, pipelines, fence, format, profile }: DeviceSpan,
    canvas: HTMLCanvasElement,
  ) {
    this.device = device;
    this.context = canvas.getContext('webgpu')!;
    this.context.configure({ device, format, alphaMode: 'opaque' });
    this.rowsPerThread = profile.rowsPerThread;
    this.buffers = new PictureBuffers(device, format);
    this.reduce = new ReducePass(device, pipelines);
    this.equalize = new EqualizePass(device, pipelines, this.reduce.statistics);
    this.color = new ColorPass(device, pipelines, this.reduce.statistics, format);
    this.present = new PresentPass(device, pipelines, format);
    this.statisticsReadback = new Readback(device, fence, 'Statistics.readback', STATISTICS_BYTES);
    this.stopsReadback = new Readback(device, fence, 'Stops.readback', STOPS_BYTES);
  }

  /** Compiles what every picture needs. */
  async prepare(): Promise<void> {
    await Promise.all([this.reduce.prepare(), this.present.prepare()]);
  }

  /** Compiles what the colours of a state need. */
  async prepareColors(state: State): Promise<void> {
    const { contours, norm, classes } = pictureColors(state);
    const variant = {
      ...state,
      ...contours,
      byStops: norm.kind !== 'linear',
      ofClasses: classes !== null,
      ...shownExtras(state),
    };
    const isEqualized = norm.kind === 'equalized';
    await Promise.all([this.color.prepare(variant), isEqualized && this.equalize.prepare()]);
  }

  roomFor(grid: Grid): number {
    return this.buffers.rowsOf(grid);
  }

  /** Starts the statistics of a grid. */
  beginStatistics(grid: Grid): void {
    this.reduce.begin(grid.width, grid.height);
  }

  /** Evaluates rows of a scene's grid, which is set in its evaluator. */
  evaluate(
    { evaluator }: Scene,
    outputs: readonly PictureOutput[],
    firstRow: number,
    rows: number,
    targetRow: number,
    portion: Portion = WHOLE,
  ): void {
    const band = { firstRow, rows, targetRow, rowsPerThread: this.rowsPerThread };
    for (const output of outputs) {
      const { extras, samples } = this.buffers;
      const target = output in extras ? extras[output as Extra]! : samples!;
      this.submit('Evaluate', (encoder) =>
        evaluator.encode(encoder, output, band, target, portion),
      );
    }
  }

  /** Adds rows, which begin at a row of the buffer, to the statistics; the last ones complete them. */
  reduceRows(grid: Grid, row: number, rows: number, targetRow: number, state: State): void {
    const band = { width: grid.width, targetRow, rows };
    const last = row + rows === grid.height;
    const directions = isAngle(state.quantity);
    this.submit('Reduce', (encoder) => {
      this.reduce.encodeBand(encoder, this.buffers.samples!, band, directions, last);
      if (!last) return;
      this.statisticsReadback.encodeCopy(encoder, this.reduce.statistics, STATISTICS_BYTES);
    });
  }

  /** Finds the stops of a grid, all of whose samples the buffer holds, after its statistics. */
  equalizeSamples(grid: Grid, counted: Counted): void {
    this.submit('Equalize', (encoder) => {
      this.equalize.encode(encoder, this.buffers.samples!, grid, counted);
      this.stopsReadback.encodeCopy(encoder, this.equalize.stops, STOPS_BYTES);
    });
  }

  /** null for what is not a number. @param equalized whether there are stops */
  async readStatistics(state: State, equalized: boolean): Promise<Statistics | null> {
    if (!hasNumbers(state)) return null;
    const extremes = await this.statisticsReadback.read(STATISTICS_BYTES, (data) => {
      const [least, greatest, mean] = new Float32Array(data);
      return { least: least!, greatest: greatest!, mean: mean! };
    });
    const stops = equalized
      ? await this.stopsReadback.read(STOPS_BYTES, (data) => new Float32Array(data.slice(0)))
      : null;
    return { ...extremes, stops };
  }

  /**
   * Colours rows of the picture, which occupies `pictureSize` of its texture.
   * @param share what makes gaps of the stored numbers of 'share'; null if classes are not shaded
   * @param cells where samples are drawn as cells: then all rows of the grid are in the buffer
   */
  colorRows(
    { state }: Scene,
    grid: Grid,
    colors: ColorChoice,
    firstRow: number,
    rows: number,
    samplesPerPx: number,
    share: ShareScale | null,
    cells: Cells | null = null,
  ): void {
    const [widthPx, heightPx] = this.pictureSize;
    const { colormap, classes } = pictureColors(state);
    const coloring = {
      ...colors,
      quantity: state.quantity,
      colormap: classes ? ('classes' as const) : colormap,
      widthPx,
      heightPx,
      gridWidth: grid.width,
      gridHeight: grid.height,
      firstRow,
      rows,
      samplesPerPx,
      contourHalfWidth: grid.contourHalfWidth,
      ...shownExtras(state),
      share,
      cells,
    };
    const { samples, extras, target } = this.buffers;
    this.submit('Color', (encoder) =>
      this.color.encode(encoder, coloring, samples!, extras, target!),
    );
  }

  /** Puts the picture on the canvas. */
  show(placement: Placement): void {
    this.placement = placement;
    const canvas = this.context.getCurrentTexture().createView({ label: 'Canvas' });
    const { picture } = this.buffers;
    this.submit('Present', (encoder) =>
      this.present.encode(encoder, picture!, this.pictureSize, placement, BACKGROUND, canvas),
    );
  }

  showAgain(): void {
    this.show(this.placement);
  }

  /** Uniforms are written before each submission, so each gets its own. */
  private submit(label: string, encode: (encoder: GPUCommandEncoder) => void): void {
    const encoder = this.device.createCommandEncoder({ label });
    encode(encoder);
    this.device.queue.submit([encoder.finish()]);
  }

  destroy(): void {
    this.context.unconfigure();
    this.buffers.destroy();
    this.statisticsReadback.destroy();
    this.stopsReadback.destroy();
    this.reduce.destroy();
    this.equalize.destroy();
    this.color.destroy();
    this.present.destroy();
  }
}

function shownExtras(state: State) {
  return {
    hinges: showsExtra(state, 'hinge'),
    boundaries: showsExtra(state, 'boundary'),
    shaded: showsExtra(state, 'share'),
  };
}
