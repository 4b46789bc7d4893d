import { traitsOf } from '../model/activations.ts';
import type { FullNetwork, NetworkLayer } from '../model/networks.ts';
import type { Wins } from '../model/readouts.ts';

/**
 * Which class a network gives to points, in float64: the first of the outputs that win; of a single output 1 above the threshold,
 * else 0.
 * @param x [n, d], row-major
 * @param threshold of the output, if it is one
 * @returns [n]
 */
export function predictedClasses(
  { layers }: FullNetwork,
  x: Float64Array,
  wins: Wins,
  threshold = 0,
): Int32Array {
  const outputs = layers.reduce<Float64Array>(outputsOf, x);
  const width = layers.at(-1)!.outputs;
  const sign = wins === 'greatest' ? 1 : -1;
  return Int32Array.from({ length: outputs.length / width }, (_, i) => {
    const first = i * width;
    if (width === 1) return Number(outputs[first]! > threshold);
    let best = 0;
    for (let k = 1; k < width; k += 1) {
      if (sign * outputs[first + k]! > sign * outputs[first + best]!) best = k;
    }
    return best;
  });
}

/** What a layer makes of the activations [n, inputs] before it: [n, outputs]. While a network learns, every step asks for it. */
function outputsOf(
  x: Float64Array,
  { inputs, outputs, weight, bias, activation }: NetworkLayer,
): Float64Array {
  const { value } = traitsOf(activation);
  const made = new Float64Array((x.length / inputs) * outputs);
  for (let at = 0, first = 0; at < made.length; first += inputs) {
    for (let i = 0; i < outputs; i += 1, at += 1) {
      let z = bias[i]!;
      for (let j = 0; j < inputs; j += 1) z += weight[i * inputs + j]! * x[first + j]!;
      made[at] = value(z, activation, i);
    }
  }
  return made;
}
