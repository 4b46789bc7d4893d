import { InvalidInputError } from '../input/invalidInput.ts';
import type { Vec2 } from '../model/field.ts';
import type { DoubleDouble, Point } from '../numeric/doubleDouble.ts';
import { add, negate, scale, toNumber, twoProduct, twoSum } from '../numeric/doubleDouble.ts';

/**
 * The visible part of the plane: a centre and a half-width.
 *
 * The half-width is half the *shorter* side of the picture, so that the square
 * centre ± halfWidth is visible for any aspect ratio. The centre is a double-double:
 * `center + centerLow`, because at a half-width of 1e-12 a float64 centre of size 100 moves in
 * steps of many pixels.
 */
export interface View {
  readonly center: Vec2;
  /** The part of the centre that float64 cannot hold, |low| ≤ ½ ulp(center); [0, 0] for most views. */
  readonly centerLow: Vec2;
  readonly halfWidth: number;
}

/** The half-widths of valid views. */
export const HALF_WIDTH_MIN = 1e-12;
export const HALF_WIDTH_MAX = 1e9;

/** No centre lies further out, per coordinate: double-double still resolves 1e-8 of HALF_WIDTH_MIN there. */
export const CENTER_MAX = 1e12;

/** Half-widths that the page offers. */
export const HALF_WIDTH_PRESETS: readonly number[] = [5, 10, 100, 500, 1000];

/** Where a panel begins, and where the house leads. */
export const HOME: View = { center: [0, 0], centerLow: [0, 0], halfWidth: 5 };

/** Half the sides of the picture in units of the half-width; the shorter one is 1. */
export interface Extent {
  readonly halfX: number;
  readonly halfY: number;
}

/**
 * Moves the centre by `du`, in units of the half-width, second axis up.
 *
 * @throws InvalidInputError unless `du` is finite.
 */
export function pan(view: View, du: Vec2): View {
  return moveCenter(view, { high: view.halfWidth, low: 0 }, du, view.halfWidth);
}

/**
 * Multiplies the half-width by `factor` (below 1 zooms in) and keeps the plane point under the view
 * coordinate `u` in place. At a limit of the half-width the factor is reduced accordingly.
 *
 * @throws InvalidInputError unless `u` is finite and `factor` positive and finite.
 */
export function zoomAbout(view: View, u: Vec2, factor: number): View {
  if (!(factor > 0 && factor < Infinity)) {
    throw new InvalidInputError('factor', factor, 'a positive finite number');
  }
  const halfWidth = clampHalfWidth(view.halfWidth * factor);
  // c + s·u = c' + s'·u, and s − s' need not be a float64.
  return moveCenter(view, twoSum(view.halfWidth, -halfWidth), u, halfWidth);
}

/** The same centre with another half-width, clamped to the limits. */
export function setHalfWidth(view: View, halfWidth: number): View {
  return { ...view, halfWidth: clampHalfWidth(halfWidth) };
}

/**
 * The smallest view that shows the whole box with the opposite corners `u0` and `u1` (view
 * coordinates) in a picture of the given aspect (width / height). A box whose sides are both 0
 * leaves the view unchanged.
 */
export function boxZoom(view: View, u0: Vec2, u1: Vec2, aspect: number): View {
  const { halfX, halfY } = extent(aspect, 1);
  const factor = Math.max(Math.abs(u1[0] - u0[0]) / halfX, Math.abs(u1[1] - u0[1]) / halfY) / 2;
  if (!(factor > 0)) return view;
  const middle: Vec2 = [(u0[0] + u1[0]) / 2, (u0[1] + u1[1]) / 2];
  return setHalfWidth(pan(view, middle), view.halfWidth * factor);
}

/** The plane point under the view coordinate `u`, to about 2⁻¹⁰⁴ of its size. */
export function planePoint(view: View, u: Vec2): Point {
  const x = add(centerPart(view, 0), twoProduct(view.halfWidth, u[0]));
  const y = add(centerPart(view, 1), twoProduct(view.halfWidth, u[1]));
  return { x, y };
}

/** The view coordinate of a plane point: the inverse of `planePoint`. */
export function viewCoordinate(view: View, point: Point): Vec2 {
  const x = add(point.x, negate(centerPart(view, 0)));
  const y = add(point.y, negate(centerPart(view, 1)));
  return [toNumber(x) / view.halfWidth, toNumber(y) / view.halfWidth];
}

/**
 * Half the sides of a picture of this size (pixels, or any common unit), in units of the half-width.
 *
 * @throws InvalidInputError unless both sides are positive and finite.
 */
export function extent(width: number, height: number): Extent {
  for (const [path, side] of [
    ['width', width],
    ['height', height],
  ] as const) {
    if (!(side > 0 && side < Infinity)) {
      throw new InvalidInputError(path, side, 'a positive finite number');
    }
  }
  return { halfX: Math.max(1, width / height), halfY: Math.max(1, height / width) };
}

/** The view coordinate of a picture position, in pixels from the top left corner. */
export function pixelToView(xPx: number, yPx: number, widthPx: number, heightPx: number): Vec2 {
  const { halfX, halfY } = extent(widthPx, heightPx);
  return [((2 * xPx) / widthPx - 1) * halfX, (1 - (2 * yPx) / heightPx) * halfY];
}

/** Whether two views show exactly the same part of the plane. */
export function equalViews(a: View, b: View): boolean {
  return (
    a.halfWidth === b.halfWidth &&
    a.center[0] === b.center[0] &&
    a.center[1] === b.center[1] &&
    a.centerLow[0] === b.centerLow[0] &&
    a.centerLow[1] === b.centerLow[1]
  );
}

function centerPart(view: View, axis: 0 | 1): DoubleDouble {
  return { high: view.center[axis], low: view.centerLow[axis] };
}

/** The view with its centre moved by length · u, clamped to the limits, and with the given half-width. */
function moveCenter(view: View, length: DoubleDouble, u: Vec2, halfWidth: number): View {
  if (!u.every(Number.isFinite)) throw new InvalidInputError('u', u.join(', '), 'finite numbers');
  const x = clampCenter(add(centerPart(view, 0), scale(length, u[0])));
  const y = clampCenter(add(centerPart(view, 1), scale(length, u[1])));
  return { center: [x.high, y.high], centerLow: [x.low, y.low], halfWidth };
}

function clampCenter(center: DoubleDouble): DoubleDouble {
  if (center.high > CENTER_MAX || (center.high === CENTER_MAX && center.low > 0)) {
    return { high: CENTER_MAX, low: 0 };
  }
  if (center.high < -CENTER_MAX || (center.high === -CENTER_MAX && center.low < 0)) {
    return { high: -CENTER_MAX, low: 0 };
  }
  return center;
}

function clampHalfWidth(halfWidth: number): number {
  return Math.min(HALF_WIDTH_MAX, Math.max(HALF_WIDTH_MIN, halfWidth));
}
