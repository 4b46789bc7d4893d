import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Vec2 } from '../../../src/model/field.ts';
import type { View } from '../../../src/view/view.ts';
import type { Shorthand } from '../../shorthand.ts';
import { add, fromNumber, multiply, subtract, toNumber } from './dyadic.ts';
import { evaluatorOf } from './evaluatorOf.ts';
import { createExactFieldDelta, exactValue } from './exactField.ts';
import { logitFields, neuronFields } from './fieldArbitraries.ts';
import { exp, fromFixedPoint, log, ONE, toFixedPoint } from './fixedPoint.ts';
import { numpyReference } from './numpyReference.ts';

describe('fixed-point exp and log', () => {
  it('know e to 50 digits', () => {
    // Source: OEIS A001113. 1/e, because exp is made for exponents of at most 0.
    const digits = 271828182845904523536028747135266249775724709369995n;
    const error = digits * exp(toFixedPoint(fromNumber(-1))) - 10n ** 50n * ONE;
    expect(Math.abs(toNumber(fromFixedPoint(error)))).toBeLessThan(1);
  });

  it('are inverse to each other and turn sums into products, to 1e-110', () => {
    const exponents = fc.double({ min: -80, max: 0, noNaN: true });
    fc.assert(
      fc.property(exponents, exponents, (a, b) => {
        const [expA, expB] = [a, b].map((x) => fromFixedPoint(exp(toFixedPoint(fromNumber(x)))));
        const both = exp(toFixedPoint(add(fromNumber(a), fromNumber(b))));
        const error = toNumber(subtract(multiply(expA!, expB!), fromFixedPoint(both)));
        expect(Math.abs(error)).toBeLessThan(1e-110);
      }),
    );
    fc.assert(
      fc.property(fc.double({ min: 1, max: 16, noNaN: true }), (x) => {
        const back = fromFixedPoint(exp(log(toFixedPoint(fromNumber(x)))));
        expect(Math.abs(toNumber(subtract(back, fromNumber(x))))).toBeLessThan(1e-110);
      }),
    );
  });
});

describe('exactValue', () => {
  it('agrees with 60-digit decimal arithmetic to the last bit', () => {
    let compared = 0;
    for (const { field, values } of numpyReference.exact) {
      if (field.kind === 'mlp') throw new Error('received a network, expected a smooth field');
      numpyReference.points.forEach(([x, y], i) => {
        const expected = values[i]!;
        if (expected !== 0 && Math.abs(expected) < 1e-100) return;
        compared++;
        const actual = toNumber(exactValue(field, fromNumber(x), fromNumber(y)));
        expect(
          Math.abs(actual) < 1e-100 ? 0 : actual,
          `${JSON.stringify(field)} at ${x}, ${y}`,
        ).toBe(expected);
      });
    }
    expect(compared).toBeGreaterThan(600);
  });
});

describe('createExactFieldDelta', () => {
  const unit = fc.double({ min: -1, max: 1, noNaN: true });
  const offsets: fc.Arbitrary<Vec2> = fc.tuple(unit, unit);
  const smoothFields = fc
    .oneof(logitFields, neuronFields)
    .filter(({ kind }) => ['lse', 'softmax', 'sigmoid', 'tanh'].includes(kind));

  it('is the slope times u where the view is so small that the field is affine in it', () => {
    fc.assert(
      fc.property(smoothFields, offsets, offsets, (field, center, u) => {
        const lambda = 'lambda' in field ? Math.min(field.lambda, 100) : 1;
        const tame: Shorthand = 'lambda' in field ? { ...field, lambda } : field;
        const view: View = { center, centerLow: [0, 0], halfWidth: 1e-12 };
        const [a1, a2] = evaluatorOf(tame).gradient(...center);
        const error = Math.abs(createExactFieldDelta(tame, view)(u) - (a1 * u[0] + a2 * u[1]));
        // Second derivatives up to (λ |a|)² with |a| ≤ 8, times s; rounding of the gradient.
        const slope = 8 * Math.max(1, lambda);
        expect(error).toBeLessThanOrEqual(1e-12 * slope ** 2 + 1e-12 * slope);
      }),
      { numRuns: 60 },
    );
  });

  it('is the difference of values where float64 can still represent it', () => {
    for (const field of [
      { kind: 'max', logits: { count: 5, seed: 1 } },
      { kind: 'gap', lambda: 2, logits: null },
      { kind: 'argmax', component: 1, logits: null },
      { kind: 'mlp', widths: [2, 5, 5, 1], activation: 'relu', seed: 2, outputBias: null },
    ] satisfies Shorthand[]) {
      const view: View = { center: [0.5, 0.25], centerLow: [0, 0], halfWidth: 2 };
      const evaluator = evaluatorOf(field);
      const expected = (evaluator.value(-0.5, 1.75) - evaluator.value(0.5, 0.25)) / 2;
      // Values of size 1, rounded a few times.
      const error = Math.abs(createExactFieldDelta(field, view)([-0.5, 0.75]) - expected);
      expect(error).toBeLessThanOrEqual(1e-14);
      expect(expected).not.toBe(0);
    }
  });

  it('keeps the digits of a saturated softmax that float64 differences lose', () => {
    const field = { kind: 'softmax', lambda: 1, component: 0, logits: null } as const;
    const view: View = { center: [40, 0], centerLow: [0, 0], halfWidth: 2 ** -40 };
    const delta = createExactFieldDelta(field, view)([1, 0]);
    const slope = Math.exp(-40);
    expect(Math.abs(delta / slope - 1)).toBeLessThan(1e-11);
    const lost = evaluatorOf(field);
    expect(lost.value(40 + 2 ** -40, 0) - lost.value(40, 0)).toBe(0);
  });
});
