import { InvalidInputError } from '../input/invalidInput.ts';
import {
  type OnShare,
  type PrincipalDirections,
  principalDirections,
  type Rows,
} from '../numeric/principalDirections.ts';
import type { Vec2 } from './field.ts';
import type { FullNetwork } from './networks.ts';
import { restrict } from './restrict.ts';
import { defaultSlice, type Slice } from './slice.ts';
import { coordinateSlice, sliceThrough } from './slices.ts';
import { type InputRange, tellingInputs } from './tellingInputs.ts';

/** What is shown of a network that nobody has looked at yet. */
export interface FirstLook {
  /** null for the plane itself, of two inputs in their order. */
  readonly slice: Slice | null;
  /** Of the view. */
  readonly center: Vec2;
  readonly halfWidth: number;
}

/** For a network without hinges, in the plane of whose inputs nothing stands out. */
const PLAIN_HALF_WIDTH = 5;
/** The view holds this part of the first layer's hinges. */
const SEEN_HINGES = 0.75;
/** Below this ratio of deviations points lie on a line up to rounding. */
const FLATTEST = 1e-8;
/** For hinges that all pass through the middle: the picture is the same at every scale, but for those of later layers. */
const STAR_HALF_WIDTH = 1;
/** Nearer ones pass through the middle, up to rounding. */
const AT_MIDDLE = 1e-9;
const HALF_WIDTH_MIN = 1e-3;
const HALF_WIDTH_MAX = 1e6;

/**
 * A picture of a network that says something: its two most telling inputs vary over their ranges, and the others are in the
 * middle of theirs, or 0. Where a range is not known, the view holds most of the lines at which neurons of the first layer
 * switch.
 *
 * @param ranges [d], in the network's own units; null for an input whose range is not known
 */
export function firstLook(network: FullNetwork, ranges: readonly (InputRange | null)[]): FirstLook {
  return lookAtInputs(network, ranges, ...tellingInputs(network, ranges));
}

/** Likewise with the inputs i and j, which are the same if there is one. */
export function lookAtInputs(
  network: FullNetwork,
  ranges: readonly (InputRange | null)[],
  i: number,
  j: number,
): FirstLook {
  const middles = ranges.map(middleOf);
  const center: Vec2 = [middles[i]!, i === j ? 0 : middles[j]!];
  const slice = sliceOf(middles, i, j);
  const shown = [ranges[i]!, ranges[j]!];
  const halfWidth = shown.every((range) => range !== null && range[1] > range[0])
    ? Math.max(...shown.map((range) => (range![1] - range![0]) / 2))
    : reachOfHinges(network, slice, center);
  return { slice, center, halfWidth };
}

/** A given slice; the view is about its origin, and holds most hinges of the first layer. */
export function lookAtSlice(network: FullNetwork, slice: Slice | null): FirstLook {
  const center: Vec2 = [0, 0];
  return { slice, center, halfWidth: reachOfHinges(network, slice, center) };
}

/** The plane of some points of the input space. */
export interface PointsLook extends FirstLook {
  readonly slice: Slice;
}

/**
 * The plane through three points, which are its points (0, 0), (1, 0) and (0, 1); of more than three the plane of their two main
 * directions through their mean, with axes of length 1. The view holds all points, projected onto the plane. The main directions
 * are rounded to float32, so that links stay short.
 *
 * @param points [n, d]
 * @param onProgress called with the share of the work that is done
 * @throws InvalidInputError for fewer than three points, for points on a line, and for a single input
 */
export function lookAtPoints(points: Rows, onProgress?: OnShare): PointsLook {
  const { rows, columns } = points;
  if (columns < 2) {
    throw new InvalidInputError('points', 'one input', 'a network of two inputs or more');
  }
  if (rows < 3) {
    throw new InvalidInputError('points', `${rows} points`, '3, which span a plane, or more');
  }
  const main = principalDirections(points, onProgress);
  const [along, across] = main.deviations;
  if (!(across > FLATTEST * along)) {
    throw new InvalidInputError('points', `${rows} points on one line`, 'points that span a plane');
  }
  return rows === 3 ? lookThrough(points) : lookAlong(points, main);
}

function lookThrough({ columns, values }: Rows): PointsLook {
  const row = (i: number) => Array.from({ length: columns }, (_, j) => values[i * columns + j]!);
  return { slice: sliceThrough([row(0), row(1), row(2)]), center: [0.5, 0.5], halfWidth: 1 };
}

function lookAlong(points: Rows, { mean, directions }: PrincipalDirections): PointsLook {
  const round = (vector: Float64Array) => Array.from(vector, Math.fround);
  const slice = {
    origin: round(mean),
    axis1: round(directions[0]),
    axis2: round(directions[1]),
  };
  return { slice, center: [0, 0], halfWidth: reachOf(points, slice) };
}

/** The largest coordinate of the points' shadows on a plane with orthonormal axes. */
function reachOf({ rows, columns, values }: Rows, { origin, axis1, axis2 }: Slice): number {
  let reach = 0;
  for (let row = 0, at = 0; row < rows; row += 1) {
    let [u1, u2] = [0, 0];
    for (let j = 0; j < columns; j += 1, at += 1) {
      const away = values[at]! - origin[j]!;
      u1 += away * axis1[j]!;
      u2 += away * axis2[j]!;
    }
    reach = Math.max(reach, Math.abs(u1), Math.abs(u2));
  }
  return reach;
}

function sliceOf(middles: readonly number[], i: number, j: number): Slice | null {
  if (middles.length === 1) return defaultSlice(1);
  // Two inputs in their own order are the plane itself.
  return middles.length === 2 && i < j ? null : coordinateSlice(middles, i, j);
}

function middleOf(range: InputRange | null): number {
  return range === null ? 0 : range[0] + (range[1] - range[0]) / 2;
}

/** A round half-width of the square that holds most hinges of the first layer, and one beside its middle if there is one. */
function reachOfHinges(network: FullNetwork, slice: Slice | null, [x, y]: Vec2): number {
  const { layers } = restrict(network, slice, null);
  const { weight, bias } = layers[0]!;
  const distances = [...bias]
    .map((b, i) => {
      const [w1, w2] = [weight[2 * i]!, weight[2 * i + 1]!];
      return Math.abs(w1 * x + w2 * y + b) / Math.hypot(w1, w2);
    })
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  if (layers.length === 1 || distances.length === 0) return PLAIN_HALF_WIDTH;
  const nearest = distances.find((distance) => distance > AT_MIDDLE);
  if (nearest === undefined) return STAR_HALF_WIDTH;
  const most = distances[Math.ceil(SEEN_HINGES * distances.length) - 1]!;
  return roundUp(Math.min(HALF_WIDTH_MAX, Math.max(HALF_WIDTH_MIN, nearest, most)));
}

/** The next 1, 2 or 5 times a power of ten. */
function roundUp(value: number): number {
  const exponent = Math.floor(Math.log10(value));
  const candidates = [1, 2, 5, 10].map((factor) => Number(`${factor}e${exponent}`));
  return candidates.find((candidate) => candidate >= value)!;
}
