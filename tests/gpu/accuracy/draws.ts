import fc from 'fast-check';
import { type Grid, linspaceGrid, pictureGrid } from '../../../src/kernels/grid.ts';
import type { Vec2 } from '../../../src/model/field.ts';
import { twoSum } from '../../../src/numeric/doubleDouble.ts';
import { createEvaluator } from '../../../src/reference/evaluate.ts';
import { extent, type View } from '../../../src/view/view.ts';
import type { Activation } from '../../shorthand.ts';
import {
  fieldOf,
  logitCount,
  type Shorthand,
  type ShorthandKind,
  type ShortLogits,
} from '../../shorthand.ts';
import { add, type Dyadic, fromNumber, multiply, subtract } from '../../unit/reference/dyadic.ts';
import { evenly, lambdas, seeds } from '../../unit/reference/fieldArbitraries.ts';

/** A grid to evaluate, and where its samples lie, exactly and without a look at the grid's own numbers. */
export interface Window {
  readonly grid: Grid;
  readonly center: readonly [Dyadic, Dyadic];
  point(column: number, row: number): [Dyadic, Dyadic];
}

export interface Draw {
  readonly field: Shorthand;
  readonly window: Window;
}

/** What a drawn window is made of; plain numbers, which fast-check prints and shrinks. */
interface Place {
  readonly center: 'near' | 'far' | 'kink';
  /** In [−1, 1]: where the centre is, or the ends of a segment that may cross a kink. */
  readonly at: Vec2;
  readonly to: Vec2;
  /** log10 of a far centre's size, and of the half-width. */
  readonly distance: number;
  readonly halfWidth: number;
  /** How much of half an ulp of the centre is added to it. */
  readonly low: Vec2;
  readonly size: Vec2;
  /** A picture, or a request of `sample` whose axes may run backwards. */
  readonly form: 'picture' | 'sample';
  readonly reversed: readonly [boolean, boolean];
}

const pair = fc.tuple(evenly(-1, 1), evenly(-1, 1));

export function places(largestSide: number): fc.Arbitrary<Place> {
  const side = fc.integer({ min: 2, max: largestSide });
  return fc.record({
    center: fc.constantFrom('near', 'far', 'kink'),
    at: pair,
    to: pair,
    distance: evenly(0, 12),
    halfWidth: evenly(-12, 6),
    low: pair,
    size: fc.tuple(side, side),
    form: fc.constantFrom('picture', 'sample'),
    reversed: fc.tuple(fc.boolean(), fc.boolean()),
  });
}

/** Weights and biases of explicit logits: eighths, so that zeros, ties and equal rows occur, or anything. */
const weights = fc.oneof(
  fc.integer({ min: -16, max: 16 }).map((eighths) => eighths / 8),
  fc
    .tuple(evenly(-3, 1), fc.boolean())
    .map(([e, negative]) => Math.fround((negative ? -1 : 1) * 10 ** e)),
);

function logits(counts: readonly number[]): fc.Arbitrary<ShortLogits> {
  const count = fc.constantFrom(...counts);
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 3, arbitrary: fc.record({ count, seed: seeds }) },
    {
      weight: 3,
      arbitrary: count.chain((k) =>
        fc.record({
          weight: fc.array(fc.tuple(weights, weights), { minLength: k, maxLength: k }),
          bias: fc.array(weights, { minLength: k, maxLength: k }),
        }),
      ),
    },
  );
}

/** @param shapes widths of networks, or [K] for fields of K logits */
export function fields(
  kind: ShorthandKind,
  shapes: readonly number[][],
  activations: readonly Activation[] = ['relu', 'abs'],
): fc.Arbitrary<Shorthand> {
  if (kind === 'mlp') {
    return fc.record({
      kind: fc.constant(kind),
      widths: fc.constantFrom(...shapes),
      activation: fc.constantFrom(...activations),
      seed: seeds,
      outputBias: fc.constantFrom(null, 4),
    });
  }
  if (kind === 'sigmoid' || kind === 'tanh') {
    return fc.record({
      kind: fc.constant(kind),
      weight: fc.tuple(weights, weights),
      bias: weights,
    });
  }
  const index = fc.integer({ min: 0, max: 15 });
  return fc
    .tuple(lambdas, logits(shapes.map(([count]) => count!)), index)
    .map(([lambda, source, i]): Shorthand => {
      if (kind === 'max') return { kind, logits: source };
      const component = i % logitCount(source);
      if (kind === 'argmax') return { kind, component, logits: source };
      if (kind === 'softmax') return { kind, lambda, component, logits: source };
      return { kind, lambda, logits: source };
    });
}

