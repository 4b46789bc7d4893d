import type { FullNetwork } from '../model/networks.ts';
import type { Wins } from '../model/readouts.ts';
import { forward } from './pointReading.ts';

/**
 * Which class a network gives to points, in float64: the first of the outputs that win; of a single output 1 above the threshold,
 * else 0.
 * @param x [n, d], row-major
 * @param threshold of the output, if it is one
 * @returns [n]
 */
export function predictedClasses(
  network: FullNetwork,
  x: Float64Array,
  wins: Wins,
  threshold = 0,
): Int32Array {
  const { inputs } = network.layers[0]!;
  const sign = wins === 'greatest' ? 1 : -1;
  return Int32Array.from({ length: x.length / inputs }, (_, i) => {
    const outputs = forward(network, [...x.subarray(i * inputs, (i + 1) * inputs)]);
    if (outputs.length === 1) return Number(outputs[0]! > threshold);
    return outputs.reduce((best, z, k) => (sign * z > sign * outputs[best]! ? k : best), 0);
  });
}
