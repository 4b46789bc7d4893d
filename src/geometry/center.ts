import { add, type Point, toNumber } from '../numeric/doubleDouble.ts';
import type { AffineMap } from './affineMap.ts';
import type { PlaneWindow } from './arrangement.ts';
import {
  type Dyadic,
  isExactly,
  multiplyDyadic,
  roundDyadic,
  sumDyadic,
  toDyadic,
} from './dyadic.ts';
import type { PreparedLayer } from './preparedLayer.ts';

/**
 * The point to which the coordinates in a window, or in the whole plane, are relative. In a deep view the plane's own
 * coordinates differ in digits that float64 does not have; offsets from the view's centre do not.
 */
export function centerOf(window: PlaneWindow | null): Point {
  const [x, y] = window?.center ?? [0, 0];
  const [xLow, yLow] = window?.centerLow ?? [0, 0];
  return { x: { high: x, low: xLow }, y: { high: y, low: yLow } };
}

/** The coordinates in the plane of an offset from the centre, rounded to float64. */
export function inPlane(center: Point, dx: number, dy: number): [x: number, y: number] {
  const x = add(center.x, { high: dx, low: 0 });
  const y = add(center.y, { high: dy, low: 0 });
  return [toNumber(x), toNumber(y)];
}

function isOrigin({ x, y }: Point): boolean {
  return [x.high, x.low, y.high, y.low].every((part) => part === 0);
}

/** The pre-activations w · c + b of the first layer at the centre, which replace its bias. */
export interface CenterValues {
  /** [outputs]: rounded once to float64. */
  readonly value: Float64Array;
  /** [outputs]: bound of that rounding's error; 0 if nothing was rounded. */
  readonly error: Float64Array;
}

/** The pre-activations of the first layer at a centre. */
export function valuesAtCenter(first: PreparedLayer, center: Point): CenterValues {
  const value = Float64Array.from(first.bias);
  const error = new Float64Array(first.outputs);
  if (isOrigin(center) && first.roundings === 0) return { value, error };
  exactPreActivations(first.exact(), center).forEach((exact, neuron) => {
    const rounded = roundDyadic(exact);
    value[neuron] = rounded;
    error[neuron] = isExactly(rounded, exact) ? 0 : Math.abs(rounded) * ROUNDING + SUBNORMAL_ERROR;
  });
  return { value, error };
}

/** Above the unit roundoff 2⁻⁵³, to cover the bound's own rounding. */
const ROUNDING = 2 ** -52;
/** Above half of float64's smallest step, where rounding is not relative. */
const SUBNORMAL_ERROR = 2 ** -1072;

/** w · c + b of each neuron of the first layer, exactly: sums of products of binary fractions. */
export function exactPreActivations({ weight, bias }: AffineMap, center: Point): Dyadic[] {
  const { x, y } = center;
  const places = [x.high, x.low, y.high, y.low].map(toDyadic);
  return bias.map((constant, neuron) => {
    const [across, up] = [weight[2 * neuron], weight[2 * neuron + 1]];
    const slopes = [across, across, up, up];
    const products = places.map((place, i) => multiplyDyadic(slopes[i], place));
    return sumDyadic([constant, ...products]);
  });
}
