import type { Point } from '../numeric/doubleDouble.ts';

/** A point of the plane in double-double, and the half-width, the unit of relative coordinates. */
export interface Anchor extends Point {
  readonly halfWidth: number;
  /** The largest coordinate, in half-widths: 1 except in log-radial pictures that extend beyond their unit. */
  readonly reach: number;
}

/** Whether coordinates relative to two anchors are the same. */
export function equalAnchors(a: Anchor, b: Anchor): boolean {
  const isSame = (axis: 'x' | 'y') => a[axis].high === b[axis].high && a[axis].low === b[axis].low;
  return isSame('x') && isSame('y') && a.halfWidth === b.halfWidth && a.reach === b.reach;
}
