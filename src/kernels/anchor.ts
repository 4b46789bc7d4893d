import type { Point } from '../numeric/doubleDouble.ts';

/** A point of the plane in double-double, and the half-width, the unit of relative coordinates. */
export interface Anchor extends Point {
  readonly halfWidth: number;
  /** The largest coordinate, in half-widths: 1 except in log-radial pictures that extend beyond their unit. */
  readonly reach: number;
}
