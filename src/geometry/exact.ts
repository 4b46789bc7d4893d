import type { AffineMap } from './affineMap.ts';
import { exactPreActivations } from './center.ts';
import { alignNumbers, type Dyadic, lowestExponent, mantissaAt, toDyadic } from './dyadic.ts';
import type { PreparedNetwork } from './preparedNetwork.ts';

/**
 * Exact arithmetic in integers: weights, slopes and coordinates are integers times a power of two. A form (homogeneous.ts) is stored up to a positive factor, which changes no sign; within
 * one layer of one network the factor is the same for all neurons and cells.
 */
export type ExactForm = readonly [a: bigint, b: bigint, c: bigint];
export type ExactPoint = readonly [x: bigint, y: bigint, w: bigint];

interface ExactLayer {
  /** [outputs][inputs], times 2^weightShift when added to the bias. */
  readonly weight: readonly (readonly bigint[])[];
  readonly weightShift: bigint;
  /** [outputs] */
  readonly bias: readonly bigint[];
  /** The slope 1 of an active neuron, and [outputs] those of inactive ones, by a common factor. */
  readonly activeSlope: bigint;
  readonly slopes: readonly bigint[];
}

/**
 * A network's layers in integers, hidden ones and then the output; coordinates are relative to
 * the window's centre.
 */
export class ExactNetwork {
  readonly #layers: readonly ExactLayer[];
  /** The outputs are integers times 2^outputExponent. */
  readonly outputExponent: number;

  constructor({ hidden, output, center }: PreparedNetwork) {
    let exponent = 0;
    this.#layers = [...hidden, output].map((layer, index) => {
      const map = layer.exact();
      const biases = index === 0 ? exactPreActivations(map, center) : map.bias;
      const scaled = scaleMap(map, biases, exponent);
      const slopes = Array.from(layer.slopes, toDyadic);
      const slopeExponent = Math.min(0, lowestExponent(slopes));
      exponent = scaled.exponent + slopeExponent;
      return {
        ...scaled.integers,
        activeSlope: 1n << BigInt(-slopeExponent),
        slopes: slopes.map((slope) => mantissaAt(slope, slopeExponent)),
      };
    });
    this.outputExponent = exponent;
  }

  /**
   * The form of one neuron.
   *
   * @param below the form of a neuron of the layer below, or a coordinate of the plane for the first layer.
   * @param slopes [inputs]: `slope` of each neuron below; null for the first layer.
   */
  form(
    layer: number,
    neuron: number,
    below: (input: number) => ExactForm,
    slopes: readonly bigint[] | null,
  ): ExactForm {
    const { weight, weightShift, bias } = this.#layers[layer];
    let a = 0n;
    let b = 0n;
    let c = 0n;
    weight[neuron].forEach((w, input) => {
      const slope = slopes ? slopes[input] : 1n;
      if (slope === 0n || w === 0n) return;
      const factor = slope === 1n ? w : w * slope;
      const [inputA, inputB, inputC] = below(input);
      a += factor * inputA;
      b += factor * inputB;
      c += factor * inputC;
    });
    return [a << weightShift, b << weightShift, (c << weightShift) + bias[neuron]];
  }

  /** The slope of a neuron's activation, times the layer's factor. */
  slope(layer: number, neuron: number, isActive: boolean): bigint {
    const { activeSlope, slopes } = this.#layers[layer];
    return isActive ? activeSlope : slopes[neuron];
  }

  neurons(layer: number): number {
    return this.#layers[layer].bias.length;
  }
}

/** A coordinate as a form: an input of the first layer. */
export function coordinateForm(axis: number): ExactForm {
  return axis === 0 ? [1n, 0n, 0n] : [0n, 1n, 0n];
}

/** The integers of a map whose inputs are integers times 2^exponent. */
function scaleMap(
  { inputs, outputs, weight }: AffineMap,
  biases: readonly Dyadic[],
  inputExponent: number,
): { integers: Pick<ExactLayer, 'weight' | 'weightShift' | 'bias'>; exponent: number } {
  const weightExponent = lowestExponent(weight);
  const productExponent = weightExponent + inputExponent;
  const exponent = Math.min(productExponent, lowestExponent(biases));
  return {
    integers: {
      weight: Array.from({ length: outputs }, (_, output) =>
        weight
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

export function subtractForms([a, b, c]: ExactForm, [d, e, f]: ExactForm): ExactForm {
  return [a - d, b - e, c - f];
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
