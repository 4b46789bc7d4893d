import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Field, Vec2 } from '../../../src/model/field.ts';
import { resolve } from '../../../src/model/resolve.ts';
import { createEvaluator } from '../../../src/reference/evaluate.ts';
import { createEvaluatorFor } from '../../../src/reference/fieldEvaluator.ts';
import { EPSILON } from '../expectNear.ts';
import { asNetworkField } from './asNetworkField.ts';
import { logitFields, mlpFields, neuronFields, points } from './fieldArbitraries.ts';

/** The first number that is not within its tolerance of the expected one. */
function findMiss(received: readonly number[], expected: readonly number[], tolerance: number) {
  return expected.find((value, i) => !(Math.abs(received[i]! - value) <= tolerance));
}

/** What rounding may do to value and gradient of a field of the first version, evaluated in two orders. */
function tolerances(field: Field, [x, y]: Vec2): { value: number; gradient: number } {
  // Three terms of weights and biases up to 4, in two orders of summation.
  const sums = 8 * EPSILON * 4 * (1 + Math.abs(x) + Math.abs(y));
  if (field.kind === 'mlp') return { value: 8 * sums, gradient: 64 * EPSILON };
  // Exponents are rounded to λ · sums, and e^x moves by that much of itself; slopes of softmax are at most λ · 8.
  const lambda = 'lambda' in field ? field.lambda : 2;
  const share = Math.min(1, 4 * (lambda * sums + 16 * EPSILON));
  const steepness = { lse: 8, gap: 8, max: 0, argmax: 0, softmax: 8 * lambda }[
    field.kind as string
  ];
  const value = { lse: sums, max: sums, gap: sums + 16 * EPSILON, argmax: 0 }[field.kind as string];
  return { value: value ?? share, gradient: (steepness ?? 8) * share + 64 * EPSILON };
}

describe('fields of the first version', () => {
  it('read as before', () => {
    fc.assert(
      fc.property(fc.oneof(logitFields, neuronFields, mlpFields), points, (field, point) => {
        const before = createEvaluator(field);
        const evaluator = createEvaluatorFor(resolve(asNetworkField(field)));
        const tolerance = tolerances(field, point);
        expect(evaluator.bounds).toEqual(before.bounds);
        // Where rounding decides which side of a kink, or which output, the two may differ.
        const isSameRegion = evaluator.regionId(...point) === before.regionId(...point);
        const [value] = [evaluator.value(...point)];
        if (field.kind !== 'argmax' || isSameRegion) {
          expect(findMiss([value], [before.value(...point)], tolerance.value)).toBe(undefined);
        }
        if (!isSameRegion) return;
        const miss = findMiss(
          evaluator.gradient(...point),
          before.gradient(...point),
          tolerance.gradient,
        );
        expect(miss).toBe(undefined);
        expect(evaluator.pattern(...point)).toEqual(before.pattern(...point));
        const [shares, sharesBefore] = [evaluator, before].map((each) => each.softmax(...point));
        expect(shares === null).toBe(sharesBefore === null);
        const share = tolerances({ ...field, kind: 'sigmoid' } as Field, point).value;
        expect(findMiss(shares ?? [], sharesBefore ?? [], share)).toBe(undefined);
        const [map, mapBefore] = [evaluator, before].map((each) => each.affineMap(...point));
        expect(map === null).toBe(mapBefore === null);
        if (map && mapBefore) {
          expect(findMiss([...map.a, map.b], [...mapBefore.a, mapBefore.b], 512 * EPSILON)).toBe(
            undefined,
          );
        }
      }),
      { numRuns: 1000 },
    );
  });
});
