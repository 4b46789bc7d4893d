import type { DoubleDouble } from '../numeric/doubleDouble.ts';
import type { FieldEvaluator } from './evaluator.ts';
import { signsOf } from './planePass.ts';

/**
 * The activation pattern of the whole network at a point: one string per hidden layer, '1' where the pre-activation is > 0
 * (model/pattern.ts says what clamps have).
 * That of a field (`Evaluator.pattern`) ends at the neuron that it reads.
 */
export function regionPattern(
  evaluator: FieldEvaluator,
  x: DoubleDouble,
  y: DoubleDouble,
): readonly string[] {
  const { preActivations } = evaluator.outputsPrecisely(x, y);
  return signsOf(evaluator.resolved.whole.layers, preActivations);
}
