import type { Quantity } from './field.ts';
import { isIdentity } from './quantities.ts';
import { READOUTS } from './readouts.ts';
import type { ResolvedField } from './resolve.ts';

/**
 * Whether a quantity has one value in the whole plane, except on lines: an affine function whose weights are zero, and the
 * derivatives of an index. Then no view shows more of it.
 */
export function isFlatEverywhere({ plane, readout }: ResolvedField, quantity: Quantity): boolean {
  if (READOUTS[readout.kind].isIndex) return quantity !== 'value' && !isIdentity(quantity);
  return plane.layers.length === 1 && plane.layers[0]!.weight.every((weight) => weight === 0);
}
