import type { Field } from '../../model/field.ts';
import type { Point } from '../../numeric/doubleDouble.ts';
import { createEvaluator } from '../../reference/evaluate.ts';
import type { FieldEvaluator } from '../../reference/evaluator.ts';
import { regionPattern } from '../../reference/regionPattern.ts';
import { keyOf } from '../../regions/regionFacts.ts';
import type { Selection } from '../../state/state.ts';

/** Finds the regions that points name, by evaluating the network there in double-double. */
export class RegionFinder {
  #prepared: { readonly field: Field; readonly evaluator: FieldEvaluator } | null = null;

  /** The key (`keyOf`) of the region that holds the point. */
  keyAt(field: Field, { x, y }: Point): string {
    if (this.#prepared?.field !== field) {
      this.#prepared = { field, evaluator: createEvaluator(field) };
    }
    return keyOf({ pattern: regionPattern(this.#prepared.evaluator, x, y) });
  }
}

/** The point by which a selection names its region. */
export function pointOf({ point, pointLow }: Selection): Point {
  return {
    x: { high: point[0], low: pointLow[0] },
    y: { high: point[1], low: pointLow[1] },
  };
}

/** The selection of the region that holds the point. */
export function selectionAt({ x, y }: Point): Selection {
  return { point: [x.high, y.high], pointLow: [x.low, y.low] };
}
