import { resolve } from '../../../src/model/resolve.ts';
import type { FieldEvaluator } from '../../../src/reference/evaluator.ts';
import { createEvaluatorFor } from '../../../src/reference/fieldEvaluator.ts';
import { fieldOf, type Shorthand } from '../../shorthand.ts';

/** Evaluates the field of a shorthand. */
export function evaluatorOf(short: Shorthand): FieldEvaluator {
  return createEvaluatorFor(resolve(fieldOf(short)));
}
