import type { Vec2 } from '../model/field.ts';
import type { ArrangementPoint, DetailedArrangement, PlaneWindow } from './arrangement.ts';

/** The width of a frame for the whole plane, relative to the reach. */
const FRAME_MARGIN = 1.25;

/** Homogeneous: a place (x, y, 1) or a direction (x, y, 0), up to a positive factor. */
type Corner = readonly [x: number, y: number, w: number];

/** The window, or a square around the origin that shows all vertices of the plane. */
export function frameOf({ window, reach }: DetailedArrangement): PlaneWindow {
  if (window) return window;
  const half = reach !== null && reach > 0 ? FRAME_MARGIN * reach : 1;
  return { x: [-half, half], y: [-half, half] };
}

/**
 * The part of a cell inside a rectangle, as plain corners; empty if they do not meet.
 *
 * Source: I. E. Sutherland, G. W. Hodgman, "Reentrant polygon clipping", CACM 17 (1974), in
 * homogeneous coordinates. No side of a cell leads from a direction to its opposite.
 */
export function clipToFrame(corners: readonly ArrangementPoint[], frame: PlaneWindow): Vec2[] {
  const { x, y } = frame;
  if (corners.every(({ kind }) => kind === 'infinity')) {
    // The whole plane: the only cell without a finite corner.
    return [
      [x[0], y[0]],
      [x[1], y[0]],
      [x[1], y[1]],
      [x[0], y[1]],
    ];
  }
  let polygon = corners.map((corner): Corner => {
    return [corner.x, corner.y, corner.kind === 'infinity' ? 0 : 1];
  });
  for (const [a, b, c] of [
    [1, 0, -x[0]],
    [-1, 0, x[1]],
    [0, 1, -y[0]],
    [0, -1, y[1]],
  ]) {
    polygon = clip(polygon, (corner) => a * corner[0] + b * corner[1] + c * corner[2]);
    // Directions along the frame's side stay, although the cell is beyond it.
    if (polygon.length < 3 && polygon.every(([, , w]) => w === 0)) return [];
    polygon = joinOpposite(polygon, [-a * c, -b * c, 1]);
  }
  return polygon.map(([px, py, w]): Vec2 => [px / w, py / w]);
}

/** Of a half-plane along the frame's side two opposite directions are left there; any place between them is a corner. */
function joinOpposite(polygon: readonly Corner[], between: Corner): Corner[] {
  return polygon.flatMap((corner, i) => {
    const next = polygon[(i + 1) % polygon.length];
    const [x, y, w] = corner;
    const isOpposite = w === 0 && next[2] === 0 && x * next[0] + y * next[1] === -1;
    return isOpposite ? [corner, between] : [corner];
  });
}

/** The part of the polygon where the value is not negative. */
function clip(polygon: readonly Corner[], measure: (corner: Corner) => number): Corner[] {
  const kept: Corner[] = [];
  polygon.forEach((corner, i) => {
    const next = polygon[(i + 1) % polygon.length];
    const value = measure(corner);
    const valueAtNext = measure(next);
    if (value >= 0) kept.push(corner);
    if (value * valueAtNext < 0) {
      const t = Math.abs(value);
      const s = Math.abs(valueAtNext);
      kept.push([
        (s * corner[0] + t * next[0]) / (s + t),
        (s * corner[1] + t * next[1]) / (s + t),
        (s * corner[2] + t * next[2]) / (s + t),
      ]);
    }
  });
  return kept;
}
