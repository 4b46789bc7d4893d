import type { Field } from '../model/field.ts';
import { logitCount } from '../model/logits.ts';

/** What is known of a field's values without evaluating it; ±Infinity where nothing is. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

export const UNBOUNDED: Bounds = { min: -Infinity, max: Infinity };

/** Needs neither the parameters of a field nor a seed's draw of them. */
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
