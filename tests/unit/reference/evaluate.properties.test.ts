import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Vec2 } from '../../../src/model/field.ts';
import type { Evaluator } from '../../../src/reference/evaluator.ts';
import { resolveLogits, type ShortLogits } from '../../shorthand.ts';
import { evaluatorOf } from './evaluatorOf.ts';
import {
  lambdas,
  logitFields,
  logits,
  mlpFields,
  neuronFields,
  points,
} from './fieldArbitraries.ts';

const EPSILON = Number.EPSILON;

const anyField = fc.oneof(logitFields, neuronFields, mlpFields);

/** Points within 10 of the origin, where a finite difference has digits. */
const nearPoints = fc.tuple(
  fc.double({ min: -10, max: 10, noNaN: true }),
  fc.double({ min: -10, max: 10, noNaN: true }),
);

function countOf(source: ShortLogits): number {
  return resolveLogits(source).bias.length;
}

function centralDifferences(evaluator: Evaluator, [x, y]: Vec2, h: number): Vec2 {
  const along = (dx: number, dy: number) =>
    (evaluator.value(x + dx, y + dy) - evaluator.value(x - dx, y - dy)) /
    // The step as it was really taken, after rounding of the coordinates.
    (x + dx - (x - dx) + (y + dy - (y - dy)));
  return [along(h, 0), along(0, h)];
}