export function windowOf(field: Shorthand, place: Place): Window {
  const view: View = { ...centerOf(field, place), halfWidth: 10 ** place.halfWidth };
  return place.form === 'picture' ? pictureWindow(view, place.size) : sampleWindow(view, place);
}

function centerOf(field: Shorthand, place: Place): Pick<View, 'center' | 'centerLow'> {
  const { at, to } = place;
  const near: Vec2 = [3 * at[0], 3 * at[1]];
  const places = {
    near: () => near,
    far: (): Vec2 => [at[0] * 10 ** place.distance, at[1] * 10 ** place.distance],
    kink: () => pointOnKink(field, near, [8 * to[0], 8 * to[1]]),
  };
  const center = places[place.center]();
  const parts = center.map((c, axis) => twoSum(c, place.low[axis]! * 2 ** -54 * Math.abs(c)));
  return {
    center: [parts[0]!.high, parts[1]!.high],
    centerLow: [parts[0]!.low, parts[1]!.low],
  };
}

/** Where the region changes on the way from a to b, as close as float64 gets; a if it does not. */
function pointOnKink(field: Shorthand, a: Vec2, b: Vec2): Vec2 {
  const { regionId } = bind(createEvaluator(fieldOf(field)));
  const start = regionId(...a);
  let [low, high] = [0, 1];
  const between = (t: number): Vec2 => [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
  if (regionId(...b) === start) return a;
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2;
    if (regionId(...between(middle)) === start) low = middle;
    else high = middle;
  }
  return between(high);
}

function bind(evaluator: ReturnType<typeof createEvaluator>) {
  return { regionId: (x: number, y: number) => evaluator.regionId(x, y) };
}

/** The middles of the cells that tile the view. */
function pictureWindow(view: View, [width, height]: Vec2): Window {
  const { halfX, halfY } = extent(width, height);
  const center = [0, 1].map((axis) =>
    add(fromNumber(view.center[axis]!), fromNumber(view.centerLow[axis]!)),
  ) as [Dyadic, Dyadic];
  const along = (axis: 0 | 1, u: number) =>
    add(center[axis], multiply(fromNumber(view.halfWidth), fromNumber(u)));
  return {
    grid: pictureGrid(view, width, height, 1),
    center,
    point: (column, row) => [
      along(0, ((2 * column + 1) / width - 1) * halfX),
      along(1, ((2 * row + 1) / height - 1) * halfY),
    ],
  };
}

/** np.linspace over float64 ends; the points between are not rounded to float64. */
function sampleWindow(view: View, { size: [width, height], reversed, low }: Place): Window {
  const ends = ([0, 1] as const).map((axis): Vec2 => {
    // Sides of different lengths, the longer one of the view's.
    const half = view.halfWidth * (axis === 0 ? 1 : 0.2 + 0.8 * Math.abs(low[0]));
    const c = view.center[axis];
    const first = c - half;
    const last = Math.max(c + half, first + 2 ** -51 * Math.abs(c));
    return reversed[axis] ? [last, first] : [first, last];
  }) as [Vec2, Vec2];
  const along = (axis: 0 | 1, t: number) => {
    const [start, stop] = ends[axis].map(fromNumber) as [Dyadic, Dyadic];
    return add(start, multiply(subtract(stop, start), fromNumber(t)));
  };
  return {
    grid: linspaceGrid(ends[0], ends[1], width, height),
    center: [along(0, 0.5), along(1, 0.5)],
    point: (column, row) => [along(0, column / (width - 1)), along(1, row / (height - 1))],
  };
}
