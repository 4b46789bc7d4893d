import { isOfSamples, QUANTITY_TRAITS } from '../model/quantities.ts';
import { centerOf } from '../model/rectangle.ts';
import { add, type DoubleDouble } from '../numeric/doubleDouble.ts';
import { createEvaluator, type Evaluator } from './evaluate.ts';
import type { PreciseValue } from './evaluator.ts';
import { type GridRequest, requireNeighbours } from './gridRequest.ts';
import { relativeRows } from './relativeGrid.ts';

export type { GridRequest } from './gridRequest.ts';

/**
 * `count` evenly spaced numbers from start to stop, both included, equal to `numpy.linspace` bit
 * for bit. A single number is start.
 *
 * Source: numpy/core/function_base.py, `linspace`.
 */
export function linspace(start: number, stop: number, count: number): Float64Array {
  const points = new Float64Array(count);
  const intervals = count - 1;
  const delta = stop - start;
  const step = intervals > 0 ? delta / intervals : delta;
  for (let i = 0; i < count; i++) {
    // If the step underflows to 0 although the ends differ, NumPy divides the index instead.
    points[i] = (step === 0 && intervals > 0 ? (i / intervals) * delta : i * step) + start;
  }
  if (intervals > 0) points[intervals] = stop;
  return points;
}

/**
 * The derivative of sampled values along an axis, like `np.gradient(values, axis=axis)`: unit
 * spacing, central differences inside, one-sided first differences at the border.
 *
 * @param values [height, width], row-major.
 * @param axis 0 is from row to row (the second coordinate of the plane), 1 from column to column.
 * @throws InvalidInputError if there are fewer than two samples along the axis.
 */
export function npGradient(
  values: Float64Array,
  width: number,
  height: number,
  axis: 0 | 1,
): Float64Array {
  const length = axis === 0 ? height : width;
  requireNeighbours(axis === 0 ? 'height' : 'width', length);
  const stride = axis === 0 ? width : 1;
  const gradient = new Float64Array(values.length);
  for (let index = 0; index < values.length; index++) {
    const position = axis === 0 ? Math.floor(index / width) : index % width;
    const before = position === 0 ? index : index - stride;
    const after = position === length - 1 ? index : index + stride;
    const difference = values[after] - values[before];
    gradient[index] = after - before === stride ? difference : difference / 2;
  }
  return gradient;
}

/**
 * Evaluates a quantity of a field on a grid in float64, or in double-double if the grid is relative to a centre.
 * Returns [height, width], row-major; row r lies at y = linspace(y0, y1, height)[r], relative to the centre.
 *
 * @param evaluator the request's field, prepared, if the caller has it.
 * @throws InvalidInputError for np.gradient along a side of one sample.
 */
export function referenceGrid(
  request: GridRequest,
  evaluator: Evaluator = createEvaluator(request.field),
): Float64Array {
  return runToEnd(referenceRows(request, evaluator));
}

function runToEnd<T>(rows: Generator<void, T>): T {
  for (;;) {
    const { done, value } = rows.next();
    if (done) return value;
  }
}

/** `referenceGrid` with a pause after each row, for callers that have something else to do meanwhile. */
function* referenceRows(
  request: GridRequest,
  evaluator: Evaluator = createEvaluator(request.field),
): Generator<void, Float64Array> {
  const { width, height, quantity } = request;
  if (isOfSamples(quantity)) {
    const values = yield* fillGrid(request, samplerOf(evaluator, 'value', request));
    return npGradient(values, width, height, QUANTITY_TRAITS[quantity].axis);
  }
  return yield* fillGrid(request, samplerOf(evaluator, quantity, request));
}

/** What `sample` and `reference` resolve to. */
export interface SampledGrid {
  readonly width: number;
  readonly height: number;
  /** [height, width], row-major, row 0 at the start of y. */
  readonly values: Float64Array;
  /** What the values are relative to, if the request asks for differences: the quantity in the middle of the grid. */
  readonly base?: number;
}

/** The grid that a request asks for, in float64, with a pause after each row. */
export function* sampledRows(request: GridRequest): Generator<void, SampledGrid> {
  const { width, height } = request;
  if (request.relative) return { width, height, ...(yield* relativeRows(request)) };
  return { width, height, values: yield* referenceRows(request) };
}

/** `sampledRows` without its pauses. */
export function sampledGrid(request: GridRequest): SampledGrid {
  return runToEnd(sampledRows(request));
}

type Sampler = (x: number, y: number) => number;

/** A quantity that a field has at a point, without neighbours. */
export type PointQuantity = Exclude<
  GridRequest['quantity'],
  'npGradientRows' | 'npGradientColumns'
>;

/** Reads a quantity at points, relative to the centre in double-double if there is one. */
export function samplerOf(
  evaluator: Evaluator,
  quantity: PointQuantity,
  relativeTo: Pick<GridRequest, 'center' | 'centerLow'> = {},
): Sampler {
  if (relativeTo.center) {
    const from = centerOf(relativeTo);
    const at = (center: DoubleDouble, rest: number) => add(center, { high: rest, low: 0 });
    return (x, y) =>
      preciseQuantity(evaluator.evaluatePrecisely(at(from.x, x), at(from.y, y)), quantity);
  }
  switch (quantity) {
    case 'value':
      return (x, y) => evaluator.value(x, y);
    case 'partial1':
      return (x, y) => evaluator.gradient(x, y)[0];
    case 'partial2':
      return (x, y) => evaluator.gradient(x, y)[1];
    case 'gradientNorm':
      return (x, y) => Math.hypot(...evaluator.gradient(x, y));
    case 'gradientDirection':
      return (x, y) => {
        const [partial1, partial2] = evaluator.gradient(x, y);
        return Math.atan2(partial2, partial1);
      };
    case 'region':
      return (x, y) => evaluator.regionId(x, y);
  }
}

function preciseQuantity(
  { value, gradient, regionId }: PreciseValue,
  quantity: PointQuantity,
): number {
  const [partial1, partial2] = gradient;
  switch (quantity) {
    case 'value':
      return value;
    case 'partial1':
      return partial1;
    case 'partial2':
      return partial2;
    case 'gradientNorm':
      return Math.hypot(partial1, partial2);
    case 'gradientDirection':
      return Math.atan2(partial2, partial1);
    case 'region':
      return regionId;
  }
}

function* fillGrid(request: GridRequest, sample: Sampler): Generator<void, Float64Array> {
  const { width, height } = request;
  const xs = linspace(request.x[0], request.x[1], width);
  const ys = linspace(request.y[0], request.y[1], height);
  const values = new Float64Array(width * height);
  let index = 0;
  for (const y of ys) {
    for (const x of xs) values[index++] = sample(x, y);
    yield;
  }
  return values;
}
