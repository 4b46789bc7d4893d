import type { Field } from '../model/field.ts';
import { logitCount } from '../model/logits.ts';

/** Bounds of a field's values that are known without evaluating it; ±Infinity if none are. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

export const UNBOUNDED: Bounds = { min: -Infinity, max: Infinity };

/** Needs no parameters of the field, so nothing is drawn from its seed. */
export function boundsOf(field: Field): Bounds {
  switch (field.kind) {
    case 'softmax':
    case 'argmax':
    case 'sigmoid':
      return { min: 0, max: 1 };
    case 'tanh':
      return { min: -1, max: 1 };
    case 'gap':
      return { min: 0, max: Math.log(logitCount(field.logits)) / field.lambda };
    default:
      return UNBOUNDED;
  }
}
