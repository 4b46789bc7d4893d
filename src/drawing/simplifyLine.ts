import type { Vec2 } from '../model/field.ts';

/**
 * The line without the points that it does not need: no point of it is further than the tolerance from the result. Both ends
 * stay.
 *
 * Source: D. Douglas and T. Peucker, "Algorithms for the reduction of the number of points required to represent
 * a digitized line or its caricature", Cartographica 10 (1973).
 */
export function simplifyLine(points: readonly Vec2[], tolerance: number): Vec2[] {
  const isKept = new Uint8Array(points.length);
  const last = points.length - 1;
  isKept[0] = 1;
  isKept[last] = 1;
  const spans: [number, number][] = [[0, last]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span;
    const { index, distance } = farthest(points, from, to);
    if (!(distance > tolerance)) continue;
    isKept[index] = 1;
    spans.push([from, index], [index, to]);
  }
  return points.filter((_, i) => isKept[i] === 1);
}

/** The point between two others that is farthest from the segment between them. */
function farthest(points: readonly Vec2[], from: number, to: number) {
  const [a, b] = [points[from]!, points[to]!];
  let [index, distance] = [from, 0];
  for (let i = from + 1; i < to; i += 1) {
    const here = distanceFrom(points[i]!, a, b);
    if (here > distance) [index, distance] = [i, here];
  }
  return { index, distance };
}

function distanceFrom([x, y]: Vec2, [ax, ay]: Vec2, [bx, by]: Vec2): number {
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : ((x - ax) * dx + (y - ay) * dy) / squared;
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - share * dx, y - ay - share * dy);
}
