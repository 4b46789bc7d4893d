import { traitsOf } from './activations.ts';
import type { FullNetwork, NetworkLayer } from './networks.ts';
import { Mt19937 } from './random.ts';

/** From the least to the greatest value for which an input was made. */
export type InputRange = readonly [least: number, greatest: number];

/** What an input without a range is taken to be. */
const UNKNOWN_RANGE: InputRange = [-1, 1];
/** Multiplications that may be spent, some 10 ms of them, and the points on which they may be spent. */
const WORK_MAX = 2 ** 22;
const POINTS_MAX = 32;
const POINTS_MIN = 2;

/**
 * How much each input [d] tells: the root mean square, over points of the ranges, of the outputs' slopes along it, times the
 * width of its range. Where there are several outputs, slopes are those of the differences from their mean: what all
 * outputs share decides nothing between them.
 *
 * Each point costs one pass forward and one back: random signs before the outputs make the square of the summed slope that of
 * all of them in the mean. The points are the same in each call.
 *
 * Source: M. F. Hutchinson, "A stochastic estimator of the trace of the influence matrix", Communications in Statistics 18 (1989).
 * @param ranges [d]; null for an input whose range is not known
 */
export function sensitivities(
  { layers }: FullNetwork,
  ranges: readonly (InputRange | null)[],
): Float64Array {
  const bounds = ranges.map((range) => range ?? UNKNOWN_RANGE);
  const generator = new Mt19937(0);
  const uniform = () => generator.next32() / 2 ** 32;
  const squares = new Float64Array(bounds.length);
  const count = pointsFor(layers);
  for (let point = 0; point < count; point += 1) {
    const x = Float64Array.from(
      bounds,
      ([least, greatest]) => least + uniform() * (greatest - least),
    );
    const slopes = slopesAt(layers, x, signs(layers.at(-1)!.outputs, uniform));
    slopes.forEach((slope, i) => {
      squares[i]! += slope * slope;
    });
  }
  return squares.map((square, i) => {
    const [least, greatest] = bounds[i]!;
    return Math.sqrt(square / count) * (greatest - least);
  });
}

/** The two inputs that tell most, in their order; of equally telling ones those that come first. A single input is both. */
export function tellingInputs(
  network: FullNetwork,
  ranges: readonly (InputRange | null)[],
): readonly [number, number] {
  const told = sensitivities(network, ranges);
  const [first = 0, second = first] = [...told.keys()].sort((i, j) => told[j]! - told[i]! || i - j);
  return first < second ? [first, second] : [second, first];
}

function pointsFor(layers: readonly NetworkLayer[]): number {
  const weights = layers.reduce((sum, { weight }) => sum + weight.length, 0);
  return Math.min(POINTS_MAX, Math.max(POINTS_MIN, Math.floor(WORK_MAX / (2 * weights))));
}

/** 1 or −1 for each output, less their mean where there are several. */
function signs(outputs: number, uniform: () => number): Float64Array {
  const drawn = Float64Array.from({ length: outputs }, () => (uniform() < 0.5 ? -1 : 1));
  if (outputs === 1) return drawn;
  const mean = drawn.reduce((sum, sign) => sum + sign, 0) / outputs;
  return drawn.map((sign) => sign - mean);
}

/** The gradient [d] at x of the outputs' sum with these factors. */
function slopesAt(
  layers: readonly NetworkLayer[],
  x: Float64Array,
  factors: Float64Array,
): Float64Array {
  let values = x;
  const derivatives = layers.map((layer) => {
    const z = preactivations(layer, values);
    const { value, derivative } = traitsOf(layer.activation);
    values = z.map((one, i) => value(one, layer.activation, i));
    return z.map((one, i) => derivative(one, layer.activation, i));
  });
  return layers.reduceRight(
    (slopes, layer, l) =>
      backward(
        layer,
        slopes.map((slope, i) => slope * derivatives[l]![i]!),
      ),
    factors,
  );
}

function preactivations({ inputs, weight, bias }: NetworkLayer, from: Float64Array): Float64Array {
  return Float64Array.from(bias, (b, i) => {
    let sum = b;
    for (let j = 0, at = i * inputs; j < inputs; j += 1, at += 1) sum += weight[at]! * from[j]!;
    return sum;
  });
}

/** weightᵀ · slopes */
function backward({ inputs, weight }: NetworkLayer, slopes: Float64Array): Float64Array {
  const result = new Float64Array(inputs);
  slopes.forEach((slope, i) => {
    if (slope === 0) return;
    for (let j = 0, at = i * inputs; j < inputs; j += 1, at += 1) result[j]! += slope * weight[at]!;
  });
  return result;
}
