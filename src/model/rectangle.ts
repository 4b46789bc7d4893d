import type { Point } from '../numeric/doubleDouble.ts';
import type { Vec2 } from './field.ts';

/** Samples of a rectangle of the plane, evenly spaced, end points included. */
export interface SampledRectangle {
  /** First and last column; if the first lies right of the last, the grid is mirrored. */
  readonly x: readonly [number, number];
  /** First and last row. */
  readonly y: readonly [number, number];
  /** Number of columns. */
  readonly width: number;
  /** Number of rows. */
  readonly height: number;
  /**
   * The point to which x and y are relative; `centerLow` is the part of it that float64 cannot hold. It is the centre
   * of a deep view, in which neighbouring samples may have the same float64 coordinates. The origin if absent.
   */
  readonly center?: Vec2;
  readonly centerLow?: Vec2;
}

/** The square of a view, centre ± half-width, relative to the view's centre. */
export function squareOf({
  center,
  centerLow,
  halfWidth,
}: {
  readonly center: Vec2;
  readonly centerLow: Vec2;
  readonly halfWidth: number;
}): Pick<SampledRectangle, 'x' | 'y' | 'center' | 'centerLow'> {
  const side = [-halfWidth, halfWidth] as const;
  return { x: side, y: side, center, centerLow };
}

/** The point to which the sides of a rectangle are relative. */
export function centerOf({
  center = [0, 0],
  centerLow = [0, 0],
}: Pick<SampledRectangle, 'center' | 'centerLow'>): Point {
  const [x, y] = ([0, 1] as const).map((axis) => ({ high: center[axis], low: centerLow[axis] }));
  return { x: x!, y: y! };
}
