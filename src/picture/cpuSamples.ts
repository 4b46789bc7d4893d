import { BOUNDARY_LAYER } from '../kernels/shaderConstants.ts';
import { classesOf, gapOf } from '../model/classes.ts';
import type { Vec2 } from '../model/field.ts';
import {
  isAngle,
  isOfSamples,
  QUANTITY_TRAITS,
  type SampledQuantity,
} from '../model/quantities.ts';
import type { Counted } from '../passes/equalize.ts';
import type { Evaluator } from '../reference/evaluate.ts';
import { createEvaluator } from '../reference/evaluate.ts';
import { npGradient, type PointQuantity, samplerOf } from '../reference/grid.ts';
import { equalizingStops } from '../scales/norms.ts';
import type { State } from '../state/state.ts';
import { lengthSeenAt, toView } from '../view/projection.ts';
import { extent } from '../view/view.ts';
import type { Statistics } from './describeNumbers.ts';
import { showsExtra } from './extras.ts';

/**
 * Where a picture that the CPU draws is sampled: `side` × `side` places of its square, end points included, and, at
 * the same distance, as many around it as the picture needs.
 */
export interface CpuGrid {
  readonly columns: number;
  /** Counted from the lowest. */
  readonly rows: number;
  readonly side: number;
  /** The position of the square's first column and row. */
  readonly left: number;
  readonly bottom: number;
}

/** A sampled picture. */
export interface CpuSamples {
  readonly grid: CpuGrid;
  /** [rows, columns], row-major, row 0 lowest; NaN where there is nothing to show (the direction of a zero gradient). */
  readonly values: Float64Array;
  /**
   * The layer, from 1, of a hinge between a sample and the next ones, BOUNDARY_LAYER where another class begins there, else 0;
   * null if there are no lines.
   */
  readonly lines: Uint8Array | null;
  /** softmax's share of the class that wins, by which its colour is shaded; null if it is not. */
  readonly shares: Float64Array | null;
}

/** A view smaller than this fraction of its centre is read in double-double: float64 has few digits left for it. */
const PRECISE_BELOW = 1e-10;

/** The grid of a picture of this size, in any unit. */
export function cpuGrid(width: number, height: number, side: number): CpuGrid {
  const { halfX, halfY } = extent(width, height);
  const beyond = (half: number) => Math.ceil(((half - 1) * (side - 1)) / 2);
  const [left, bottom] = [beyond(halfX), beyond(halfY)];
  return { columns: side + 2 * left, rows: side + 2 * bottom, side, left, bottom };
}

/** Samples a state's picture in float64, with a pause after each sample for callers that share the CPU. */
export function* takeCpuSamples(
  state: State,
  evaluator: Evaluator,
  grid: CpuGrid,
): Generator<void, CpuSamples> {
  const { quantity } = state;
  const values = isOfSamples(quantity)
    ? yield* takeNpGradient(state, evaluator, grid, quantity)
    : yield* takeQuantity(state, evaluator, grid, quantity);
  const hinges = showsExtra(state, 'hinge') ? yield* findHinges(state, evaluator, grid) : null;
  const boundaries = showsExtra(state, 'boundary') ? yield* findBoundaries(state, grid) : null;
  const lines = boundaries && hinges ? boundaries.map((line, i) => line || hinges[i]!) : null;
  const gaps = showsExtra(state, 'share')
    ? yield* takeQuantity(state, createEvaluator(gapOf(state.field)), grid, 'value')
    : null;
  return {
    grid,
    values,
    lines: lines ?? boundaries ?? hinges,
    shares: gaps?.map((gap) => Math.exp(-gap)) ?? null,
  };
}

/**
 * Of the samples of the square, which are numbers.
 * @param counted which samples an equalised picture counts; null for other pictures
 */
export function cpuStatistics(samples: CpuSamples, counted: Counted | null): Statistics {
  const values = valuesOfSquare(samples);
  if (values.length === 0) return { least: 0, greatest: 0, mean: 0, stops: null };
  let [least, greatest, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const value of values) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
    sum += value;
  }
  const mean = Math.min(greatest, Math.max(least, sum / values.length));
  return { least, greatest, mean, stops: counted && countStops(values, least, greatest, counted) };
}

/** The values of the square's samples that are numbers. */
function valuesOfSquare({ grid, values }: CpuSamples): Float64Array {
  const { columns, side, left, bottom } = grid;
  const square = new Float64Array(side * side);
  for (let row = 0; row < side; row++) {
    const start = (bottom + row) * columns + left;
    square.set(values.subarray(start, start + side), row * side);
  }
  return square.filter((value) => !Number.isNaN(value));
}

/** As shaders/equalize.wgsl counts; sorts the values. */
function countStops(
  values: Float64Array,
  least: number,
  greatest: number,
  counted: Counted,
): Float64Array {
  switch (counted.kind) {
    case 'all':
      return equalizingStops(values, least, greatest);
    case 'inside':
      return equalizingStops(values, counted.low, counted.high);
    case 'distances': {
      const from = Math.min(greatest, Math.max(least, counted.from));
      const distances = values.map((value) => Math.abs(value - from));
      return equalizingStops(distances, 0, Math.max(greatest - from, from - least));
    }
  }
}

