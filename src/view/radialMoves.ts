import type { Vec2 } from '../model/field.ts';
import { type Projection, toView } from './projection.ts';
import { pan, setHalfWidth, type View } from './view.ts';

/**
 * Moves of a log-radial picture. Shifting its centre at the scale of the outer rings would move
 * everything on the inner ones out of sight, so drags and zooms keep the centre and move the rings.
 */

/** Moves what lies at one radius of the picture to another. */
export function dragRing(view: View, decades: number, from: number, to: number): View {
  return setHalfWidth(view, view.halfWidth * 10 ** (decades * (from - to)));
}

/**
 * Zooms by a power of the factor, so that a step moves the rings by the same fraction of the picture
 * for any number of decades: for two, the factor itself; for six, its third power.
 */
export function zoomRings(view: View, decades: number, factor: number): View {
  return setHalfWidth(view, view.halfWidth * factor ** Math.max(1, decades / 2));
}

/** The point under a picture coordinate becomes the centre. */
export function centerAt(view: View, projection: Projection, w: Vec2): View {
  return pan(view, toView(projection, w));
}

/**
 * The middle of a box in the picture becomes the centre, and the half-width its distance from the
 * furthest of the box's corners.
 */
export function zoomToBox(view: View, projection: Projection, w0: Vec2, w1: Vec2): View {
  const middle = toView(projection, [(w0[0] + w1[0]) / 2, (w0[1] + w1[1]) / 2]);
  const distances = [w0, w1, [w0[0], w1[1]] as const, [w1[0], w0[1]] as const].map((corner) => {
    const [x, y] = toView(projection, corner);
    return Math.hypot(x - middle[0], y - middle[1]);
  });
  const furthest = Math.max(...distances);
  if (!(furthest > 0)) return view;
  return setHalfWidth(pan(view, middle), view.halfWidth * furthest);
}
