import type { Point } from '../numeric/doubleDouble.ts';
import type { Vec2 } from './field.ts';

/** Samples of a rectangle of the plane, evenly spaced, end points included. */
export interface SampledRectangle {
  /** First and last column; a first that lies right of the last mirrors the grid. */
  readonly x: readonly [number, number];
  /** First and last row. */
  readonly y: readonly [number, number];
  /** Number of columns. */
  readonly width: number;
  /** Number of rows. */
  readonly height: number;
  /**
   * From where x and y count, together with `centerLow`, what float64 cannot hold of it: the centre of a
   * deep view, in which neighbouring samples may have the same float64 coordinates. The origin if absent.
   */
  readonly center?: Vec2;
  readonly centerLow?: Vec2;
}

/** The square of a view, centre ± half-width, counted from the view's centre. */
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

/** Where the sides of a rectangle count from. */
export function centerOf({
  center = [0, 0],
  centerLow = [0, 0],
}: Pick<SampledRectangle, 'center' | 'centerLow'>): Point {
  const [x, y] = ([0, 1] as const).map((axis) => ({ high: center[axis], low: centerLow[axis] }));
  return { x: x!, y: y! };
}
