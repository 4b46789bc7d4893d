import {
  type Cell,
  type DetailedArrangement,
  type PlaneWindow,
  WINDOW_MAX,
} from '../geometry/arrangement.ts';
import { centerOf } from '../geometry/center.ts';
import type { Vec2 } from '../model/field.ts';
import { add, type Point } from '../numeric/doubleDouble.ts';
import type { PictureGeometry } from '../view/pictureGeometry.ts';
import { DECADES_DEFAULT, DECADES_MAX } from '../view/projection.ts';
import type { View } from '../view/view.ts';
import { boxZoom, HOME, pan, setHalfWidth } from '../view/view.ts';

/** The factor by which a fitted view is larger than its content. */
const MARGIN = 1.05;
const CELL_MARGIN = 1.6;
/** A view of the thinnest region is this many times as wide as the region. */
const THIN_MARGIN = 8;

/**
 * The part of the plane that the picture shows, relative to the view's centre; for a log-radial picture
 * the square around it, since the part itself is not convex.
 */
export function windowOf(view: View, geometry: PictureGeometry): PlaneWindow {
  if (geometry.projection.kind === 'plane') return planeWindowOf(view, geometry);
  const all = Math.min(geometry.reach * view.halfWidth, WINDOW_MAX);
  return windowAround(view, all, all);
}

/** The part of the plane that a picture of the same size would show. */
export function planeWindowOf(view: View, { extent }: PictureGeometry): PlaneWindow {
  return windowAround(view, extent.halfX * view.halfWidth, extent.halfY * view.halfWidth);
}

function windowAround({ center, centerLow }: View, x: number, y: number): PlaneWindow {
  return { x: [-x, x], y: [-y, y], center, centerLow };
}

/** The view around the origin that shows all vertices. */
export function viewOfReach(reach: number): View {
  return setHalfWidth(HOME, reach * MARGIN);
}

/** Decades between the reach and the innermost vertex, at least those of a first picture. */
export function decadesOfReach({ points, reach }: DetailedArrangement): number {
  const distances = points.map(({ kind, x, y }) => (kind === 'vertex' ? Math.hypot(x, y) : 0));
  const innermost = Math.min(...distances.filter((distance) => distance > 0));
  return limitDecades(DECADES_DEFAULT, Math.log10((reach ?? 0) / innermost));
}

/**
 * The same move in a log-radial picture: the region lies in the middle third, and its surroundings
 * stay visible.
 */
export function flyInDecades(
  flight: View,
  { halfWidth }: View,
  decades: number,
): { readonly view: View; readonly decades: number } {
  const view = setHalfWidth(flight, Math.max(halfWidth, flight.halfWidth));
  const between = Math.log10(view.halfWidth / flight.halfWidth);
  return { view, decades: limitDecades(decades, between * MIDDLE_THIRD) };
}

/** Decades of the whole radius for each in its outer two thirds. */
const MIDDLE_THIRD = 3 / 2;

function limitDecades(least: number, needed: number): number {
  return Math.min(DECADES_MAX, Math.max(least, Math.ceil(needed)));
}

export interface Flight {
  readonly cell: Cell;
  /** A point of the plane inside the region. */
  readonly inside: Point;
  readonly view: View;
}

/** The bounded region with the smallest area, and a view that shows all of it; null if there is none. */
export function flyToSmallest(arrangement: DetailedArrangement, aspect: number): Flight | null {
  const cell = least(arrangement, ({ area }) => area);
  return cell && flightTo(arrangement, cell, viewOfWhole(arrangement, cell, aspect));
}

/** The bounded region with the smallest width, and a view of its middle; null if there is none. */
export function flyToThinnest(arrangement: DetailedArrangement): Flight | null {
  const cell = least(arrangement, (other) => widthOf(placesOf(arrangement, other)));
  return cell && flightTo(arrangement, cell, viewOfWidth(arrangement, cell));
}

/** The flight to a cell of an arrangement with this view. */
export function flightTo({ window }: DetailedArrangement, cell: Cell, view: View): Flight {
  const { x, y } = centerOf(window);
  const [dx, dy] = cell.interior;
  return {
    cell,
    inside: { x: add(x, { high: dx, low: 0 }), y: add(y, { high: dy, low: 0 }) },
    view,
  };
}

/** A view that shows all of a bounded cell. */
export function viewOfWhole(arrangement: DetailedArrangement, cell: Cell, aspect: number): View {
  const corners = placesOf(arrangement, cell);
  // Relative to one of its corners, so that a size far below the distance keeps its digits.
  const [first] = corners;
  const around = pan(viewOfCenter(arrangement), first!);
  const xs = corners.map(([x]) => x - first![0]);
  const ys = corners.map(([, y]) => y - first![1]);
  const fitted = boxZoom(
    around,
    [Math.min(...xs), Math.min(...ys)],
    [Math.max(...xs), Math.max(...ys)],
    aspect,
  );
  return setHalfWidth(fitted, fitted.halfWidth * CELL_MARGIN);
}

/** A view of the middle of a bounded cell, several times as wide as the cell. */
export function viewOfWidth(arrangement: DetailedArrangement, cell: Cell): View {
  const middle = pan(viewOfCenter(arrangement), cell.interior);
  return setHalfWidth(middle, (widthOf(placesOf(arrangement, cell)) * THIN_MARGIN) / 2);
}

/** The view of half-width 1 around the point to which an arrangement's places are relative. */
function viewOfCenter({ window }: DetailedArrangement): View {
  const { center = [0, 0], centerLow = [0, 0] } = window ?? {};
  return { center, centerLow, halfWidth: 1 };
}

/** Distance of the closest two parallel lines that enclose a convex polygon. */
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
