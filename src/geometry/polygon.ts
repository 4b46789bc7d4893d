import type { Vec2 } from '../model/field.ts';
import type { ArrangementPoint } from './arrangement.ts';

/** Area of a polygon with finite corners, counterclockwise; relative to a corner, for accuracy. */
export function areaOf(corners: readonly ArrangementPoint[]): number {
  const { x: x0, y: y0 } = corners[0];
  let twice = 0;
  for (let i = 1; i + 1 < corners.length; i++) {
    const p = corners[i];
    const q = corners[i + 1];
    twice += (p.x - x0) * (q.y - y0) - (q.x - x0) * (p.y - y0);
  }
  return Math.max(0, twice / 2);
}

/**
 * A point inside a convex cell: the mean of its finite corners, moved along the mean of its
 * directions by about the cell's size. If a cell is thinner than float64 resolves, the point is on its border.
 */
export function interiorPointOf(corners: readonly ArrangementPoint[]): Vec2 {
  const finite = corners.filter(({ kind }) => kind !== 'infinity');
  const directions = corners.filter(({ kind }) => kind === 'infinity');
  if (finite.length === 0) return [0, 0];
  const [first] = finite;
  // Relative to a corner: the rounding of sums of large coordinates could exceed a thin cell's width.
  let dx = 0;
  let dy = 0;
  let size = 0;
  for (const { x, y } of finite) {
    dx += (x - first.x) / finite.length;
    dy += (y - first.y) / finite.length;
    size = Math.max(size, Math.hypot(x - first.x, y - first.y));
  }
  const step = size > 0 ? size : 1;
  for (const { x, y } of directions) {
    dx += step * x;
    dy += step * y;
  }
  return [first.x + dx, first.y + dy];
}
