import type { PreparedLayer, PreparedNetwork } from './preparedNetwork.ts';

/**
 * Exact arithmetic in integers. Weights are float32 and coordinates float64: integers times a power
 * of two. A form (homogeneous.ts) is kept up to a positive factor, which changes no sign; within
 * one layer of one network the factor is the same for all neurons and cells.
 */
export type ExactForm = readonly [a: bigint, b: bigint, c: bigint];
export type ExactPoint = readonly [x: bigint, y: bigint, w: bigint];

/** A number as mantissa · 2^exponent, the mantissa an odd integer or 0. */
interface Dyadic {
  readonly mantissa: bigint;
  readonly exponent: number;
}

interface ExactLayer {
  /** [outputs][inputs], times 2^weightShift when added to the bias. */
  readonly weight: readonly (readonly bigint[])[];
  readonly weightShift: bigint;
  /** [outputs] */
  readonly bias: readonly bigint[];
}

/** A network's layers in integers, hidden ones and then the output. */
export class ExactNetwork {
  readonly #layers: readonly ExactLayer[];

  constructor({ hidden, output }: PreparedNetwork) {
    let exponent = 0;
    this.#layers = [...hidden, output].map((layer) => {
      const scaled = scaleLayer(layer, exponent);
      exponent = scaled.exponent;
      return scaled.layer;
    });
  }

  /**
   * The form of one neuron.
   *
   * @param below the forms of the layer below; the plane's coordinates for the first layer.
   * @param slopes [inputs]: slope of the activation of each neuron below; null for the first layer.
   */
  form(
    layer: number,
    neuron: number,
    below: readonly ExactForm[],
    slopes: readonly number[] | null,
  ): ExactForm {
    const { weight, weightShift, bias } = this.#layers[layer];
    let a = 0n;
    let b = 0n;
    let c = 0n;
    for (let input = 0; input < below.length; input++) {
      const slope = slopes ? slopes[input] : 1;
      const w = weight[neuron][input];
      if (slope === 0 || w === 0n) continue;
      const signed = slope < 0 ? -w : w;
      a += signed * below[input][0];
      b += signed * below[input][1];
      c += signed * below[input][2];
    }
    return [a << weightShift, b << weightShift, (c << weightShift) + bias[neuron]];
  }

  neurons(layer: number): number {
    return this.#layers[layer].bias.length;
  }
}

/** The coordinates as forms: what the first layer stands on. */
export const COORDINATES: readonly ExactForm[] = [
  [1n, 0n, 0n],
  [0n, 1n, 0n],
];

/** The integers of a layer whose inputs are integers times 2^exponent. */
function scaleLayer(
  { inputs, outputs, weight, bias }: PreparedLayer,
  inputExponent: number,
): { layer: ExactLayer; exponent: number } {
  const weights = Array.from(weight, toDyadic);
  const biases = Array.from(bias, toDyadic);
  const weightExponent = lowestExponent(weights);
  const productExponent = weightExponent + inputExponent;
  const exponent = Math.min(productExponent, lowestExponent(biases));
  return {
    layer: {
      weight: Array.from({ length: outputs }, (_, output) =>
        weights
          .slice(output * inputs, (output + 1) * inputs)
          .map((value) => mantissaAt(value, weightExponent)),
      ),
      weightShift: BigInt(productExponent - exponent),
      bias: biases.map((value) => mantissaAt(value, exponent)),
    },
    exponent,
  };
}

/** A form with float64 coefficients, in integers. */
export function exactForm(a: number, b: number, c: number): ExactForm {
  const [ea, eb, ec] = alignNumbers([a, b, c]);
  return [ea, eb, ec];
}

/** A point of the plane with float64 coordinates. */
export function exactPoint(x: number, y: number): ExactPoint {
  const [ex, ey, ew] = alignNumbers([x, y, 1]);
  return [ex, ey, ew];
}

export function crossForms(first: ExactForm, second: ExactForm, sense: 1 | -1): ExactPoint {
  const [a1, b1, c1] = first;
  const [a2, b2, c2] = second;
  const x = b1 * c2 - c1 * b2;
  const y = c1 * a2 - a1 * c2;
  const w = a1 * b2 - b1 * a2;
  return sense > 0 ? [x, y, w] : [-x, -y, -w];
}

export function signOfExact(form: ExactForm, point: ExactPoint): -1 | 0 | 1 {
  const value = form[0] * point[0] + form[1] * point[1] + form[2] * point[2];
  return value > 0n ? 1 : value < 0n ? -1 : 0;
}

/** The float64 nearest to the quotient, ties to even (subnormal results may be rounded twice). */
export function roundQuotient(numerator: bigint, denominator: bigint): number {
  if (numerator === 0n) return 0;
  const isNegative = numerator < 0n !== denominator < 0n;
  const top = magnitude(numerator);
  const bottom = magnitude(denominator);
  // A quotient of at least 65 bits, the last of which is set where the division leaves a rest:
  // these round as the whole quotient would.
  const shift = Math.max(0, bitLength(bottom) - bitLength(top) + 66);
  const shifted = top << BigInt(shift);
  const quotient = shifted / bottom;
  const sticky = quotient * bottom === shifted ? quotient : quotient | 1n;
  const surplus = Math.max(0, bitLength(sticky) - 900);
  const size = scaleByPowerOfTwo(roundToNumber(sticky, surplus), surplus - shift);
  return isNegative ? -size : size;
}

/** Rounds value / 2^surplus, where the bits cut off are far below the rounding. */
function roundToNumber(value: bigint, surplus: number): number {
  if (surplus === 0) return Number(value);
  const kept = value >> BigInt(surplus);
  return Number(kept | 1n);
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

export function bitLength(size: bigint): number {
  return size === 0n ? 0 : size.toString(2).length;
}

function scaleByPowerOfTwo(value: number, exponent: number): number {
  // In two steps: 2^exponent alone may be beyond float64 where the product is not.
  const half = Math.trunc(exponent / 2);
  return value * 2 ** half * 2 ** (exponent - half);
}

function alignNumbers(values: readonly number[]): bigint[] {
  const dyadics = values.map(toDyadic);
  const exponent = lowestExponent(dyadics);
  return dyadics.map((value) => mantissaAt(value, exponent));
}

function lowestExponent(values: readonly Dyadic[]): number {
  let lowest = Infinity;
  for (const { mantissa, exponent } of values) {
    if (mantissa !== 0n && exponent < lowest) lowest = exponent;
  }
  return lowest === Infinity ? 0 : lowest;
}

function mantissaAt({ mantissa, exponent }: Dyadic, target: number): bigint {
  return mantissa === 0n ? 0n : mantissa << BigInt(exponent - target);
}

function toDyadic(value: number): Dyadic {
  if (value === 0) return { mantissa: 0n, exponent: 0 };
  let integer = value;
  let exponent = 0;
  while (!Number.isInteger(integer)) {
    // Exact: a number with a fraction is below 2^53.
    integer *= 2 ** 64;
    exponent -= 64;
  }
  let mantissa = BigInt(integer);
  const zeros = bitLength(mantissa & -mantissa) - 1;
  mantissa >>= BigInt(zeros);
  return { mantissa, exponent: exponent + zeros };
}
