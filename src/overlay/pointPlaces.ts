import type { Vec2 } from '../model/field.ts';
import { projectOnSlice } from '../model/projectOnSlice.ts';
import type { State } from '../state/state.ts';
import type { PictureGeometry } from '../view/pictureGeometry.ts';
import { type View, viewCoordinate } from '../view/view.ts';

/** The place in the picture of a point u of the plane, in pixels. */
export function pixelOf(u1: number, u2: number, view: View, geometry: PictureGeometry): Vec2 {
  const point = { x: { high: u1, low: 0 }, y: { high: u2, low: 0 } };
  return geometry.toPixel(viewCoordinate(view, point));
}

/** The nearest of points [n][d] to a place in the picture; null if none is within so many pixels. */
export function nearestPoint(
  x: readonly (readonly number[])[],
  [atX, atY]: Vec2,
  reachPx: number,
  { field, view }: State,
  geometry: PictureGeometry,
): number | null {
  const { places } = projectOnSlice(field.slice, Float64Array.from(x.flat()));
  let [nearest, least]: [number | null, number] = [null, reachPx];
  for (let i = 0; i < x.length; i += 1) {
    const [px, py] = pixelOf(places[2 * i]!, places[2 * i + 1]!, view, geometry);
    const distance = Math.hypot(px - atX, py - atY);
    // The last one lies on top.
    if (distance <= least) [nearest, least] = [i, distance];
  }
  return nearest;
}
