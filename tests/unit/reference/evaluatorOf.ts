import type { Field } from '../../../src/model/field.ts';
import { resolve } from '../../../src/model/resolve.ts';
import type { FieldEvaluator } from '../../../src/reference/evaluator.ts';
import { createEvaluatorFor } from '../../../src/reference/fieldEvaluator.ts';
import { asNetworkField } from './asNetworkField.ts';

/** Evaluates a field of a kind as a network, a slice and a readout. */
export function evaluatorOf(field: Field): FieldEvaluator {
  return createEvaluatorFor(resolve(asNetworkField(field)));
}
