import { describe, expect, it } from 'vitest';
import type { Vec2 } from '../../../src/model/field.ts';
import { neuronKey } from '../../../src/model/pattern.ts';
import { resolve } from '../../../src/model/resolve.ts';
import { createEvaluatorFor } from '../../../src/reference/fieldEvaluator.ts';
import type { Shorthand, ShortNetwork } from '../../shorthand.ts';
import { evaluatorOf } from './evaluatorOf.ts';
import { numpyReference } from './numpyReference.ts';

const EPSILON = Number.EPSILON;
const { points, samples, exact, kinks } = numpyReference;

interface Miss {
  readonly field: Shorthand;
  readonly point: Vec2;
  readonly actual: unknown;
  readonly expected: unknown;
}

const largest = ([a, b]: Vec2) => Math.max(Math.abs(a), Math.abs(b));
const distance = (a: Vec2, b: Vec2) => largest([a[0] - b[0], a[1] - b[1]]);

/** Samples of the given kinds in which `isClose` fails for the value or the gradient. */
function findMisses(
  kinds: readonly Shorthand['kind'][],
  tolerances: (field: Shorthand, point: Vec2) => { value: number; gradient: number } | null,
): { misses: Miss[]; compared: number } {
  const misses: Miss[] = [];
  let compared = 0;
  for (const { field, values, gradients } of samples) {
    if (!kinds.includes(field.kind)) continue;
    const evaluator = evaluatorOf(field);
    points.forEach((point, i) => {
      const tolerance = tolerances(field, point);
      if (tolerance === null) return;
      compared++;
      const value = evaluator.value(...point);
      const gradient = evaluator.gradient(...point);
      if (!(Math.abs(value - values[i]!) <= tolerance.value)) {
        misses.push({ field, point, actual: value, expected: values[i] });
      }
      if (!(distance(gradient, gradients[i]!) <= tolerance.gradient)) {
        misses.push({ field, point, actual: gradient, expected: gradients[i] });
      }
    });
  }
  return { misses, compared };
}

describe('against NumPy, SciPy and PyTorch in float64', () => {
  it('max and argmax agree to the last bit, ties included', () => {
    const { misses, compared } = findMisses(['max', 'argmax'], (field) =>
      // Drawn logits are rounded sums whose order is NumPy's affair; all others are exact.
      field.kind === 'max' && field.logits !== null && 'count' in field.logits
        ? null
        : { value: 0, gradient: 0 },
    );
    expect(misses).toEqual([]);
    expect(compared).toBeGreaterThanOrEqual(200);
  });

  it('max of drawn logits agrees within the rounding of its logits', () => {
    const { misses, compared } = findMisses(['max'], (_, point) => ({
      // Three rounded terms, each at most 1 + |x| + |y| in size.
      value: 4 * EPSILON * (1 + Math.abs(point[0]) + Math.abs(point[1])),
      gradient: 0,
    }));
    expect(misses).toEqual([]);
    expect(compared).toBe(3 * points.length);
  });

  it('lse and softmax agree where SciPy and PyTorch have digits', () => {
    const { misses, compared } = findMisses(['lse', 'softmax'], (field, point) => {
      if (field.kind !== 'lse' && field.kind !== 'softmax') return null;
      // They exponentiate a rounded λσ, so their error is that of λσ, |σ| ≤ 2 (1 + |x| + |y|).
      const size = 2 * (1 + Math.abs(point[0]) + Math.abs(point[1]));
      const exponentError = 4 * EPSILON * (1 + field.lambda * size);
      if (exponentError > 1e-6) return null;
      return field.kind === 'lse'
        ? { value: exponentError / field.lambda, gradient: 2 * exponentError }
        : { value: exponentError, gradient: 4 * field.lambda * exponentError };
    });
    expect(misses).toEqual([]);
    expect(compared).toBeGreaterThanOrEqual(500);
  });

  it('sigmoid and tanh agree to 2 ulp of 1', () => {
    const { misses, compared } = findMisses(['sigmoid', 'tanh'], () => ({
      value: 2 * EPSILON,
      gradient: 2 * EPSILON,
    }));
    expect(misses).toEqual([]);
    expect(compared).toBe(4 * points.length);
  });

  it('networks agree within the rounding of their sums', () => {
    const { misses, compared } = findMisses(['mlp'], (_, point) => ({
      // Weights below 1/√fan-in: no partial sum much exceeds 1 + |x| + |y| (and the bias of 4).
      value: 8 * EPSILON * (4 + Math.abs(point[0]) + Math.abs(point[1])),
      gradient: 4 * EPSILON,
    }));
    expect(misses).toEqual([]);
    expect(compared).toBe(4 * points.length);
  });
});

