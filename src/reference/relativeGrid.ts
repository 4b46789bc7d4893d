import { centerOf, type SampledRectangle } from '../model/rectangle.ts';
import { resolve } from '../model/resolve.ts';
import { add, type Point, twoSum } from '../numeric/doubleDouble.ts';
import { type AnchoredEvaluator, anchoredEvaluator } from './anchoredEvaluator.ts';
import type { GridRequest, RelativeQuantity } from './gridRequest.ts';

/** A grid of differences from its middle. */
export interface RelativeGrid {
  /** The quantity in the middle of the grid. */
  readonly base: number;
  /** [height, width], row-major: the quantity less base, with float64's relative accuracy. */
  readonly values: Float64Array;
}

interface Reader {
  readonly base: (evaluator: AnchoredEvaluator) => number;
  readonly change: (evaluator: AnchoredEvaluator, dx: number, dy: number) => number;
}

const READERS: { readonly [Q in RelativeQuantity]: Reader } = {
  value: {
    base: ({ value }) => value,
    change: (evaluator, dx, dy) => evaluator.change(dx, dy),
  },
  partial1: {
    base: ({ gradient }) => gradient[0],
    change: (evaluator, dx, dy) => evaluator.gradientChange(dx, dy)[0],
  },
  partial2: {
    base: ({ gradient }) => gradient[1],
    change: (evaluator, dx, dy) => evaluator.gradientChange(dx, dy)[1],
  },
  gradientNorm: {
    base: ({ gradient }) => Math.hypot(...gradient),
    change: normChange,
  },
};

/** The middle of a grid; of a side of one sample, that sample. */
function middleOf(rectangle: SampledRectangle): Point {
  const { x, y, width, height } = rectangle;
  const center = centerOf(rectangle);
  return { x: add(center.x, middle(x, width)), y: add(center.y, middle(y, height)) };
}

/** The quantity in the middle of a grid. */
export function baseOf(request: GridRequest): number {
  return readerOf(request).base(anchoredEvaluator(resolve(request.field), middleOf(request)));
}

/**
 * Differences of a quantity from the middle of a grid, with a pause after each row.
 * @param request of a RelativeQuantity, as `validateGridRequest` makes sure
 */
export function* relativeRows(request: GridRequest): Generator<void, RelativeGrid> {
  const { field, width, height } = request;
  const evaluator = anchoredEvaluator(resolve(field), middleOf(request));
  const { base, change } = readerOf(request);
  const values = new Float64Array(width * height);
  const across = offsets(request.x, width);
  let index = 0;
  for (const dy of offsets(request.y, height)) {
    for (const dx of across) values[index++] = change(evaluator, dx, dy);
    yield;
  }
  return { base: base(evaluator), values };
}

function readerOf({ quantity }: GridRequest): Reader {
  return READERS[quantity as RelativeQuantity];
}

function middle([start, stop]: readonly [number, number], count: number) {
  // The middle of two close float64 numbers is not always one.
  return count === 1 ? { high: start, low: 0 } : twoSum(start / 2, stop / 2);
}

/** Where the samples of a side lie from its middle. */
function offsets([start, stop]: readonly [number, number], count: number): number[] {
  const half = stop / 2 - start / 2;
  return Array.from({ length: count }, (_, i) =>
    count === 1 ? 0 : half * ((2 * i - (count - 1)) / (count - 1)),
  );
}

/** (‖b‖² − ‖a‖²) / (‖b‖ + ‖a‖), with b − a as the factor that keeps its digits. */
function normChange(evaluator: AnchoredEvaluator, dx: number, dy: number): number {
  const [a1, a2] = evaluator.gradient;
  const [b1, b2] = evaluator.gradientAt(dx, dy);
  const [c1, c2] = evaluator.gradientChange(dx, dy);
  const norms = Math.hypot(a1, a2) + Math.hypot(b1, b2);
  return norms === 0 ? 0 : c1 * ((a1 + b1) / norms) + c2 * ((a2 + b2) / norms);
}
