import type { NetworkLayer } from './networks.ts';
import type { Mt19937 } from './random.ts';

/** An affine layer of float32 numbers. */
export interface DrawnLayer extends Omit<NetworkLayer, 'activation'> {
  readonly weight: Float32Array;
  readonly bias: Float32Array;
}

/**
 * Draws the next `nn.Linear(inputs, outputs)` from the generator: the weight, then the bias, both
 * uniform on [−1/√inputs, 1/√inputs).
 *
 * Bit for bit what PyTorch draws on an x86 CPU with AVX2. (Its weight comes from
 * `kaiming_uniform_(a=√5)`, which computes its bound differently, but with the same float32 result for
 * every fan-in that this project allows; tests/reference/torch has each of them.)
 */
export function drawLayer(generator: Mt19937, inputs: number, outputs: number): DrawnLayer {
  const bound = Math.fround(1 / Math.sqrt(inputs));
  const weight = drawUniform(generator, outputs * inputs, bound);
  const bias = drawUniform(generator, outputs, bound);
  return { inputs, outputs, weight, bias };
}

/**
 * `count` values uniform on [−bound, bound), like `tensor.uniform_(-bound, bound)`.
 *
 * PyTorch computes u · (to − from) + from by a fused multiply-add, which rounds once. Here
 * bound · (2u − 1) has 24 + 24 bits and is exact in float64, so that fround is the one rounding.
 */
export function drawUniform(generator: Mt19937, count: number, bound: number): Float32Array {
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const u = (generator.next32() & 0xffffff) * 2 ** -24;
    values[i] = bound * (2 * u - 1);
  }
  return values;
}

/** The number of weights and biases, e.g. 81 for [2, 20, 1]. */
export function parameterCount(widths: readonly number[]): number {
  let count = 0;
  for (let i = 1; i < widths.length; i++) count += (widths[i - 1]! + 1) * widths[i]!;
  return count;
}
