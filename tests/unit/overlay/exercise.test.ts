import { describe, expect, it } from 'vitest';
import {
  lineEnds,
  thresholdOutput,
  thresholdPreActivation,
} from '../../../src/overlay/exercise.ts';
import type { View } from '../../../src/view/view.ts';
import { planePoint } from '../../../src/view/view.ts';
import type { ShortNeuron } from '../../shorthand.ts';
import { EPSILON, expectNear } from '../expectNear.ts';

const sigmoid: ShortNeuron = { kind: 'sigmoid', weight: [1, -1], bias: 0 };
const home: View = { center: [0, 0], centerLow: [0, 0], halfWidth: 5 };

describe('the threshold of the exercise', () => {
  it('lies midway between the outputs for the two classes', () => {
    // (σ(0) + σ(−1)) / 2 with σ(−1) = 1 / (1 + e)
    // Three roundings of numbers below 1.
    expectNear(thresholdOutput('sigmoid'), (0.5 + 1 / (1 + Math.E)) / 2, 2 * EPSILON);
    expectNear(thresholdOutput('tanh'), Math.tanh(-1) / 2, 2 * EPSILON);
  });

  it.each(['sigmoid', 'tanh'] as const)('has the pre-activation that gives it (%s)', (kind) => {
    const z = thresholdPreActivation(kind);
    const output = kind === 'sigmoid' ? 1 / (1 + Math.exp(-z)) : Math.tanh(z);
    // A logarithm and an exponential, each off by an ulp or so of numbers below 2.
    expectNear(output, thresholdOutput(kind), 8 * EPSILON);
    expect(z).toBeGreaterThan(-1);
    expect(z).toBeLessThan(0);
  });

  it('separates the four points: class 1 above, class 0 below', () => {
    const z = thresholdPreActivation('sigmoid');
    const at = (x: number, y: number) => x - y;
    expect([at(1, 1), at(2, 2)].every((value) => value > z)).toBe(true);
    expect([at(1, 2), at(2, 3)].every((value) => value < z)).toBe(true);
  });
});

describe('lineEnds', () => {
  it.each([
    ['home', sigmoid, home],
    ['shifted', { ...sigmoid, bias: 2 }, { ...home, center: [1, 3] as const }],
    ['steep', { ...sigmoid, weight: [0.1, 20] as const }, home],
  ])('are on the line and on the circle: %s', (_, field, view) => {
    const radius = 1.5;
    const ends = lineEnds(field, view, radius);
    expect(ends).not.toBeNull();
    for (const u of ends!) {
      const {
        x: { high: x },
        y: { high: y },
      } = planePoint(view, u);
      const z = field.weight[0] * x + field.weight[1] * y + field.bias;
      // Sums of products of up to 20 · 10, rounded a few times.
      expectNear(z, thresholdPreActivation('sigmoid'), 4 * 200 * EPSILON);
      expectNear(Math.hypot(...u), radius, 8 * EPSILON);
    }
  });

  it('are none if the line misses the circle, or if there is no line', () => {
    expect(lineEnds(sigmoid, { ...home, center: [100, 0] }, 1.5)).toBeNull();
    expect(lineEnds({ ...sigmoid, weight: [0, 0] }, home, 1.5)).toBeNull();
  });

  it('stay exact at a half-width of 1e-12 on the line', () => {
    const y = -thresholdPreActivation('sigmoid');
    const view: View = { center: [0, y], centerLow: [0, 0], halfWidth: 1e-12 };
    const ends = lineEnds(sigmoid, view, 1.5)!;
    // The line has slope 1 and goes through the centre, which is exact to an ulp of y (5e-5 units).
    for (const [u1, u2] of ends) expect(Math.abs(u1 - u2)).toBeLessThan(1e-3);
  });
});
