import type { Vec2 } from '../model/field.ts';
import { extent } from './view.ts';

/**
 * The projection of the plane into the picture.
 *
 * A **picture coordinate** w is relative to the picture's middle, second axis up; half of the shorter
 * side is 1. In the plane projection it is the view coordinate itself. In the log-radial one the
 * place w, at radius ρ = |w|, shows the plane's point in the same direction whose distance from the
 * view's centre is
 *
 *     halfWidth · 10^(decades · (ρ − 1)),
 *
 * so ρ = 1 is the half-width, and each decade takes up 1 / decades of the radius. The middle itself
 * is the centre; points nearer to it than halfWidth · 10^−decades are not distinguished.
 */
export type Projection =
  | { readonly kind: 'plane' }
  | { readonly kind: 'logRadial'; readonly decades: number };

export type ProjectionKind = Projection['kind'];

export const PROJECTION_KINDS: readonly ProjectionKind[] = ['plane', 'logRadial'];

export const PLANE: Projection = { kind: 'plane' };

/**
 * Half-widths span 21 decades, but a picture a few hundred pixels wide shows no more than a dozen.
 */
export const DECADES_MIN = 1;
export const DECADES_MAX = 12;
export const DECADES_DEFAULT = 6;

/**
 * A picture many times as wide as high extends to its sides, but at most this many decades above the
 * half-width: beyond, it shows one constant distance, which float64 and float32 can still hold.
 */
export const DECADES_BEYOND = 40;

/** The view coordinate under a picture coordinate. */
export function toView(projection: Projection, w: Vec2): Vec2 {
  if (projection.kind === 'plane') return w;
  const rho = Math.hypot(...w);
  if (rho === 0) return [0, 0];
  const stretch = lengthAt(projection, rho) / rho;
  return [w[0] * stretch, w[1] * stretch];
}

/** The picture coordinate of a view coordinate: the inverse of `toView`. */
export function toPicture(projection: Projection, u: Vec2): Vec2 {
  if (projection.kind === 'plane') return u;
  const length = Math.hypot(...u);
  const rho = radiusAt(projection, length);
  return rho === 0 ? [0, 0] : [(u[0] / length) * rho, (u[1] / length) * rho];
}

/** The length of the view coordinate at a radius of the picture. */
export function lengthAt(projection: Projection, rho: number): number {
  if (projection.kind === 'plane') return rho;
  return 10 ** Math.min(DECADES_BEYOND, projection.decades * (rho - 1));
}

/** The radius in the picture at which view coordinates have this length; 0 if it is too small. */
export function radiusAt(projection: Projection, length: number): number {
  if (projection.kind === 'plane') return length;
  return Math.max(0, 1 + Math.log10(length) / projection.decades);
}

/**
 * The length scale, in half-widths, at a place of the picture: in a log-radial picture its distance
 * from the centre, since equal distances on the screen are equal ratios.
 */
export function lengthSeenAt(projection: Projection, w: Vec2): number {
  return projection.kind === 'plane' ? 1 : lengthAt(projection, Math.hypot(...w));
}

/** The radius of the picture's corners, its furthest places. */
export function cornerRadius(width: number, height: number): number {
  const { halfX, halfY } = extent(width, height);
  return Math.hypot(halfX, halfY);
}
