import type { Field } from '../model/field.ts';
import { resolve } from '../model/resolve.ts';
import type { FieldEvaluator } from './evaluator.ts';
import { createEvaluatorFor } from './fieldEvaluator.ts';

export type { AffineMap, Evaluator } from './evaluator.ts';

/** Prepares a field for float64 evaluation. */
export function createEvaluator(field: Field): FieldEvaluator {
  return createEvaluatorFor(resolve(field));
}
