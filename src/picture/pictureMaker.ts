import type { DeviceSpan } from '../gpu/sharedDevice.ts';
import { type Calibration, calibrationOf } from '../kernels/calibration.ts';
import type { Output } from '../kernels/composeEvaluate.ts';
import type { Grid } from '../kernels/grid.ts';
import { IN_PLACE, placementOf } from '../passes/present.ts';
import type { State } from '../state/state.ts';
import { equalViews, type View } from '../view/view.ts';
import { type ColorChoice, hasLevels } from './chooseColors.ts';
import { describeNumbers, type Statistics } from './describeNumbers.ts';
import type { FrameReport } from './frameReport.ts';
import { PicturePasses } from './picturePasses.ts';
import { colorsOf, hasNumbers, outputsOf, type Scene, ScenePreparer, sceneGrid } from './scene.ts';
import { AtOnce, InSlices, type RowsAhead, type Schedule } from './schedule.ts';

/** Used instead of statistics if nothing depends on them. */
const ANY = { least: 0, greatest: 0, mean: 0 } as const;

/** With fewer samples per device pixel and axis hinges would be smears, and are not drawn. */
const HINGE_RESOLUTION = 0.25;

/** What is drawn of a scene, and how. */
interface Picture {
  readonly scene: Scene;
  readonly stage: FrameReport['stage'];
  /** Whether it is drawn over the full picture, whose colours and hinges it keeps. */
  readonly isFiner: boolean;
  readonly samplesPerPx: number;
  readonly grid: Grid;
  readonly calibration: Calibration;
  /** Of a finer picture, chosen for the picture that it refines; null for others, which choose their own. */
  readonly colors: ColorChoice | null;
  readonly outputs: readonly Output[];
  /** The key of its rows in the pace. */
  readonly work: string;
  readonly schedule: Schedule;
}

/** Draws pictures on one device: evaluate → reduce → colour → present, as passes/README.md lists them. */
export class PictureMaker {
  private readonly scenes: ScenePreparer;
  private readonly passes: PicturePasses;
  /** The view for which the picture was made; null before the first one, and for a log-radial one. */
  private pictureView: View | null = null;
  /** Of the picture; its refinements keep its range. */
  private pictureStatistics: Statistics | null = null;

  static async create(device: DeviceSpan, canvas: HTMLCanvasElement): Promise<PictureMaker> {
    const maker = new PictureMaker(device, canvas);
    try {
      await maker.passes.prepare();
    } catch (cause) {
      maker.destroy();
      throw cause;
    }
    return maker;
  }

  private constructor(
    private readonly device: DeviceSpan,
    private readonly canvas: HTMLCanvasElement,
  ) {
    this.scenes = new ScenePreparer(device);
    this.passes = new PicturePasses(device, canvas);
  }

  /** Of the last picture, in stored values; null for regions. */
  get statistics(): Statistics | null {
    return this.pictureStatistics;
  }

