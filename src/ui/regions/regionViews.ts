import type { Cell, DetailedArrangement, PlaneWindow } from '../../geometry/arrangement.ts';
import type { Vec2 } from '../../model/field.ts';
import type { View } from '../../view/view.ts';
import { boxZoom, HOME, planePoint, setHalfWidth, viewCoordinate } from '../../view/view.ts';
import type { PictureGeometry } from '../pictureGeometry.ts';

/** Room that is left around what a view is fitted to, as a factor. */
const MARGIN = 1.05;
const CELL_MARGIN = 1.6;
/** A view of the thinnest region is this many times as wide as the region. */
const THIN_MARGIN = 8;

/** What the picture shows of the plane; null where float64 cannot tell its sides apart. */
export function windowOf(view: View, { extent }: PictureGeometry): PlaneWindow | null {
  const low = planePoint(view, [-extent.halfX, -extent.halfY]);
  const high = planePoint(view, [extent.halfX, extent.halfY]);
  const isSeen = low.x < high.x && low.y < high.y;
  return isSeen ? { x: [low.x, high.x], y: [low.y, high.y] } : null;
}

/** The view around the origin that shows all vertices. */
export function viewOfReach(reach: number): View {
  return setHalfWidth(HOME, reach * MARGIN);
}

export interface Flight {
  readonly cell: Cell;
  readonly view: View;
}

/** The bounded region of the least area, and a view that shows all of it; null if there is none. */
export function flyToSmallest(arrangement: DetailedArrangement, aspect: number): Flight | null {
  const cell = least(arrangement, ({ area }) => area);
  if (!cell) return null;
  const corners = placesOf(arrangement, cell);
  // Around one of its corners, so that nothing is lost of a size far below its distance.
  const around: View = { center: corners[0]!, centerLow: [0, 0], halfWidth: 1 };
  const inView = corners.map(([x, y]) => viewCoordinate(around, { x, y, xLow: 0, yLow: 0 }));
  const [xs, ys] = [inView.map(([x]) => x), inView.map(([, y]) => y)];
  const fitted = boxZoom(
    around,
    [Math.min(...xs), Math.min(...ys)],
    [Math.max(...xs), Math.max(...ys)],
    aspect,
  );
  return { cell, view: setHalfWidth(fitted, fitted.halfWidth * CELL_MARGIN) };
}

/** The bounded region of the least width, and a view into its middle; null if there is none. */
export function flyToThinnest(arrangement: DetailedArrangement): Flight | null {
  const cell = least(arrangement, (other) => widthOf(placesOf(arrangement, other)));
  if (!cell) return null;
  const width = widthOf(placesOf(arrangement, cell));
  const middle: View = { center: cell.interior, centerLow: [0, 0], halfWidth: 1 };
  return { cell, view: setHalfWidth(middle, (width * THIN_MARGIN) / 2) };
}

/** Distance of the closest two parallel lines that hold a convex polygon between them. */
export function widthOf(corners: readonly Vec2[]): number {
  return Math.min(
    ...corners.map((corner, i) => {
      const next = corners[(i + 1) % corners.length]!;
      const along: Vec2 = [next[0] - corner[0], next[1] - corner[1]];
      const length = Math.hypot(...along);
      if (length === 0) return Number.POSITIVE_INFINITY;
      const distances = corners.map(
        ([x, y]) => Math.abs(along[0] * (y - corner[1]) - along[1] * (x - corner[0])) / length,
      );
      return Math.max(...distances);
    }),
  );
}

function placesOf({ points }: DetailedArrangement, cell: Cell): Vec2[] {
  return cell.corners.map((corner) => [points[corner]!.x, points[corner]!.y]);
}

function least({ cells }: DetailedArrangement, measure: (cell: Cell) => number): Cell | null {
  let found: Cell | null = null;
  let record = Number.POSITIVE_INFINITY;
  for (const cell of cells) {
    if (cell.unbounded) continue;
    const size = measure(cell);
    if (size < record) {
      record = size;
      found = cell;
    }
  }
  return found;
}
