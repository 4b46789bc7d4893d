import type { DeviceSpan } from '../gpu/sharedDevice.ts';
import { type Calibration, calibrationOf } from '../kernels/calibration.ts';
import type { Grid } from '../kernels/grid.ts';
import type { Facets } from '../model/facets.ts';
import { isOfSamples } from '../model/quantities.ts';
import { toNumber } from '../numeric/doubleDouble.ts';
import type { ShareScale } from '../passes/color.ts';
import { IN_PLACE, type Placement, placementOf } from '../passes/present.ts';
import type { PictureOutput } from '../passes/sceneEvaluator.ts';
import type { State } from '../state/state.ts';
import { equalViews, type View } from '../view/view.ts';
import { type ColorChoice, countedOf, needNumbers } from './chooseColors.ts';
import { describeNumbers, type Statistics } from './describeNumbers.ts';
import { EXTRAS, showsExtra } from './extras.ts';
import type { FrameReport } from './frameReport.ts';
import { PicturePasses } from './picturePasses.ts';
import {
  cellsOf,
  colorsOf,
  hasNumbers,
  isEqualized,
  numbersGridOf,
  outputsOf,
  type Scene,
  ScenePreparer,
  sceneGrid,
} from './scene.ts';
import { AtOnce, InStints, type Schedule } from './schedule.ts';
import { type SweepPlan, sweepRows } from './sweep.ts';

/** Used instead of statistics if nothing depends on them. */
const ANY = { least: 0, greatest: 0, mean: 0, stops: null } as const;

/** With fewer samples per device pixel and axis hinges would be smears, and are not drawn. */
const HINGE_RESOLUTION = 0.25;
/** Places in a pixel, per axis, whose cells are averaged if cells are smaller than pixels. */
const CELL_BOX = 4;
/** While something moves, minimum and maximum are those of at least so many samples along each side. */
const MOVING_SIDE_MIN = 33;

/** What is drawn of a scene, and how. */
interface Picture extends SweepPlan {
  readonly stage: FrameReport['stage'];
  readonly samplesPerPx: number;
  /** Of its pixels. */
  readonly grid: Grid;
}

/** Draws pictures on one device: evaluate → reduce → colour → present, as passes/README.md lists them. */
export class PictureMaker {
  private readonly scenes: ScenePreparer;
  private readonly passes: PicturePasses;
  /** Of the picture's extra 'share'. */
  private shareScale: ShareScale | null = null;
  /** The view for which the picture was made; null before the first one, and for a log-radial one. */
  private pictureView: View | null = null;
  /** The view in which the canvas is to show it: where a newer state has moved it, though it is not drawn yet. */
  private shownView: View | null = null;
  /** Of the picture; its refinements keep its range. */
  private pictureStatistics: Statistics | null = null;
  /** What the last picture took that moved; null before the first. */
  private movingMs: number | null = null;

  constructor(
    private readonly device: DeviceSpan,
    private readonly canvas: HTMLCanvasElement,
  ) {
    this.scenes = new ScenePreparer(device);
    this.passes = new PicturePasses(device, canvas);
  }

  /** Whether the kernels of a state's field are compiled. */
  hasKernels(state: State): boolean {
    return this.scenes.isCompiled(state);
  }

  /** Compiles the kernels of a state's field, for when it moves. @param isWanted called in between; false ends it with an error */
  compileKernels(state: State, isWanted: () => boolean): Promise<void> {
    return this.scenes.compile(state, isWanted);
  }

  /**
   * Prepares what a state needs, all at once; only the first one, and a new shape of field, compile anything.
   * @param facets of its network, where its picture lies; without them kernels evaluate the network
   */
  async prepare(state: State, pxPerUnit: number, facets: Facets | null = null): Promise<Scene> {
    const [scene] = await Promise.all([
      // The kernel first: it takes longest.
      this.scenes.prepare(state, pxPerUnit, facets),
      this.passes.prepareColors(state),
      this.passes.prepare(),
      // For pictures that are too coarse for lines.
      ...(EXTRAS.some((extra) => showsExtra(state, extra))
        ? [this.passes.prepareColors(withoutLines(state))]
        : []),
    ]);
    return scene;
  }

