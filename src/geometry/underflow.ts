import type { PlaneWindow } from './arrangement.ts';
import type { CenterValues } from './center.ts';
import type { PreparedLayer } from './preparedLayer.ts';

/**
 * Error bounds of float64 sums and products hold only if nothing underflows. All values here
 * are sums of products of at most three chains of weights through the layers (a crossing of two
 * lines, tested against a third one), so the weights show in advance where underflow could matter.
 */
export interface UnderflowGuard {
  /** Exact arithmetic decides on a value of at most this magnitude. */
  readonly threshold: number;
  /**
   * Whether a value of 0 with an error bound of 0 is exactly 0, like a sum without terms; else
   * the bound itself may have underflowed.
   */
  readonly trustsZeros: boolean;
}

const CHAINS = 3;
/** A sum may cancel down to its rounding error, which one chain of products can contain once. */
const BITS_LOST_BY_A_CHAIN = 53;
const EXPONENT_RANGE = 1000;

/** The guard of layers and the values of the first one at the centre. @param window null for the whole plane */
export function guardUnderflow(
  layers: readonly PreparedLayer[],
  { value }: CenterValues,
  window: PlaneWindow | null,
): UnderflowGuard {
  const corners = window ? [...window.x, ...window.y].map(Math.abs) : [];
  const starts = [...corners, ...Array.from(value, Math.abs)];
  // Bounds of a chain's sum, and of the smallest numbers in it.
  let growth = Math.max(1, ...corners) + sumOf(starts);
  let smallestStart = smallestOf(starts);
  let smallestWeight = 1;
  let smallestSlope = 1;
  for (const { weight, bias, slopes } of layers) {
    growth = (Math.max(1, sumOf(weight)) * growth + sumOf(bias)) * greatestOf(slopes);
    smallestStart = Math.min(smallestStart, smallestOf(bias));
    smallestWeight = Math.min(smallestWeight, smallestOf(weight));
    smallestSlope = Math.min(smallestSlope, smallestOf(slopes));
  }
  // A chain starts from a bias or a coordinate, and passes one weight and one slope of each layer.
  const smallestBits =
    -Math.log2(smallestStart) - layers.length * Math.log2(smallestWeight * smallestSlope);
  const trustsZeros =
    CHAINS * (BITS_LOST_BY_A_CHAIN + smallestBits) < EXPONENT_RANGE && !layers.some(losesNumbers);
  return { threshold: 2 ** -EXPONENT_RANGE * growth ** CHAINS, trustsZeros };
}

/** Whether a number of the layer is 0 only because it was rounded. */
function losesNumbers(layer: PreparedLayer): boolean {
  if (layer.roundings === 0) return false;
  const { weight, bias } = layer.exact();
  return (
    layer.weight.some((value, i) => value === 0 && weight[i].mantissa !== 0n) ||
    layer.bias.some((value, i) => value === 0 && bias[i].mantissa !== 0n)
  );
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.abs(values[i]);
  return sum;
}

/** The largest magnitude, or 1 if that is larger. */
function greatestOf(values: Float64Array): number {
  return values.reduce((greatest, value) => Math.max(greatest, Math.abs(value)), 1);
}

/** The smallest nonzero magnitude, or 1 if that is smaller. */
function smallestOf(values: ArrayLike<number>): number {
  let smallest = 1;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]);
    if (size > 0 && size < smallest) smallest = size;
  }
  return smallest;
}
