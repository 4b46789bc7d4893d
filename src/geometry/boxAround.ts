import type { PlaneWindow } from './arrangement.ts';

/** Room on each side, as a share of the longer side. */
const MARGIN = 0.1;
/** Far from the origin this share of the distance is room, so that sides are apart in float64. */
const FAR = 2 ** -40;

/**
 * The upright rectangle of points with some room around them: a window that says how a network bends to its data, wherever a
 * person looks.
 * @param places [n, 2], row-major, n at least 1
 */
export function boxAround(places: ArrayLike<number>): PlaneWindow {
  const least = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const most = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < places.length; i += 1) {
    const axis = i % 2;
    least[axis] = Math.min(least[axis]!, places[i]!);
    most[axis] = Math.max(most[axis]!, places[i]!);
  }
  // A single point has a box, too.
  const around = MARGIN * Math.max(most[0]! - least[0]!, most[1]! - least[1]!) || 1;
  const room = Math.max(around, FAR * Math.max(...[...least, ...most].map(Math.abs)));
  const side = (axis: 0 | 1) => [least[axis]! - room, most[axis]! + room] as const;
  return { x: side(0), y: side(1) };
}
