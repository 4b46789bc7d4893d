import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InvalidInputError } from '../../../src/input/invalidInput.ts';
import {
  ACTIVATION_KINDS,
  type Activation,
  breakpointsOf,
  isPiecewiseLinear,
  kindOfActivation,
  traitsOf,
  validateActivation,
} from '../../../src/model/activations.ts';
import { erf, normal } from '../../../src/numeric/special.ts';
import { smoothChange, smoothSlopeChange } from '../../../src/reference/activationChanges.ts';
import { EPSILON } from '../expectNear.ts';

interface Entry {
  readonly activation: Activation;
  /** Of PyTorch in float64, at each point. */
  readonly values: readonly number[];
  readonly derivatives: readonly number[];
  /** Of a smooth activation: value and derivative in 300 digits. */
  readonly exact?: readonly (readonly [number, number])[];
  /** [a, b, φ(a + b) − φ(a), φ′(a + b) − φ′(a)] */
  readonly changes?: readonly (readonly [number, number, number, number])[];
}

const path = join(import.meta.dirname, '../../reference/activations/activations.json');
const { points, activations, erfAndNormal } = JSON.parse(readFileSync(path, 'utf8')) as {
  readonly points: readonly number[];
  readonly activations: readonly Entry[];
  readonly erfAndNormal: readonly (readonly [number, number, number])[];
};

/** What float64 cannot hold with all its digits. */
const SUBNORMAL = 1e-290;

/** The first number that is further from the expected one than it may be. */
function findMiss(
  rows: readonly { at: unknown; received: number; expected: number; tolerance: number }[],
) {
  return rows.find(({ received, expected, tolerance }) => {
    return !(Math.abs(received - expected) <= tolerance + SUBNORMAL);
  });
}

describe.each(activations)('$activation', ({ activation, values, derivatives, exact, changes }) => {
  const { value, derivative } = traitsOf(activation);

  it('has PyTorch’s values and derivatives, at kinks and in tails', () => {
    // PyTorch's formulas cancel in tails, so that they have the digits of 1 + |z|; pieces are exact.
    const roundings = isPiecewiseLinear(activation) ? 0 : 2 * EPSILON;
    const rows = points.flatMap((z, i) => {
      const tolerance = roundings * (1 + Math.abs(z));
      return [
        { at: z, received: value(z, activation, 0), expected: values[i]!, tolerance },
        { at: z, received: derivative(z, activation, 0), expected: derivatives[i]!, tolerance },
      ];
    });
    expect(findMiss(rows)).toBe(undefined);
  });

  it('keeps its relative accuracy in tails', () => {
    // Rounded arguments of up to 3 z² move exponentials by that much of themselves, as do two terms of opposite sign near a
    // derivative of 0.
    const rows = (exact ?? []).flatMap(([expected, slope], i) => {
      const z = points[i]!;
      const relative = 8 * EPSILON * (1 + 3 * z * z);
      const received = derivative(z, activation, 0);
      return [
        {
          at: z,
          received: value(z, activation, 0),
          expected,
          tolerance: relative * Math.abs(expected),
        },
        {
          at: z,
          received,
          expected: slope,
          tolerance: relative * Math.max(Math.abs(slope), Math.abs(z) < 1 ? 0.5 : 0),
        },
      ];
    });
    expect(findMiss(rows)).toBe(undefined);
  });

  it('changes by what 300 digits say, from any place and by any step', () => {
    const rows = (changes ?? []).flatMap(([a, b, expected, slope]) => {
      // Rounded sums a + b and arguments z³ of exponentials.
      const size = 1 + a * a + (a + b) ** 2;
      const relative = 8 * EPSILON * size * (activation === 'geluTanh' ? Math.sqrt(size) : 1);
      const of = (exactly: number, received: number) => ({
        at: [a, b],
        received,
        expected: exactly,
        // Between the extrema of value and slope their terms may cancel, but not in the tails.
        tolerance: relative * Math.max(Math.abs(exactly), Math.abs(a) <= 2 ? 0.1 * Math.abs(b) : 0),
      });
      return [
        of(expected, smoothChange(activation, a, b)),
        of(slope, smoothSlopeChange(activation, a, b)),
      ];
    });
    expect(findMiss(rows)).toBe(undefined);
  });

  it('has a derivative that is the slope of its values', () => {
    const rows = points
      .filter((z) => Math.abs(z) > 0.01 && Math.abs(z) < 20)
      .filter((z) => ![-1, 2, 6].includes(z))
      .map((z) => {
        const h = 2 ** -17;
        const slope = (value(z + h, activation, 0) - value(z - h, activation, 0)) / (2 * h);
        // Third derivatives below 6, and the rounding of values of the size of z.
        const tolerance = h * h + (2 * EPSILON * (1 + Math.abs(z))) / h;
        return { at: z, received: derivative(z, activation, 0), expected: slope, tolerance };
      });
    expect(findMiss(rows)).toBe(undefined);
  });

  const pieces = traitsOf(activation).pieces(activation);
  if (pieces === null) return;

  it('is what its pieces make of it', () => {
    const made = (z: number) => {
      if (pieces.kind === 'identity') return z;
      if (pieces.kind === 'clamp') return Math.max(pieces.min, Math.min(pieces.max, z));
      return z > 0 ? z : pieces.slopeOf(0) * z;
    };
    const rows = points.map((z) => {
      return { at: z, received: made(z), expected: value(z, activation, 0), tolerance: 0 };
    });
    expect(findMiss(rows)).toBe(undefined);
  });

  it('bends at its breakpoints only', () => {
    const slopeAt = (z: number) => derivative(z, activation, 0);
    const ends = [-Infinity, ...breakpointsOf(activation), Infinity];
    for (const [i, from] of ends.slice(0, -1).entries()) {
      const inside = points.filter((z) => z > from && z < ends[i + 1]!);
      expect(new Set(inside.map(slopeAt)).size).toBe(1);
    }
  });
});

