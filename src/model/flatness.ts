import type { Field, Quantity } from './field.ts';

/**
 * Whether a quantity has one value in the whole plane, except on lines: a neuron whose weights are
 * zero, and the derivatives of argmax. Then no view shows more of it.
 */
export function isFlatEverywhere(field: Field, quantity: Quantity): boolean {
  switch (field.kind) {
    case 'sigmoid':
    case 'tanh':
      return field.weight.every((weight) => weight === 0);
    case 'argmax':
      return quantity !== 'value' && quantity !== 'region';
    default:
      return false;
  }
}