describe('every field', () => {
  it('is finite and within its bounds, and so is its gradient, for every λ and far out', () => {
    fc.assert(
      fc.property(anyField, points, (field, point) => {
        const evaluator = evaluatorOf(field);
        const value = evaluator.value(...point);
        expect(Number.isFinite(value)).toBe(true);
        expect(value).toBeGreaterThanOrEqual(evaluator.bounds.min);
        expect(value).toBeLessThanOrEqual(evaluator.bounds.max);
        for (const partial of evaluator.gradient(...point)) {
          expect(Number.isFinite(partial)).toBe(true);
          expect(Object.is(partial, -0)).toBe(false);
        }
        const id = evaluator.regionId(...point);
        expect(id).toBe(id >>> 0);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('fields of logits', () => {
  it('the gap is lse − max, and lies in [0, log(K)/λ]', () => {
    fc.assert(
      fc.property(lambdas, logits, points, (lambda, source, point) => {
        const gap = evaluatorOf({ kind: 'gap', lambda, logits: source }).value(...point);
        const lse = evaluatorOf({ kind: 'lse', lambda, logits: source }).value(...point);
        const max = evaluatorOf({ kind: 'max', logits: source }).value(...point);
        expect(gap).toBeGreaterThanOrEqual(0);
        expect(gap).toBeLessThanOrEqual(Math.log(countOf(source)) / lambda);
        // One rounding of the sum and one of the difference.
        const tolerance = 2 * EPSILON * (Math.abs(max) + gap);
        expect(Math.abs(lse - max - gap)).toBeLessThanOrEqual(tolerance);
      }),
      { numRuns: 500 },
    );
  });

  it('the gap reaches both of its bounds: log(K)/λ at a tie, 0 far from one', () => {
    for (const lambda of [1e-3, 1, 10, 100, 1e6]) {
      const gap = evaluatorOf({ kind: 'gap', lambda, logits: null });
      expect(gap.value(-4, -4)).toBe(gap.bounds.max);
      expect(gap.value(1e12, -1e12)).toBe(0);
    }
  });

  it('softmax components lie in [0, 1], sum to 1, and are the values of their fields', () => {
    fc.assert(
      fc.property(lambdas, logits, points, (lambda, source, point) => {
        const field = { kind: 'softmax', lambda, component: 0, logits: source } as const;
        const components = evaluatorOf(field).softmax(...point)!;
        const total = components.reduce((sum, component) => sum + component, 0);
        // K quotients and K sums of numbers below 1, each rounded.
        expect(Math.abs(total - 1)).toBeLessThanOrEqual(EPSILON * components.length);
        components.forEach((expected, component) => {
          expect(expected).toBeGreaterThanOrEqual(0);
          expect(evaluatorOf({ ...field, component }).value(...point)).toBe(expected);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('the gradient of lse is the softmax mean of the logits’ gradients', () => {
    fc.assert(
      fc.property(lambdas, logits, points, (lambda, source, point) => {
        const evaluator = evaluatorOf({ kind: 'lse', lambda, logits: source });
        const { weight } = resolveLogits(source);
        const pi = evaluator.softmax(...point)!;
        const gradient = evaluator.gradient(...point);
        for (const axis of [0, 1] as const) {
          const mean = weight.reduce((sum, row, k) => sum + pi[k]! * row[axis], 0);
          const size = Math.max(...weight.map((row) => Math.abs(row[axis])));
          // Two sums of K terms, the one of differences up to twice the size.
          const tolerance = 4 * EPSILON * weight.length * size;
          expect(Math.abs(gradient[axis] - mean)).toBeLessThanOrEqual(tolerance);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('argmax is 1 in exactly one component, that of the largest logit', () => {
    fc.assert(
      fc.property(logits, points, (source, point) => {
        const { weight, bias } = resolveLogits(source);
        const sigma = weight.map((row, k) => row[0] * point[0] + row[1] * point[1] + bias[k]!);
        const winner = sigma.indexOf(Math.max(...sigma));
        sigma.forEach((_, component) => {
          const evaluator = evaluatorOf({ kind: 'argmax', component, logits: source });
          expect(evaluator.value(...point)).toBe(component === winner ? 1 : 0);
        });
      }),
    );
  });
});

describe('gradients against central differences', () => {
  it('agree for the smooth fields', () => {
    const smooth = fc.oneof(
      neuronFields,
      logitFields.filter(({ kind }) => ['lse', 'gap', 'softmax'].includes(kind)),
    );
    fc.assert(
      fc.property(smooth, nearPoints, (field, point) => {
        const lambda = 'lambda' in field ? Math.min(field.lambda, 100) : 1;
        const evaluator = evaluatorOf('lambda' in field ? { ...field, lambda } : field);
        // gap and max have a kink where the winner changes; both ends must lie on one side.
        const h = 1e-5 / Math.max(1, lambda);
        const [x, y] = point;
        const ids = [
          evaluator.regionId(x + h, y),
          evaluator.regionId(x - h, y),
          evaluator.regionId(x, y + h),
          evaluator.regionId(x, y - h),
        ];
        fc.pre(field.kind !== 'gap' || new Set(ids).size === 1);
        const gradient = evaluator.gradient(...point);
        const difference = centralDifferences(evaluator, point, h);
        // Truncation is (λ h |a|)² times the slope's size λ |a| ≤ λ 4√2; rounding of a value of size
        // log(K)/λ + 100 is divided by h.
        const size = evaluator.bounds.max <= 1 ? 1 : 100 + Math.log(16) / lambda;
        const tolerance = 1e-8 * Math.max(1, lambda) + (32 * EPSILON * size) / h;
        for (const axis of [0, 1] as const) {
          expect(Math.abs(gradient[axis] - difference[axis])).toBeLessThanOrEqual(tolerance);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('agree for networks inside a region, where they are affine', () => {
    const h = 2 ** -10;
    let compared = 0;
    fc.assert(
      fc.property(mlpFields, nearPoints, (field, [x, y]) => {
        const evaluator = evaluatorOf(field);
        const id = evaluator.regionId(x, y);
        for (const axis of [0, 1] as const) {
          const [dx, dy] = axis === 0 ? [h, 0] : [0, h];
          const ends = [evaluator.regionId(x + dx, y + dy), evaluator.regionId(x - dx, y - dy)];
          if (ends.some((end) => end !== id)) continue;
          compared++;
          const difference = centralDifferences(evaluator, [x, y], h)[axis];
          // Values of size below 25, summed over at most 12 terms and 6 layers.
          const tolerance = (64 * EPSILON * 25) / h;
          const error = Math.abs(evaluator.gradient(x, y)[axis] - difference);
          expect(error).toBeLessThanOrEqual(tolerance);
        }
      }),
      { numRuns: 300 },
    );
    expect(compared).toBeGreaterThan(300);
  });
});

describe('the affine map of a network', () => {
  it('reproduces the value and has the gradient as its slope, far out too', () => {
    fc.assert(
      fc.property(mlpFields, points, (field, [x, y]) => {
        const evaluator = evaluatorOf(field);
        const { a, b } = evaluator.affineMap(x, y)!;
        expect(a).toEqual(evaluator.gradient(x, y));
        const error = Math.abs(a[0] * x + a[1] * y + b - evaluator.value(x, y));
        // As above: weights below 1/√fan-in keep the partial sums below 4 + |x| + |y|.
        expect(error).toBeLessThanOrEqual(64 * EPSILON * (4 + Math.abs(x) + Math.abs(y)));
      }),
      { numRuns: 500 },
    );
  });
});