describe('activations', () => {
  it('are all compared with PyTorch', () => {
    const kinds = new Set(activations.map(({ activation }) => kindOfActivation(activation)));
    expect([...kinds].sort()).toEqual([...ACTIVATION_KINDS].sort());
  });

  it('take a slope of their own for each neuron, or one for all', () => {
    const prelu = { kind: 'prelu', slopes: [0.25, -2] } as const;
    const { value, derivative, pieces } = traitsOf(prelu);
    expect([0, 1].map((neuron) => value(-3, prelu, neuron))).toEqual([-0.75, 6]);
    expect([0, 1].map((neuron) => derivative(-3, prelu, neuron))).toEqual([0.25, -2]);
    const slopes = pieces(prelu) as { slopeOf(neuron: number): number };
    expect([0, 1].map(slopes.slopeOf)).toEqual([0.25, -2]);
    const one = { kind: 'prelu', slopes: [0.5] } as const;
    expect(traitsOf(one).value(-3, one, 7)).toBe(-1.5);
  });

  it('are read with PyTorch’s defaults', () => {
    const read = (input: unknown) => validateActivation(input, 'activation', 3);
    expect(read('tanh')).toBe('tanh');
    expect(read({ kind: 'tanh' })).toBe('tanh');
    expect(read('leakyRelu')).toEqual({ kind: 'leakyRelu', slope: 0.01 });
    expect(read({ kind: 'elu' })).toEqual({ kind: 'elu', alpha: 1 });
    expect(read({ kind: 'hardtanh', max: 3 })).toEqual({ kind: 'hardtanh', min: -1, max: 3 });
    expect(read({ kind: 'prelu', slopes: [1, 2, 3] })).toEqual({
      kind: 'prelu',
      slopes: [1, 2, 3],
    });
  });

  it.each([
    [{}, 'activation.kind'],
    ['swish', 'activation'],
    [null, 'activation'],
    [7, 'activation'],
    [{ kind: 'relu', slope: 1 }, 'activation.slope'],
    [{ kind: 'leakyRelu', slope: Number.NaN }, 'activation.slope'],
    [{ kind: 'leakyRelu', slope: '1' }, 'activation.slope'],
    [{ kind: 'leakyRelu', slope: 2e6 }, 'activation.slope'],
    [{ kind: 'elu', alpha: Infinity }, 'activation.alpha'],
    [{ kind: 'hardtanh', min: 1, max: 1 }, 'activation.max'],
    [{ kind: 'hardtanh', min: Number.NaN }, 'activation.min'],
    [{ kind: 'prelu', slopes: [1, 2] }, 'activation.slopes.length'],
    [{ kind: 'prelu', slopes: [] }, 'activation.slopes'],
    [{ kind: 'prelu', slopes: [1, Number.NaN, 3] }, 'activation.slopes[1]'],
  ])('name what is wrong in %j', (input, where) => {
    let error: unknown;
    try {
      validateActivation(input, 'activation', 3);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(InvalidInputError);
    expect((error as InvalidInputError).path).toBe(where);
  });
});

describe('erf and the normal distribution', () => {
  it('keep 15 digits, in both tails', () => {
    const rows = erfAndNormal.flatMap(([z, ofErf, ofNormal]) => [
      { at: z, received: erf(z), expected: ofErf, tolerance: 1e-15 * Math.abs(ofErf) },
      { at: z, received: normal(z), expected: ofNormal, tolerance: 1e-15 * ofNormal },
    ]);
    expect(findMiss(rows)).toBe(undefined);
    expect([erf(0), normal(0), normal(-1e300), normal(1e300)]).toEqual([0, 0.5, 0, 1]);
  });
});

describe.each(activations.filter(({ activation }) => !isPiecewiseLinear(activation)))(
  '$activation of any size',
  ({ activation }) => {
    const { value, derivative } = traitsOf(activation);
    const sizes = [0, 1e-300, 0.3, 7.7, 1e3, 1e8, 1e20, 1e103, 1e155, 1e300];
    const all = sizes.flatMap((size) => [size, -size]);
    const pairs = all.flatMap((a) => all.map((b) => [a, b] as const));

    it('changes by the difference', () => {
      // A sine has no digits of its argument there.
      const known = kindOfActivation(activation) === 'sine' ? Number.POSITIVE_INFINITY : 0;
      const rows = pairs.flatMap(([a, b]) => {
        const [before, after] = [value(a, activation, 0), value(a + b, activation, 0)];
        const slopes = [derivative(a, activation, 0), derivative(a + b, activation, 0)] as const;
        const roundings = 8 * EPSILON * (1 + Math.max(Math.abs(a), Math.abs(b)));
        return [
          {
            at: [a, b, 'value'],
            received: smoothChange(activation, a, b),
            expected: after - before,
            tolerance: known || roundings,
          },
          {
            at: [a, b, 'slope'],
            received: smoothSlopeChange(activation, a, b),
            expected: slopes[1] - slopes[0],
            tolerance: known || 1e-13,
          },
        ];
      });
      expect(findMiss(rows)).toBe(undefined);
      expect(rows.every(({ received }) => Number.isFinite(received))).toBe(true);
    });
  },
);
