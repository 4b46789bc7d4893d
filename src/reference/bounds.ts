import type { Quantity } from '../model/field.ts';

/** Bounds of a field's values that are known without evaluating it; ±Infinity if none are. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

export const UNBOUNDED: Bounds = { min: -Infinity, max: Infinity };

/** Those of a quantity of a field whose values have these bounds. */
export function boundsOf(quantity: Quantity, ofValue: Bounds): Bounds {
  return quantity === 'value' ? ofValue : UNBOUNDED;
}
