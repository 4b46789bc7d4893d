import type { Point } from '../numeric/doubleDouble.ts';
import type { CutResult } from './cutCells.ts';
import { alignNumbers, magnitude, roundQuotient } from './dyadic.ts';
import type { ExactPoint } from './exact.ts';
import { quotientError } from './homogeneous.ts';

/** Points of the subdivision where hinges meet, without those on the window's border or on helpers. */
export function findVertices({ subdivision }: CutResult): number[] {
  const vertices: number[] = [];
  for (let point = 0; point < subdivision.points.count; point++) {
    if (subdivision.isVertex(point)) vertices.push(point);
  }
  return vertices;
}

/**
 * max(|x|, |y|) over the vertices, relative to the origin and rounded once; null without vertices.
 *
 * Float64 intervals leave few candidates, and these are compared exactly.
 */
export function findReach(cut: CutResult, vertices: readonly number[]): number | null {
  if (vertices.length === 0) return null;
  const { center } = cut.network;
  let greatestLower = 0;
  const upper = vertices.map((point) => {
    const { lower, upper } = distanceInterval(cut, point, center);
    if (lower > greatestLower) greatestLower = lower;
    return upper;
  });
  const exactCenter = toExactPoint(center);
  let greatest: readonly [bigint, bigint] = [0n, 1n];
  vertices.forEach((point, i) => {
    // Not "<", which is false for NaN: such a vertex stays a candidate.
    if (upper[i] < greatestLower) return;
    const candidate = distance(cut.exact.point(point), exactCenter);
    if (candidate[0] * greatest[1] > greatest[0] * candidate[1]) greatest = candidate;
  });
  return roundQuotient(greatest[0], greatest[1]);
}

/** Relative room for the few roundings below. */
const MARGIN = 2 ** -40;

/** Bounds of max(|x|, |y|) of a point. */
function distanceInterval({ subdivision, network }: CutResult, point: number, center: Point) {
  const { points } = subdivision;
  const w = points.w[point];
  const interval = (top: number, error: number, high: number, low: number) => {
    const offset = top / w;
    const sum = Math.abs(high) + Math.abs(offset);
    const { threshold } = network.underflow;
    const offsetError = quotientError(points, point, Math.abs(offset), error, threshold);
    const room = offsetError + Math.abs(low) + MARGIN * sum;
    const size = Math.abs(high + offset);
    return { lower: size - room, upper: size + room };
  };
  const x = interval(points.x[point], points.errorX[point], center.x.high, center.x.low);
  const y = interval(points.y[point], points.errorY[point], center.y.high, center.y.low);
  return { lower: Math.max(x.lower, y.lower), upper: Math.max(x.upper, y.upper) };
}

function toExactPoint({ x, y }: Point): ExactPoint {
  const [ex, exLow, ey, eyLow, ew] = alignNumbers([x.high, x.low, y.high, y.low, 1]);
  return [ex + exLow, ey + eyLow, ew];
}

/** max(|x|, |y|) of the sum of both points as a fraction. */
function distance([x, y, w]: ExactPoint, [cx, cy, cw]: ExactPoint): readonly [bigint, bigint] {
  const sizeX = magnitude(x * cw + cx * w);
  const sizeY = magnitude(y * cw + cy * w);
  return [sizeX > sizeY ? sizeX : sizeY, w * cw];
}