  /** Samples per device pixel and axis, at most 1, that take about this long. */
  affordableResolution(scene: Scene, milliseconds: number): number {
    const work = `${scene.work} moving`;
    const affordable = this.device.pace.samplesInFrame(milliseconds, work, scene.cost);
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
   * Shows the old picture at its place in a new view; only plane pictures have one.
   * @returns false if that changes nothing
   */
  follow({ view, projection }: State): boolean {
    this.shownView = projection.kind === 'plane' ? view : null;
    const placement = this.placement();
    if (!this.passes.buffers.picture || placement === IN_PLACE) return false;
    this.passes.show(placement);
    return true;
  }

  /** The place of the picture in the view that the canvas shows. */
  private placement(): Placement {
    const { pictureView, shownView, canvas } = this;
    if (!pictureView || !shownView || equalViews(pictureView, shownView)) return IN_PLACE;
    return placementOf(pictureView, shownView, canvas.width, canvas.height);
  }

  /** Puts what the canvas shows on it again. */
  showAgain(): void {
    if (this.passes.buffers.picture) this.passes.showAgain();
  }

  /**
   * A picture of at most one sample per device pixel, drawn in one go, for something that moves.
   * @param onShown called in the task in which the canvas gets it: what it changes on the page appears together with it
   */
  drawAtOnce(
    scene: Scene,
    samplesPerPx: number,
    onShown: (report: FrameReport) => void,
  ): Promise<void> {
    return this.device.turns.run(true, async () => {
      const schedule = new AtOnce(this.device);
      const picture = this.begin(scene, 'moving', samplesPerPx, schedule, () => true);
      const report = (await this.drawPicture(picture))!;
      const milliseconds = this.movingMs ?? report.milliseconds;
      onShown({ ...report, milliseconds, frameMilliseconds: milliseconds });
      // Numbers arrive with the samples; while the GPU draws their colours, the next picture is prepared.
      if (!hasNumbers(scene.state)) await schedule.end();
      this.movingMs = schedule.spentMs;
      this.device.pace.record(`${scene.work} moving`, report.samples, this.movingMs);
    });
  }

  /**
   * The picture with one sample per device pixel, drawn in stints.
   * @param isWanted called between stints; false abandons the picture
   * @returns null if the picture was abandoned
   */
  draw(scene: Scene, isWanted: () => boolean): Promise<FrameReport | null> {
    const schedule = new InStints(this.device);
    return this.drawPicture(this.begin(scene, 'full', 1, schedule, isWanted));
  }

  /**
   * The same with less than one sample per device pixel.
   * @returns null if it was abandoned
   */
  drawCoarse(
    scene: Scene,
    samplesPerPx: number,
    isWanted: () => boolean,
  ): Promise<FrameReport | null> {
    const schedule = new InStints(this.device);
    return this.drawPicture(this.begin(scene, 'moving', samplesPerPx, schedule, isWanted));
  }

  /**
   * The picture of `draw` again with several samples per device pixel and axis, in its colours and
   * with its hinges. @returns null if it was abandoned
   */
  refine(scene: Scene, samplesPerPx: number, isWanted: () => boolean): Promise<FrameReport | null> {
    const schedule = new InStints(this.device);
    return this.refinePicture(this.begin(scene, 'supersampled', samplesPerPx, schedule, isWanted));
  }

  /**
   * Only the numbers of a scene's picture. @returns null for regions, and if they were abandoned
   */
  async measure(
    scene: Scene,
    isWanted: () => boolean,
  ): Promise<{ readonly statistics: Statistics; readonly range: FrameReport['range'] } | null> {
    if (!hasNumbers(scene.state)) return null;
    const picture = this.begin(scene, 'full', 1, new InStints(this.device), isWanted);
    const grid = this.numbersGrid(picture);
    this.passes.buffers.reserveSamples(grid, grid.width);
    if (!(await this.takeNumbers(picture, grid))) return null;
    const statistics = (await this.readStatistics(scene))!;
    const calibration = this.calibrate(scene, grid);
    const colors = colorsOf(scene, calibration, statistics);
    const { quantity } = scene.state;
    const numbers = describeNumbers(quantity, scene.bounds, calibration, statistics, colors);
    return { statistics, range: numbers.range };
  }

  private begin(
    scene: Scene,
    stage: FrameReport['stage'],
    samplesPerPx: number,
    schedule: Schedule,
    isWanted: () => boolean,
  ): Picture {
    const { width, height } = this.canvas;
    this.shownView = null;
    const grid = sceneGrid(scene, width, height, samplesPerPx);
    return { scene, stage, samplesPerPx, grid, schedule, isWanted };
  }

  /** One frame: the numbers, then all samples, then their colours. @returns null if abandoned */
  private async drawPicture(picture: Picture): Promise<FrameReport | null> {
    const { scene, grid } = picture;
    const { state } = scene;
    const ofSamples = isOfSamples(state.quantity);
    const numbers = this.numbersGrid(picture);
    const colored = ofSamples ? numbers : grid;
    this.reserve(picture, colored, numbers);
    this.passes.pictureSize = [grid.width, grid.height];
    let samples = 0;
    if (ofSamples || (hasNumbers(state) && scene.statistics === undefined)) {
      if (!(await this.takeNumbers(picture, numbers))) return null;
      samples += numbers.width * numbers.height;
    }
    const outputs = outputsOf(state).filter((output) => !(ofSamples && output === state.quantity));
    if (outputs.length > 0) {
      if (!(await this.takeSamples(picture, outputs))) return null;
      samples += grid.width * grid.height;
    }
    const calibration = this.calibrate(scene, colored);
    const colors = await this.colorAndShow(picture, colored, calibration);
    return this.report(picture, samples, calibration, colors);
  }

  /** Evaluates more samples for each pixel, and colours them row by row. */
  private async refinePicture(picture: Picture): Promise<FrameReport | null> {
    const { scene, grid, samplesPerPx, stage } = picture;
    const calibration = this.calibrate(scene, grid);
    const colors = colorsOf(scene, calibration, this.pictureStatistics);
    const isDone = await sweepRows(this.passes, picture, {
      grid,
      // It keeps the existing hinges.
      outputs: [scene.state.quantity],
      work: `${scene.work} ${stage}`,
      unit: samplesPerPx,
      keeps: false,
      use: (row, rows) =>
        this.passes.colorRows(scene, grid, colors, row, rows, samplesPerPx, this.shareScale),
    });
    if (!isDone) return null;
    this.passes.show(IN_PLACE);
    return this.report(picture, grid.width * grid.height, calibration, colors);
  }

  /** Makes room for a picture. @param colored the samples that are coloured together */
  private reserve({ scene, grid }: Picture, colored: Grid, numbers: Grid): void {
    const { buffers } = this.passes;
    const { width, height } = this.canvas;
    buffers.reserveSamples(colored, Math.max(width, numbers.width));
    if (isEqualized(scene.state)) buffers.reserveSamples(numbers, numbers.width);
    for (const extra of EXTRAS) {
      if (showsExtra(scene.state, extra)) buffers.reserveExtra(grid, extra);
    }
    if (buffers.reservePicture(width, height)) this.pictureView = null;
  }

  /** Evaluates the samples of the square, for minimum, maximum and mean. @returns false if abandoned */
  private async takeNumbers(picture: Picture, grid: Grid): Promise<boolean> {
    const { scene, stage, schedule } = picture;
    const { state } = scene;
    const counted = countedOf(state, this.calibrate(scene, grid));
    // Samples that are themselves the picture stay until they are coloured, others until they are counted.
    const keeps = isOfSamples(state.quantity) || counted !== null;
    this.passes.beginStatistics(grid);
    const isDone = await sweepRows(this.passes, picture, {
      grid,
      outputs: [state.quantity],
      work: `${scene.work} numbers ${stage}`,
      unit: 1,
      keeps,
      use: (row, rows) => this.passes.reduceRows(grid, row, rows, keeps ? row : 0, state),
    });
    if (isDone && counted) await schedule.run(() => this.passes.equalizeSamples(grid, counted));
    return isDone;
  }

  /** Evaluates the samples of the pixels. @returns false if abandoned */
  private takeSamples(picture: Picture, outputs: readonly PictureOutput[]): Promise<boolean> {
    const { scene, grid, stage } = picture;
    const work = stage === 'full' ? scene.work : `${scene.work} ${stage}`;
    return sweepRows(this.passes, picture, {
      grid,
      outputs,
      work,
      unit: 1,
      keeps: true,
      use: () => {},
    });
  }

  /** The grid of a picture's numbers: all of them at rest; while something moves, fewer than it has samples. */
  private numbersGrid({ scene, stage, grid }: Picture): Grid {
    const { width, height } = this.canvas;
    const { gridSamples, quantity } = scene.state;
    if (stage !== 'moving') return numbersGridOf(scene, width, height, gridSamples);
    const side = Math.min(grid.width, grid.height);
    const share = isOfSamples(quantity) ? side : Math.max(MOVING_SIDE_MIN, Math.round(side / 3));
    return numbersGridOf(scene, width, height, Math.min(gridSamples, share));
  }

  private calibrate({ evaluator, state }: Scene, grid: Grid): Calibration {
    return calibrationOf(evaluator.setGrid(grid), state.quantity, grid);
  }

  /**
   * Colours an evaluated picture, reads its numbers, and puts it on the screen.
   * @param samples the grid that is coloured
   * @returns the colours that belong to these numbers
   */
  private async colorAndShow(
    picture: Picture,
    samples: Grid,
    calibration: Calibration,
  ): Promise<ColorChoice> {
    const { scene, stage, schedule } = picture;
    const { state } = scene;
    // A moving picture is coloured before its numbers are read, unless its colours depend on them.
    const isEarly = stage === 'moving' && !needNumbers(state);
    // Shown without them, it appears earlier, but the page is composed twice; on a software adapter that takes longer than to read them.
    const isShownFirst = isEarly && !this.device.adapter.software;
    const choose = (statistics: Statistics | null) => colorsOf(scene, calibration, statistics);
    let colors = choose(ANY);
    await schedule.run(async () => {
      if (!isEarly) {
        this.pictureStatistics = await this.readStatistics(scene);
        colors = choose(this.pictureStatistics);
      }
      const cells = isOfSamples(state.quantity) ? cellsOf(scene, samples, picture.grid) : null;
      // Cells that are smaller than a pixel are averaged.
      const box = cells && cells.scale > 1 && stage === 'full' ? CELL_BOX : 1;
      // Lines are as wide as the pixels' grid has them.
      const { contourHalfWidth } = picture.grid;
      const lined = { ...samples, contourHalfWidth: box * contourHalfWidth };
      const shown = withoutSmears(scene, picture.samplesPerPx);
      this.shareScale = showsExtra(shown.state, 'share') ? shareScaleOf(scene, picture.grid) : null;
      this.passes.colorRows(shown, lined, colors, 0, samples.height, box, this.shareScale, cells);
    });
    if (isShownFirst) this.showNew(state);
    if (isEarly) {
      this.pictureStatistics = await this.readStatistics(scene);
      colors = choose(this.pictureStatistics);
    }
    // Last, so that callers waiting for it can read the canvas in the same task.
    if (!isShownFirst) this.showNew(state);
    return colors;
  }

  /** Puts the picture of a state on the canvas. */
  private showNew({ projection, view }: State): void {
    this.pictureView = projection.kind === 'plane' ? view : null;
    this.passes.show(this.placement());
  }

  private async readStatistics({ state, statistics }: Scene): Promise<Statistics | null> {
    if (statistics !== undefined) return statistics;
    return this.passes.readStatistics(state, isEqualized(state));
  }

  private report(
    { scene, stage, schedule }: Picture,
    samples: number,
    calibration: Calibration,
    colors: ColorChoice,
  ): FrameReport {
    const { state, bounds } = scene;
    const statistics = this.pictureStatistics;
    return {
      stage,
      settled: false,
      ...describeNumbers(state.quantity, bounds, calibration, statistics, colors),
      samples,
      milliseconds: schedule.spentMs,
      frameMilliseconds: schedule.spentMs,
    };
  }

  destroy(): void {
    this.scenes.destroy();
    this.passes.destroy();
  }
}

/** What makes gaps of the stored numbers of 'share' on a grid. */
function shareScaleOf({ evaluator }: Scene, grid: Grid): ShareScale {
  const { offset, scale } = evaluator.calibrateShare(grid);
  return { offset: toNumber(offset), scale };
}

/** The scene without hinges and boundaries if the picture is too coarse for them. */
function withoutSmears(scene: Scene, samplesPerPx: number): Scene {
  return samplesPerPx >= HINGE_RESOLUTION ? scene : { ...scene, state: withoutLines(scene.state) };
}

function withoutLines(state: State): State {
  return { ...state, hinges: false, boundaries: false, shade: false };
}
