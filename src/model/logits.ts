import type { Logits, Vec2 } from './field.ts';

/** A neuron of the plane: sigmoid(wᵀx + b) or tanh(wᵀx + b). */
interface Neuron {
  readonly kind: 'sigmoid' | 'tanh';
  readonly weight: Vec2;
  readonly bias: number;
}

/**
 * A neuron as gain · a component of softmax + shift: sigmoid(z) = softmax(0, z)₂, and
 * tanh(z) = 2 sigmoid(2z) − 1.
 */
export function neuronAsSoftmax({ kind, weight, bias }: Neuron) {
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
