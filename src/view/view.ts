import type { Vec2 } from '../model/field.ts';

/**
 * The part of the plane that is looked at: a centre and a half-width.
 *
 * The half-width is half the *shorter* side of the picture, so that the square
 * centre ± halfWidth is always visible whatever the aspect ratio. The centre is a double-double:
 * `center + centerLow`, because at a half-width of 1e-12 a float64 centre of size 100 moves in
 * steps of many pixels.
 */
export interface View {
  readonly center: Vec2;
  /** What float64 cannot hold of the centre, |low| ≤ ½ ulp(center); [0, 0] for most views. */
  readonly centerLow: Vec2;
  readonly halfWidth: number;
}

export const HALF_WIDTH_MIN = 1e-12;
export const HALF_WIDTH_MAX = 1e9;
