import type { RowWork } from '../gpu/pace.ts';
import type { PipelineCache } from '../gpu/pipelines.ts';
import type { Calibration } from '../kernels/calibration.ts';
import type { Output } from '../kernels/composeEvaluate.ts';
import { cropGrid, type Grid, pictureGrid } from '../kernels/grid.ts';
import { type PreparedField, prepareField } from '../kernels/prepareField.ts';
import type { Field } from '../model/field.ts';
import { createEvaluator, type FieldEvaluator } from '../passes/fieldEvaluator.ts';
import { createEvaluator as createReference } from '../reference/evaluate.ts';
import { type Bounds, UNBOUNDED } from '../reference/evaluator.ts';
import type { State } from '../state/state.ts';
import { type ColorChoice, chooseColors } from './chooseColors.ts';
import type { Statistics } from './describeNumbers.ts';

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

/** Makes states ready on one device, and keeps what the next one can use again. */
export class ScenePreparer {
  private evaluator: FieldEvaluator | null = null;
  /** The field whose parameters the evaluator has. */
  private loaded: PreparedField | null = null;
  private field: { source: Field; prepared: PreparedField; bounds: Bounds } | null = null;

  constructor(
    private readonly device: GPUDevice,
    private readonly pipelines: PipelineCache,
  ) {}

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

  destroy(): void {
    this.evaluator?.destroy();
  }
}

/** The grid of a scene's picture, or of the part of it that a canvas of this size shows. */
export function sceneGrid(
  { state, part }: Scene,
  widthPx: number,
  heightPx: number,
  samplesPerPx: number,
): Grid {
  const { view, projection } = state;
  if (!part) return pictureGrid(view, widthPx, heightPx, samplesPerPx, projection);
  const { left, bottom, wholeWidthPx, wholeHeightPx } = part;
  const whole = pictureGrid(view, wholeWidthPx, wholeHeightPx, samplesPerPx, projection);
  const samples = (px: number) => px * samplesPerPx;
  return cropGrid(whole, samples(left), samples(bottom), samples(widthPx), samples(heightPx));
}

/** Rows that one dispatch can take. */
export function mostRows({ state, evaluator }: Scene, grid: Grid): number {
  return Math.min(...outputsOf(state).map((output) => evaluator.maxRows(grid, output)));
}

/** Shares into which rows of a scene can be cut at most. */
export function mostPortions(
  { evaluator }: Scene,
  grid: Grid,
  outputs: readonly Output[],
  rows: number,
) {
  return Math.min(...outputs.map((output) => evaluator.portions(grid, output, rows)));
}

/** What the pace is told about the rows of a scene. */
export function rowWork({ state, evaluator }: Scene, grid: Grid, work: string): RowWork {
  const together = outputsOf(state).map((output) => evaluator.rowsTogether(grid, output));
  return { work, width: grid.width, tileRows: Math.max(...together) };
}

/** A range that is not the picture's own cannot stay on the GPU. */
export function colorsOf(
  { state, statistics: given }: Scene,
  calibration: Calibration,
  statistics: Statistics | null,
): ColorChoice {
  const colors = chooseColors(state, calibration, statistics);
  return given ? { ...colors, range: colors.ends } : colors;
}

/** Whether the quantity is a number, which regions are not. */
export function hasNumbers({ quantity }: State): boolean {
  return quantity !== 'region';
}

/** What is evaluated for a state. */
export function outputsOf(state: State): Output[] {
  return state.hinges ? [state.quantity, 'hinge'] : [state.quantity];
}
