import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Vec2 } from '../../../src/model/field.ts';
import type { View } from '../../../src/view/view.ts';
import type { Network } from '../../shorthand.ts';
import { drawNetwork } from '../../shorthand.ts';
import { expectNear } from '../expectNear.ts';
import { add, fromNumber, multiply, quotientToNumber, subtract, toNumber } from './dyadic.ts';
import { evaluatorOf } from './evaluatorOf.ts';
import { createExactDelta, exactDelta, exactMlp, exactPoint } from './exactMlp.ts';
import { coordinates, mlpFields, networkOf, points } from './fieldArbitraries.ts';

const EPSILON = Number.EPSILON;

/** Either sign, sizes from 1e-100 to 1e100: no result is subnormal or infinite. */
const numbers = fc.oneof(
  fc.constantFrom(0, 1, -1, 2 ** 53 + 2, 0.1, 1 / 3),
  fc.double({ min: 1e-100, max: 1e100, noNaN: true }),
  fc.double({ min: -1e100, max: -1e-100, noNaN: true }),
);

describe('dyadic arithmetic', () => {
  it('rounds sums, differences, products and quotients as IEEE float64 does', () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const [exactA, exactB] = [fromNumber(a), fromNumber(b)];
        expect(toNumber(exactA)).toBe(a);
        expect(toNumber(add(exactA, exactB))).toBe(a + b);
        expect(toNumber(subtract(exactA, exactB))).toBe(a - b);
        expect(toNumber(multiply(exactA, exactB)) + 0).toBe(a * b + 0);
        if (b !== 0) expect(quotientToNumber(exactA, exactB) + 0).toBe(a / b + 0);
      }),
      { numRuns: 2000 },
    );
  });

  it('rounds halves to even, and what is beyond a half up', () => {
    const half = { mantissa: 2n ** 53n + 1n, exponent: 0 };
    expect(toNumber(half)).toBe(2 ** 53);
    const beyond = { mantissa: (half.mantissa << 100n) + 1n, exponent: -100 };
    expect(toNumber(beyond)).toBe(2 ** 53 + 2);
    expect(toNumber({ mantissa: -beyond.mantissa, exponent: -100 })).toBe(-(2 ** 53) - 2);
    expect(toNumber({ mantissa: 2n ** 53n + 3n, exponent: 0 })).toBe(2 ** 53 + 4);
  });

  it('keeps what float64 loses', () => {
    const sum = add(fromNumber(1e12), fromNumber(1e-30));
    expect(toNumber(subtract(sum, fromNumber(1e12)))).toBe(1e-30);
  });

  it('rejects anything but a dyadic rational', () => {
    expect(() => fromNumber(Number.NaN)).toThrow('received NaN, expected a finite number');
    expect(() => quotientToNumber(fromNumber(1), fromNumber(0))).toThrow(RangeError);
  });
});

/** The largest error of the float64 evaluator's value, in units of EPSILON (4 + |x| + |y|). */
function valueError(network: Network, value: number, [x, y]: Vec2): number {
  const { value: exact } = exactMlp(network, fromNumber(x), fromNumber(y));
  const error = Math.abs(toNumber(subtract(fromNumber(value), exact)));
  return error / (EPSILON * (4 + Math.abs(x) + Math.abs(y)));
}

