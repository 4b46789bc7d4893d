import type { DoubleDouble } from '../numeric/doubleDouble.ts';
import type { AffineMap, Evaluator } from './evaluator.ts';

/** All that is known of a field at one point of the plane. */
export interface Probe {
  readonly value: number;
  readonly gradient: [number, number];
  /** All softmax components for a field of logits (one-hot for `max` and `argmax`), else null. */
  readonly softmax: number[] | null;
  /** One string of '1' (pre-activation > 0) and '0' per hidden layer of a network, else null. */
  readonly pattern: readonly string[] | null;
  /** For a network: value = a · x + b on the region around the point; else null. */
  readonly affineMap: AffineMap | null;
}

/** Reads a field at a point of a deep view, where neighbouring pixels may have the same float64. */
export function probeFinely(evaluator: Evaluator, x: DoubleDouble, y: DoubleDouble): Probe {
  const { regionId: _, ...probe } = evaluator.evaluatePrecisely(x, y);
  return probe;
}

/** Reads a field that `createEvaluator` has prepared. */
export function probeWith(evaluator: Evaluator, x: number, y: number): Probe {
  return {
    value: evaluator.value(x, y),
    gradient: evaluator.gradient(x, y),
    softmax: evaluator.softmax(x, y),
    pattern: evaluator.pattern(x, y),
    affineMap: evaluator.affineMap(x, y),
  };
}