function* takeQuantity(
  state: State,
  evaluator: Evaluator,
  grid: CpuGrid,
  quantity: PointQuantity,
): Generator<void, Float64Array> {
  const values = new Float64Array(grid.columns * grid.rows);
  const read = readerOf(state, evaluator, quantity);
  const steepness = readerOf(state, evaluator, 'gradientNorm');
  for (let index = 0; index < values.length; index++) {
    const place = placeOf(grid, index);
    const value = read(place);
    const isNone = isAngle(quantity) && value === 0 && steepness(place) === 0;
    values[index] = isNone ? Number.NaN : value;
    yield;
  }
  return values;
}

/** np.gradient of the state's samples; with fewer samples, their differences for the state's spacing. */
function* takeNpGradient(
  state: State,
  evaluator: Evaluator,
  grid: CpuGrid,
  quantity: SampledQuantity,
): Generator<void, Float64Array> {
  const { columns, rows, side, left, bottom } = grid;
  const square = { columns: side, rows: side, side, left: 0, bottom: 0 };
  const values = yield* takeQuantity(state, evaluator, square, 'value');
  const differences = npGradient(values, side, side, QUANTITY_TRAITS[quantity].axis);
  const spacing = (side - 1) / (state.gridSamples - 1);
  const all = new Float64Array(columns * rows).fill(Number.NaN);
  differences.forEach((difference, i) => {
    const row = bottom + Math.floor(i / side);
    all[row * columns + left + (i % side)] = spacing * difference;
  });
  return all;
}

function* findHinges(
  state: State,
  evaluator: Evaluator,
  grid: CpuGrid,
): Generator<void, Uint8Array> {
  const regions = yield* takeQuantity(state, evaluator, grid, 'region');
  return yield* markChanges(regions, grid, (index, next) =>
    layerBetween(state, evaluator, grid, index, next),
  );
}

function* findBoundaries(state: State, grid: CpuGrid): Generator<void, Uint8Array> {
  const classes = yield* takeQuantity(
    state,
    createEvaluator(classesOf(state.field)),
    grid,
    'value',
  );
  return yield* markChanges(classes, grid, () => BOUNDARY_LAYER);
}

/** Marks each sample whose next one, to the right or above, has another number. */
function* markChanges(
  numbers: Float64Array,
  { columns }: CpuGrid,
  markOf: (index: number, next: number) => number,
): Generator<void, Uint8Array> {
  const marks = new Uint8Array(numbers.length);
  for (let index = 0; index < numbers.length; index++) {
    const right = (index + 1) % columns === 0 ? index : index + 1;
    const above = index + columns >= numbers.length ? index : index + columns;
    const next = [right, above].find((other) => numbers[other] !== numbers[index]);
    if (next !== undefined) marks[index] = markOf(index, next);
    yield;
  }
  return marks;
}

/** The first layer with a neuron that is active at one of two samples; 1 for fields without layers. */
function layerBetween(
  state: State,
  evaluator: Evaluator,
  grid: CpuGrid,
  index: number,
  next: number,
): number {
  const [here, there] = [index, next].map((sample) => {
    const [x, y] = planeOf(state, placeOf(grid, sample));
    return evaluator.pattern(x, y);
  });
  const layer = here?.findIndex((pattern, i) => pattern !== there![i]) ?? 0;
  // In a deep view the float64 coordinates of both may be the same.
  return Math.max(0, layer) + 1;
}

/** Reads a quantity at places of the picture. */
function readerOf(state: State, evaluator: Evaluator, quantity: PointQuantity) {
  const { view, projection } = state;
  const { center, centerLow, halfWidth } = view;
  const read = samplerOf(evaluator, quantity);
  const readPrecisely = samplerOf(evaluator, quantity, { center, centerLow });
  const size = PRECISE_BELOW * Math.max(1, Math.abs(center[0]), Math.abs(center[1]));
  return (place: Vec2) => {
    if (halfWidth * lengthSeenAt(projection, place) > size) return read(...planeOf(state, place));
    const u = toView(projection, place);
    return readPrecisely(halfWidth * u[0], halfWidth * u[1]);
  };
}

function planeOf({ view, projection }: State, place: Vec2): Vec2 {
  const u = toView(projection, place);
  return [view.center[0] + view.halfWidth * u[0], view.center[1] + view.halfWidth * u[1]];
}

/** The picture coordinate of a sample. */
function placeOf({ columns, side, left, bottom }: CpuGrid, index: number): Vec2 {
  const column = index % columns;
  const row = Math.floor(index / columns);
  const along = (position: number) => (2 * position) / (side - 1) - 1;
  return [along(column - left), along(row - bottom)];
}