describe('exactMlp', () => {
  it('agrees with a calculation by hand of relu(x) − 2 relu(y − x) + ½ is', () => {
    const network = networkOf(
      'relu',
      [
        [
          [1, 0],
          [-1, 1],
        ],
        [[1, -2]],
      ],
      [[0, 0], [0.5]],
    );
    const at = (x: number, y: number) => {
      const { value, gradient, pattern, preActivations } = exactMlp(
        network,
        fromNumber(x),
        fromNumber(y),
      );
      return {
        value: toNumber(value),
        gradient: gradient.map(toNumber),
        pattern,
        preActivations: preActivations.map((layer) => layer.map(toNumber)),
      };
    };
    expect(at(3, 5)).toEqual({
      value: -0.5,
      gradient: [3, -2],
      pattern: ['11'],
      preActivations: [[3, 2]],
    });
    expect(at(3, 3)).toMatchObject({ value: 3.5, gradient: [1, 0], pattern: ['10'] });
    expect(at(-1, -2)).toMatchObject({ value: 0.5, gradient: [0, 0], pattern: ['00'] });
  });

  it('agrees with the float64 evaluator, near and far', () => {
    fc.assert(
      fc.property(mlpFields, points, (field, point) => {
        const network = drawNetwork(field);
        const evaluator = evaluatorOf(field);
        // Up to five layers of sums of at most 13 terms of size below 4 + |x| + |y|.
        expect(valueError(network, evaluator.value(...point), point)).toBeLessThanOrEqual(16);
        const exact = exactMlp(network, fromNumber(point[0]), fromNumber(point[1]));
        const noise = 16 * EPSILON * (4 + Math.abs(point[0]) + Math.abs(point[1]));
        const isSure = exact.preActivations.every((layer) =>
          layer.every((z) => Math.abs(toNumber(z)) > noise),
        );
        if (!isSure) return;
        expect(evaluator.pattern(...point)).toEqual(exact.pattern);
        evaluator.gradient(...point).forEach((partial, axis) => {
          const error = Math.abs(partial - toNumber(exact.gradient[axis]!));
          expect(error).toBeLessThanOrEqual(16 * EPSILON);
        });
      }),
      { numRuns: 500 },
    );
  });

  it('notices a network whose first weight is off by one float32 ulp', () => {
    const field = {
      kind: 'mlp',
      widths: [2, 20, 1],
      activation: 'abs',
      seed: 1,
      outputBias: null,
    } as const;
    const network = drawNetwork(field);
    const value = evaluatorOf(field).value(3, 2);
    expect(valueError(network, value, [3, 2])).toBeLessThanOrEqual(16);
    const nudged = drawNetwork(field);
    nudged.layers[0]!.weight[0]! *= 1 + 2 ** -23;
    expect(valueError(nudged, value, [3, 2])).toBeGreaterThan(16);
  });
});

const centers = fc.tuple(coordinates, coordinates);
const offsets: fc.Arbitrary<Vec2> = fc.tuple(
  fc.double({ min: -1, max: 1, noNaN: true }),
  fc.double({ min: -1, max: 1, noNaN: true }),
);

describe('exactDelta', () => {
  it('is the difference from the centre where float64 can still represent it', () => {
    fc.assert(
      fc.property(mlpFields, offsets, offsets, (field, center, u) => {
        const view: View = { center, centerLow: [0, 0], halfWidth: 8 };
        const evaluator = evaluatorOf(field);
        const [x, y] = [center[0] + 8 * u[0], center[1] + 8 * u[1]];
        const expected = (evaluator.value(x, y) - evaluator.value(...center)) / 8;
        // Values below 4 + 9 + 9, rounded over five layers, twice, divided by 8.
        const tolerance = (2 * 16 * 22 * EPSILON) / 8;
        const error = Math.abs(exactDelta(drawNetwork(field), view, u) - expected);
        expect(error).toBeLessThanOrEqual(tolerance);
      }),
    );
  });

  it('is the slope times u in a view that lies in one region, down to 1e-12', () => {
    let compared = 0;
    fc.assert(
      fc.property(mlpFields, centers, offsets, (field, center, u) => {
        const view: View = { center, centerLow: [1e-18, -3e-19], halfWidth: 1e-12 };
        const network = drawNetwork(field);
        const atCenter = exactMlp(network, ...exactPoint(view, [0, 0]));
        const there = exactMlp(network, ...exactPoint(view, u));
        if (there.pattern.join() !== atCenter.pattern.join()) return;
        compared++;
        const [a1, a2] = atCenter.gradient.map(toNumber) as [number, number];
        const error = Math.abs(createExactDelta(network, view)(u) - (a1 * u[0] + a2 * u[1]));
        // Four roundings of numbers below |a₁| + |a₂|.
        const tolerance = 4 * EPSILON * (Math.abs(a1) + Math.abs(a2));
        expect(error).toBeLessThanOrEqual(tolerance);
      }),
    );
    expect(compared).toBeGreaterThan(80);
  });

  it('sees the low part of the centre', () => {
    const network = networkOf('relu', [[[1, 0]], [[1]]], [[-1], [0]]);
    const view = { center: [1, 0], halfWidth: 1e-12 } as const;
    const u: Vec2 = [0.5, 0];
    expect(exactDelta(network, { ...view, centerLow: [0, 0] }, u)).toBe(0.5);
    // 1e-12 and the low parts are themselves rounded, by half an ulp each.
    const low = (part: number) => exactDelta(network, { ...view, centerLow: [part, 0] }, u);
    expectNear(low(-1e-17), 0.49999, EPSILON);
    expectNear(low(-1e-13), 0.4, EPSILON);
  });
});
