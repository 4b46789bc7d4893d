import type { Vec2 } from '../model/field.ts';
import { type Projection, toPicture } from './projection.ts';

/** The values of τ (below) at which a line bends most, relative to its point nearest to the centre. */
const BENDS = [-4, -2, -1, 0, 1, 2, 4];
/** A line nearer to the centre than this fraction of the innermost distance is taken to pass through it. */
const THROUGH = 1e-4;
/** The depth of subdivision: 2¹² pieces between two bends exceed the pixels of any picture. */
const DEPTH_MAX = 12;

/**
 * The picture of a straight segment between two view coordinates: a polyline in picture coordinates,
 * both ends included, that is nowhere further than about `tolerance` from it.
 *
 * On a line at the distance h from the centre, the point h · sinh τ along it has the distance
 * h · cosh τ: with τ as parameter its log-radial picture bends evenly at every scale.
 */
export function traceSegment(
  projection: Projection,
  from: Vec2,
  to: Vec2,
  tolerance: number,
): Vec2[] {
  const ends: [Vec2, Vec2] = [toPicture(projection, from), toPicture(projection, to)];
  if (projection.kind === 'plane') return ends;
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const reach = Math.max(Math.hypot(...from), Math.hypot(...to));
  const innermost = 10 ** -projection.decades;
  if (length === 0 || reach <= innermost) return ends;
  const along: Vec2 = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  // Relative to the nearer end, so that the distance of a line from far away keeps its digits.
  const near = Math.hypot(...from) <= Math.hypot(...to) ? from : to;
  const side = near[0] * along[1] - near[1] * along[0];
  const positions = [from, to].map(([x, y]) => x * along[0] + y * along[1]);
  const [start, end] = positions as [number, number];
  if (Math.abs(side) <= THROUGH * innermost) {
    return start < 0 && end > 0 ? [ends[0], [0, 0], ends[1]] : ends;
  }
  const h = Math.abs(side);
  const foot: Vec2 = [side * along[1], -side * along[0]];
  const place = (tau: number): Vec2 => {
    const position = h * Math.sinh(tau);
    return toPicture(projection, [foot[0] + position * along[0], foot[1] + position * along[1]]);
  };
  const [first, last] = [Math.asinh(start / h), Math.asinh(end / h)];
  // Everything inside the innermost distance is the middle.
  const inside = h < innermost ? Math.acosh(innermost / h) : 0;
  const breaks = [...BENDS, -inside, inside]
    .filter((tau) => tau > first && tau < last)
    .sort((a, b) => a - b);
  const points: Vec2[] = [ends[0]];
  let before = first;
  for (const [i, tau] of [...breaks, last].entries()) {
    const reached = i === breaks.length ? ends[1] : place(tau);
    refine(place, before, points.at(-1)!, tau, reached, tolerance, DEPTH_MAX, points);
    before = tau;
  }
  return points;
}

/** Appends the points between two points, and the second of them. */
function refine(
  place: (tau: number) => Vec2,
  from: number,
  start: Vec2,
  to: number,
  end: Vec2,
  tolerance: number,
  depth: number,
  points: Vec2[],
): void {
  const isShort = Math.hypot(end[0] - start[0], end[1] - start[1]) <= tolerance;
  if (depth > 0 && !isShort) {
    const middle = (from + to) / 2;
    const between = place(middle);
    if (distanceToSegment(between, start, end) > tolerance / 2) {
      refine(place, from, start, middle, between, tolerance, depth - 1, points);
      refine(place, middle, between, to, end, tolerance, depth - 1, points);
      return;
    }
  }
  points.push(end);
}

function distanceToSegment(point: Vec2, start: Vec2, end: Vec2): number {
  const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
  const [px, py] = [point[0] - start[0], point[1] - start[1]];
  const t = Math.min(1, Math.max(0, (px * dx + py * dy) / (dx * dx + dy * dy)));
  return Math.hypot(px - t * dx, py - t * dy);
}
