import type { Logits, LogitsSource, NeuronField, Vec2 } from './field.ts';
import { drawLayer } from './network.ts';
import { Mt19937 } from './random.ts';

const IDENTITY: Logits = {
  weight: [
    [1, 0],
    [0, 1],
  ],
  bias: [0, 0],
};

/** K, the number of logits. */
export function logitCount(source: LogitsSource): number {
  if (source === null) return IDENTITY.bias.length;
  return 'count' in source ? source.count : source.bias.length;
}

/** The logits themselves: the identity, the given ones, or those drawn from the seed. */
export function resolveLogits(source: LogitsSource): Logits {
  if (source === null) return IDENTITY;
  if (!('count' in source)) return source;
  const layer = drawLayer(new Mt19937(source.seed), 2, source.count);
  const weight: Vec2[] = [];
  for (let k = 0; k < source.count; k++) {
    weight.push([layer.weight[2 * k]!, layer.weight[2 * k + 1]!]);
  }
  return { weight, bias: [...layer.bias] };
}

/**
 * A neuron as gain · a component of softmax + shift: sigmoid(z) = softmax(0, z)₂, and
 * tanh(z) = 2 sigmoid(2z) − 1.
 */
export function neuronAsSoftmax({ kind, weight, bias }: NeuronField) {
  const isTanh = kind === 'tanh';
  return {
    kind: 'softmax' as const,
    logits: { weight: [[0, 0], weight], bias: [0, bias] } satisfies Logits,
    lambda: isTanh ? 2 : 1,
    component: 1,
    gain: isTanh ? 2 : 1,
    shift: isTanh ? -1 : 0,
  };
}