  /** Prepares what a state needs; only a new shape of field compiles anything. */
  async prepare(state: State): Promise<Scene> {
    const [scene] = await Promise.all([
      this.scenes.prepare(state),
      this.passes.prepareColors(state),
      // For pictures that are too coarse for hinges.
      ...(state.hinges ? [this.passes.prepareColors({ ...state, hinges: false })] : []),
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
    const { pictureView } = this;
    if (!this.passes.buffers.picture || !pictureView || projection.kind !== 'plane') return false;
    if (equalViews(pictureView, view)) return false;
    this.passes.show(placementOf(pictureView, view, this.canvas.width, this.canvas.height));
    return true;
  }

  /** A picture of at most one sample per device pixel, drawn in one go, for something that moves. */
  drawAtOnce(scene: Scene, samplesPerPx: number): Promise<FrameReport> {
    return this.device.turns.run(true, async () => {
      const picture = this.begin(scene, 'moving', samplesPerPx, new AtOnce(this.device));
      const report = (await this.drawPicture(picture, () => true))!;
      this.device.pace.record(picture.work, report.samples, report.milliseconds);
      return report;
    });
  }

  /**
   * The picture with one sample per device pixel, drawn in slices.
   * @param isWanted called between slices; false abandons the picture
   * @returns null if the picture was abandoned
   */
  draw(scene: Scene, isWanted: () => boolean): Promise<FrameReport | null> {
    return this.drawPicture(this.begin(scene, 'full', 1, new InSlices(this.device)), isWanted);
  }

  /**
   * The picture of `draw` again with several samples per device pixel and axis, in its colours and
   * with its hinges. @returns null if it was abandoned
   */
  refine(scene: Scene, samplesPerPx: number, isWanted: () => boolean): Promise<FrameReport | null> {
    const picture = this.begin(scene, 'supersampled', samplesPerPx, new InSlices(this.device));
    return this.drawPicture(picture, isWanted);
  }

  /** Prepares buffers and evaluator for a picture. */
  private begin(
    scene: Scene,
    stage: FrameReport['stage'],
    samplesPerPx: number,
    schedule: Schedule,
  ): Picture {
    const { state, evaluator } = scene;
    const { width, height } = this.canvas;
    const isFiner = stage === 'supersampled';
    const grid = sceneGrid(scene, width, height, samplesPerPx);
    if (!isFiner) {
      if (this.passes.buffers.reserve(grid, width, height, state.hinges)) this.pictureView = null;
      if (hasNumbers(state)) this.passes.beginStatistics(grid);
      this.passes.pictureSize = [grid.width, grid.height];
    }
    const calibration = calibrationOf(evaluator.setGrid(grid), state.quantity, grid);
    return {
      scene,
      stage,
      isFiner,
      samplesPerPx,
      grid,
      calibration,
      colors: isFiner ? colorsOf(scene, calibration, this.pictureStatistics) : null,
      // Finer pictures keep the existing hinges.
      outputs: isFiner ? [state.quantity] : outputsOf(state),
      work: stage === 'full' ? scene.work : `${scene.work} ${stage}`,
      schedule,
    };
  }

  /** One frame: evaluates all rows, then colours and shows them. @returns null if abandoned */
  private async drawPicture(
    picture: Picture,
    isWanted: () => boolean,
  ): Promise<FrameReport | null> {
    const { grid, schedule } = picture;
    for (let row = 0; row < grid.height; ) {
      const ahead = this.rowsAhead(picture, row);
      const rows = schedule.rowsNext(ahead);
      if (!(await this.drawRows(picture, ahead, row, rows, isWanted))) return null;
      row += rows;
    }
    if (picture.colors) this.passes.show(IN_PLACE);
    const colors = picture.colors ?? (await this.colorAndShow(picture));
    return this.report(picture, colors);
  }

  private rowsAhead(picture: Picture, row: number): RowsAhead {
    const { scene, grid, isFiner, samplesPerPx, outputs, work } = picture;
    const { evaluator, cost } = scene;
    const unit = isFiner ? samplesPerPx : 1;
    const room = this.passes.buffers.rowsOf(grid);
    const ofOutputs = (count: (output: Output) => number) => outputs.map(count);
    return {
      work,
      width: grid.width,
      tileRows: Math.max(...ofOutputs((output) => evaluator.rowsTogether(grid, output))),
      cost,
      left: grid.height - row,
      most: isFiner ? Math.max(unit, room - (room % unit)) : this.mostRows(picture),
      unit,
      pieces: (rows: number) =>
        Math.min(...ofOutputs((output) => evaluator.pieces(grid, output, rows))),
    };
  }

  /** The maximum number of rows of one dispatch. */
  private mostRows({ scene, grid, outputs }: Picture): number {
    return Math.min(...outputs.map((output) => scene.evaluator.maxRows(grid, output)));
  }

  /** Evaluates rows and adds them to the statistics, or colours them. @returns false if abandoned */
  private async drawRows(
    picture: Picture,
    ahead: RowsAhead,
    row: number,
    rows: number,
    isWanted: () => boolean,
  ): Promise<boolean> {
    const { scene, grid, isFiner, colors, outputs, schedule } = picture;
    const most = this.mostRows(picture);
    for (let done = 0; done < rows; done += most) {
      const count = Math.min(most, rows - done);
      const pieces = ahead.pieces(count);
      for (let from = 0; from < pieces; ) {
        const slice = { ahead, rows: count, from, of: pieces };
        const to = from + schedule.piecesNext(slice);
        const portion = { from, to, of: pieces };
        const isLast = to === pieces && done + count === rows;
        const evaluate = () => {
          // The samples of finer pictures stay in the buffer only until they are coloured.
          const target = isFiner ? done : row + done;
          this.passes.evaluate(scene, outputs, row + done, count, target, portion);
          if (!isLast) return;
          if (colors) this.color(picture, colors, row, rows);
          else if (hasNumbers(scene.state)) this.passes.reduceRows(grid, row, rows, scene.state);
        };
        await schedule.run(evaluate, { ahead, rows: count, pieces: to - from, of: pieces });
        if (!isWanted()) return false;
        from = to;
      }
    }
    return true;
  }

  /**
   * Colours an evaluated picture, reads its numbers, and puts it on the screen.
   * @returns the colours that belong to these numbers
   */
  private async colorAndShow(picture: Picture): Promise<ColorChoice> {
    const { scene, grid, calibration, stage, schedule } = picture;
    const { state } = scene;
    // A moving picture goes to the screen before its numbers are read, unless they determine levels.
    const isEarly = stage === 'moving' && !hasLevels(state);
    const choose = (statistics: Statistics | null) => colorsOf(scene, calibration, statistics);
    let colors = choose(ANY);
    await schedule.run(async () => {
      if (!isEarly) {
        this.pictureStatistics = await this.readStatistics(scene);
        colors = choose(this.pictureStatistics);
      }
      this.color(picture, colors, 0, grid.height);
    });
    // Last of a picture at rest, so that callers waiting for it can read the canvas in the same task.
    this.pictureView = state.projection.kind === 'plane' ? state.view : null;
    this.passes.show(IN_PLACE);
    if (isEarly) {
      this.pictureStatistics = await this.readStatistics(scene);
      colors = choose(this.pictureStatistics);
    }
    // The numbers arrive with the samples; later work continues meanwhile.
    if (!isEarly || !hasNumbers(state)) await schedule.end();
    return colors;
  }

  private async readStatistics({ state, statistics }: Scene): Promise<Statistics | null> {
    const own = await this.passes.readStatistics(state);
    return statistics === undefined ? own : statistics;
  }

  private color(
    { scene, grid, samplesPerPx, isFiner }: Picture,
    colors: ColorChoice,
    row: number,
    rows: number,
  ): void {
    const { state } = scene;
    const hinges = state.hinges && samplesPerPx >= HINGE_RESOLUTION;
    const shown = { ...scene, state: { ...state, hinges } };
    this.passes.colorRows(shown, grid, colors, row, rows, isFiner ? samplesPerPx : 1);
  }

  private report(
    { scene, grid, calibration, stage, schedule }: Picture,
    colors: ColorChoice,
  ): FrameReport {
    const { state, bounds } = scene;
    const statistics = this.pictureStatistics;
    return {
      stage,
      settled: false,
      ...describeNumbers(state.quantity, bounds, calibration, statistics, colors),
      samples: grid.width * grid.height,
      milliseconds: schedule.spentMs,
    };
  }

  destroy(): void {
    this.scenes.destroy();
    this.passes.destroy();
  }
}