describe('against 60-digit arithmetic from exact logits', () => {
  // Here only the product with λ = 1e-3 is rounded before exp, at exponents where exp has not
  // underflowed of about 1: a few roundings in all. What is below 1e-300 may be subnormal.
  const relative = 8 * EPSILON;
  const absolute = 1e-300;

  it.each(['lse', 'gap', 'softmax', 'sigmoid', 'tanh'])(
    '%s keeps its relative accuracy',
    (kind) => {
      const entries = exact.filter(({ field }) => field.kind === kind);
      expect(entries.length).toBeGreaterThanOrEqual(2);
      for (const { field, values, gradients } of entries) {
        const evaluator = evaluatorOf(field);
        points.forEach((point, i) => {
          const where = `${JSON.stringify(field)} at ${point}`;
          const expected = values[i]!;
          const error = Math.abs(evaluator.value(...point) - expected);
          expect(error, where).toBeLessThanOrEqual(relative * Math.abs(expected) + absolute);
          const slopes = gradients[i]!;
          const slopeError = distance(evaluator.gradient(...point), slopes);
          expect(slopeError, where).toBeLessThanOrEqual(relative * largest(slopes) + absolute);
        });
      }
    },
  );
});

describe('kinks', () => {
  it.each(kinks)('a pre-activation of 0 has the derivative of PyTorch: $activation', (kink) => {
    const last = kink.weights.length - 1;
    const layers = kink.weights.map((weight, i) => ({
      weight,
      bias: kink.biases[i]!,
      activation: i === last ? ('identity' as const) : kink.activation,
    }));
    const network = { kind: 'explicit', layers } as const;
    const readout = { kind: 'output', index: 0 } as const;
    const evaluator = createEvaluatorFor(resolve({ network, slice: null, readout }));
    const values = kink.points.map((point) => evaluator.value(...point));
    const gradients = kink.points.map((point) => evaluator.gradient(...point));
    expect(values).toEqual(kink.values);
    expect(gradients).toEqual(kink.gradients);
  });

  it('a zero gradient is +0 in both parts, for any signs of the weights', () => {
    const flat: Shorthand[] = [
      { kind: 'sigmoid', weight: [-1, -1], bias: 0 },
      { kind: 'softmax', lambda: 1e6, component: 1, logits: null },
      { kind: 'argmax', component: 0, logits: null },
    ];
    for (const each of flat) expect(evaluatorOf(each).gradient(1e12, 3)).toEqual([0, 0]);
  });
});

describe('regions', () => {
  it('a field of logits is named by its first largest logit', () => {
    for (const kind of ['max', 'lse', 'gap', 'softmax', 'argmax'] as const) {
      const evaluator = evaluatorOf({ kind, lambda: 2, component: 1, logits: null });
      expect(evaluator.regionId(1, 0)).toBe(neuronKey(0));
      expect(evaluator.regionId(0, 1)).toBe(neuronKey(1));
      expect(evaluator.regionId(1, 1)).toBe(neuronKey(0));
    }
  });

  it('a neuron is active or not; its line belongs to the inactive side', () => {
    const evaluator = evaluatorOf({ kind: 'tanh', weight: [1, -1], bias: 0 });
    expect(evaluator.regionId(1, 0)).toBe(neuronKey(0));
    expect(evaluator.regionId(0, 1)).toBe(0);
    expect(evaluator.regionId(2, 2)).toBe(0);
  });

  it('a network is named by the exclusive or over its active neurons, unsigned', () => {
    const field: ShortNetwork = {
      kind: 'mlp',
      widths: [2, 9, 8, 1],
      activation: 'abs',
      seed: 5,
      outputBias: null,
    };
    const evaluator = evaluatorOf(field);
    const ids = points.map((point) => {
      const active = [...evaluator.pattern(...point)!.join('')];
      const id = active.reduce((sum, bit, i) => (bit === '1' ? sum ^ neuronKey(i) : sum), 0) >>> 0;
      expect(evaluator.regionId(...point)).toBe(id);
      return id;
    });
    expect(new Set(ids).size).toBeGreaterThan(3);
    expect(Math.max(...ids)).toBeGreaterThan(2 ** 31);
  });
});

describe('bounds', () => {
  it.each([
    [{ kind: 'softmax', lambda: 3, component: 0, logits: null }, 0, 1],
    [{ kind: 'argmax', component: 0, logits: null }, 0, 1],
    [{ kind: 'sigmoid', weight: [1, 1], bias: 0 }, 0, 1],
    [{ kind: 'tanh', weight: [1, 1], bias: 0 }, -1, 1],
    [{ kind: 'gap', lambda: 10, logits: { count: 7, seed: 1 } }, 0, Math.log(7) / 10],
    [{ kind: 'lse', lambda: 1, logits: null }, -Infinity, Infinity],
    [{ kind: 'max', logits: null }, -Infinity, Infinity],
  ] as [Shorthand, number, number][])('of %j', (field, min, max) => {
    expect(evaluatorOf(field).bounds).toEqual({ min, max });
  });
});
