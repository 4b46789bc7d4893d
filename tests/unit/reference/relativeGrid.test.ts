import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Field, Vec2 } from '../../../src/model/field.ts';
import { sampledGrid } from '../../../src/reference/grid.ts';
import { type GridRequest, RELATIVE_QUANTITIES } from '../../../src/reference/gridRequest.ts';
import { fieldOf, type Shorthand } from '../../shorthand.ts';
import { EPSILON, expectNear } from '../expectNear.ts';
import { evenly, lambdas } from './fieldArbitraries.ts';

const field: Field = {
  network: {
    kind: 'drawn',
    widths: [5, 10, 10, 5],
    activation: ['tanh', 'silu'],
    seed: 4,
    outputBias: null,
  },
  slice: {
    origin: [0.1, 0.2, 0.3, 0.4, 0.5],
    axis1: [1, 0, 0.5, 0, 0],
    axis2: [0, 1, 0, -0.5, 0],
  },
  readout: { kind: 'lse', lambda: 3 },
};

const SQUARE = { x: [-1, 1], y: [-1, 1], width: 5, height: 5 } as const;

describe('a grid of differences', () => {
  it.each(RELATIVE_QUANTITIES)('is the grid of %s less what it is in the middle', (quantity) => {
    for (const sides of [
      SQUARE,
      { x: [2, -3], y: [0.25, 0.5], width: 4, height: 7 },
      { x: [0.5, 9], y: [-1, 3], width: 1, height: 2 },
      { x: [0.5, 9], y: [-1, 3], width: 3, height: 1 },
    ] as const) {
      const request: GridRequest = { field, quantity, ...sides };
      const { values } = sampledGrid(request);
      const { base, values: differences } = sampledGrid({ ...request, relative: true });
      const middle = {
        x: [sides.width === 1 ? sides.x[0] : (sides.x[0] + sides.x[1]) / 2, 0],
        y: [sides.height === 1 ? sides.y[0] : (sides.y[0] + sides.y[1]) / 2, 0],
      } as const;
      const [expected] = sampledGrid({ ...request, ...middle, width: 1, height: 1 }).values;
      // Numbers below 10 with a few dozen roundings.
      expectNear(base!, expected!, 64 * EPSILON);
      const wrong = values.findIndex((value, i) => {
        return !(Math.abs(base! + differences[i]! - value) <= 128 * EPSILON);
      });
      expect(wrong).toBe(-1);
    }
  });

  it.each(RELATIVE_QUANTITIES)(
    'keeps the digits of %s that float64 loses in a deep view',
    (quantity) => {
      const deep = (halfWidth: number) => {
        const side = [-halfWidth, halfWidth] as const;
        const center = { center: [0.3, -0.7], centerLow: [1e-17, 0] } as const;
        const request = { field, quantity, ...SQUARE, x: side, y: side, ...center };
        return sampledGrid({ ...request, relative: true }).values;
      };
      const [near, deeper] = [deep(1e-9), deep(1e-25)];
      expect(near[12]).toBe(0);
      expect(near.filter((value) => value !== 0)).toHaveLength(24);
      // The field is affine there, up to 1e-9 of its curvature.
      const wrong = near.findIndex((value, i) => {
        return !(Math.abs(deeper[i]! * 1e16 - value) <= 1e-7 * Math.max(...near));
      });
      expect(wrong).toBe(-1);
    },
  );

  it('is 0 everywhere for one that is level', () => {
    const level: Field = { ...field, readout: { kind: 'class', wins: 'greatest' } };
    for (const quantity of RELATIVE_QUANTITIES) {
      const request = { field: level, quantity, ...SQUARE, x: [3, 3.001] as const };
      const { base, values } = sampledGrid({ ...request, y: [3, 3.001], relative: true });
      expect(values.every((value) => Object.is(value, 0))).toBe(true);
      expect(base).toBe(quantity === 'value' ? Math.round(base!) : 0);
    }
  });

  const shares = fc.tuple(evenly(-1, 1), evenly(-1, 1), evenly(-1, 1));
  /** Weights and biases of any size, in windows of any size: exponents are from next to nothing to far beyond float64. */
  const logits = fc
    .record({
      rows: fc.array(shares, { minLength: 2, maxLength: 4 }),
      weight: evenly(-33, 33),
      bias: evenly(-20, 20),
      areBiased: fc.boolean(),
    })
    .map(({ rows, weight, bias, areBiased }) => ({
      weight: rows.map(
        ([x, y]): Vec2 => [Math.fround(x * 10 ** weight), Math.fround(y * 10 ** weight)],
      ),
      bias: rows.map(([, , b]) => (areBiased ? Math.fround(b * 10 ** bias) : 0)),
    }));

  type Kind = 'lse' | 'gap' | 'softmax';
  type Drawn = typeof logits extends fc.Arbitrary<infer T> ? T : never;

  /**
   * What rounding of the outputs, before they are subtracted, makes of a quantity at (x, y): exponents are off by tau, hence shares by
   * up to tau · (1 − the largest), and a gradient by that of Σ y_k a_k. Infinity where the winner, on which the gap's gradient depends,
   * is within rounding.
   */
  function slackAt(kind: Kind, { weight, bias }: Drawn, lambda: number, isValue: boolean) {
    const steepest = Math.max(...weight.flat().map(Math.abs));
    const spread = Math.max(
      ...weight.flatMap((a) => weight.map((b) => Math.hypot(a[0] - b[0], a[1] - b[1]))),
    );
    return (x: number, y: number) => {
      const z = weight.map((a, k) => a[0] * x + a[1] * y + bias[k]!);
      const size = Math.max(
        ...weight.map((a, k) => Math.abs(a[0] * x) + Math.abs(a[1] * y) + Math.abs(bias[k]!)),
      );
      const error = 8 * EPSILON * size;
      const [best, second] = z.slice().sort((a, b) => b - a) as [number, number];
      if (kind === 'gap' && !isValue && best - second <= error) return Infinity;
      const nearest = Math.min(0, second - best + error);
      const rest = (z.length - 1) * Math.exp(lambda * nearest);
      const moved = Math.min(1, lambda * error) * Math.min(1, rest);
      if (isValue) return kind === 'softmax' ? moved : moved / lambda;
      if (kind === 'softmax') return 4 * lambda * spread * moved;
      return 4 * spread * moved + 8 * EPSILON * (kind === 'lse' ? steepest : spread);
    };
  }

  const pair = (a: Vec2, b: Vec2, bias: Vec2): Drawn => ({ weight: [a, b], bias: [...bias] });
  /** Found by draws: [logits, λ, log₁₀ of the half-width]. */
  const EXAMPLES: [Drawn, number, number][] = [
    // ∂₁ of lse is the small difference of two weights.
    [pair([-8.9e-12, -8.9e-12], [8.9e-12, -8.9e-12], [0, 0]), 0.001, -12],
    // The logits differ by 1e-26 of 3e4.
    [
      pair(
        [-31330749189718016, -31330749189718016],
        [-31330749189718016, -31330747042234370],
        [-1.1659148215556431e-19, -1.1659146923086724e-19],
      ),
      0.001,
      -12,
    ],
    // Exponents of 8,000 differ by 4.
    [
      pair(
        [-5507489, -2151112.75],
        [-5492637.5, -5507489],
        [-0.02324821613729, -0.33727967739105225],
      ),
      86.6217696586757,
      -4.7396280840000005,
    ],
  ];

  it.each<Kind>(['lse', 'gap', 'softmax'])('is that of %s for logits of any size', (kind) => {
    fc.assert(
      fc.property(logits, lambdas, evenly(-12, 9), (drawn, lambda, halfWidth) => {
        const half = 10 ** halfWidth;
        const component = 1;
        const short: Shorthand =
          kind === 'softmax'
            ? { kind, lambda, component, logits: drawn }
            : { kind, lambda, logits: drawn };
        const square = { x: [-half, half], y: [-half, half], width: 5, height: 5 } as const;
        for (const quantity of RELATIVE_QUANTITIES) {
          const request: GridRequest = { field: fieldOf(short), quantity, ...square };
          // In double-double, as it has a centre.
          const { values } = sampledGrid({ ...request, center: [0, 0] });
          const { base, values: differences } = sampledGrid({ ...request, relative: true });
          const most = Math.max(...values.map(Math.abs));
          const slack = slackAt(kind, drawn, lambda, quantity === 'value');
          const wrong = values.findIndex((value, i) => {
            // e^x is off by up to 745 roundings of x, and 0 below e^−745.
            const own = slack(half * ((i % 5) / 2 - 1), half * (Math.floor(i / 5) / 2 - 1));
            const tolerance = 4096 * EPSILON * most + own + Number.MIN_VALUE;
            return !(Math.abs(base! + differences[i]! - value) <= tolerance);
          });
          expect(wrong, `${quantity} of ${JSON.stringify(short)}`).toBe(-1);
        }
      }),
      { numRuns: 300, seed: 20261128, examples: EXAMPLES },
    );
  });

  it('is finite where an exponential of ELU grows beyond float64', () => {
    const layers = [
      { weight: [[1, 0]], bias: [-1000], activation: { kind: 'elu', alpha: 2 } },
      { weight: [[1]], bias: [0], activation: 'identity' },
    ] as const;
    const elu = { ...field, network: { kind: 'explicit', layers }, slice: null } as const;
    const request = { ...SQUARE, x: [-999, 999], y: [0, 1], height: 1 } as const;
    const readout = { kind: 'output', index: 0 } as const;
    for (const [quantity, last] of [
      ['value', 2 * Math.exp(-1)],
      ['partial1', 2 * Math.exp(-1)],
    ] as const) {
      const { values } = sampledGrid({
        ...{ field: { ...elu, readout }, quantity, relative: true },
        ...request,
      });
      expectNear(values[4]!, last, 4 * EPSILON);
      expect([...values.subarray(0, 3)]).toEqual([0, 0, 0]);
    }
  });

  it.each([1, 1e10, 1e20, 1e33])('is exact where a clamp is level, with the weight %s', (size) => {
    const weight = Math.fround(size);
    const layers = [
      { weight: [[weight, 0]], bias: [Math.fround(0.3 * size)], activation: 'relu6' },
      { weight: [[2]], bias: [0], activation: 'identity' },
    ] as const;
    const clamp = { ...field, network: { kind: 'explicit', layers }, slice: null } as const;
    const readout = { kind: 'output', index: 0 } as const;
    const request = { ...SQUARE, x: [-9, 9], y: [0, 1], height: 1, relative: true } as const;
    const grid = (quantity: 'value' | 'partial1') =>
      sampledGrid({ ...request, field: { ...clamp, readout }, quantity });
    const { base, values } = grid('value');
    expect([...values].map((value) => Math.fround(base! + value))).toEqual([
      ...[0, 0, size === 1 ? Math.fround(0.6) : 12],
      ...[size === 1 ? Math.fround(9.6) : 12, 12],
    ]);
    const slopes = grid('partial1');
    const expected = size === 1 ? [0, 0, 2, 2, 0] : [0, 0, 0, 0, 0];
    expect([...slopes.values].map((value) => slopes.base! + value)).toEqual(expected);
  });
});
