import type { Field } from '../model/field.ts';
import type { Evaluator } from './evaluator.ts';
import { LogitEvaluator } from './logitEvaluator.ts';
import { MlpEvaluator } from './mlpEvaluator.ts';
import { NeuronEvaluator } from './neuronEvaluator.ts';

export type { AffineMap, Evaluator } from './evaluator.ts';

/**
 * Prepares a field for float64 evaluation: draws its network or logits once.
 * The probe reads this evaluation, and tests compare the GPU kernels with it.
 */
export function createEvaluator(field: Field): Evaluator {
  switch (field.kind) {
    case 'mlp':
      return new MlpEvaluator(field);
    case 'sigmoid':
    case 'tanh':
      return new NeuronEvaluator(field);
    default:
      return new LogitEvaluator(field);
  }
}
