import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Anchor } from '../../../src/kernels/anchor.ts';
import { type GainedReadout, packAffine } from '../../../src/kernels/anchorLogits.ts';
import { HEADER_LENGTH } from '../../../src/kernels/fieldCode.ts';
import type { Vec2 } from '../../../src/model/field.ts';
import { LAMBDA_MAX, LAMBDA_MIN } from '../../../src/model/readouts.ts';
import { add, scale } from '../../../src/numeric/doubleDouble.ts';
import type { Logits } from '../../shorthand.ts';

const OWN_HEADER = 13;
const PER_LOGIT = 10;

type Packed = GainedReadout & { readonly logits: Logits };

function packLogits({ logits, ...readout }: Packed, anchor: Anchor) {
  const point = {
    values: logits.weight.map(([a, b], k) =>
      add(add(scale(anchor.x, a), scale(anchor.y, b)), { high: logits.bias[k]!, low: 0 }),
    ),
    gradients: logits.weight.map(
      ([a, b]) =>
        [
          { high: a, low: 0 },
          { high: b, low: 0 },
        ] as const,
    ),
  };
  return packAffine(readout, point, anchor);
}

/** A neuron, softmax over (0, z), at z = x. */
const NEURON: Logits = {
  weight: [
    [0, 0],
    [1, 0],
  ],
  bias: [0, 0],
};

function packNeuron(z: number, component: number, halfWidth: number) {
  const anchor = { x: { high: z, low: 0 }, y: { high: 0, low: 0 }, halfWidth, reach: 1 };
  const field = {
    kind: 'softmax',
    logits: NEURON,
    lambda: 1,
    component,
    gain: 1,
    shift: 0,
  } as const;
  return packLogits(field, anchor);
}

describe('packAffine', () => {
  it.each([0, 3, 20, 28, 40, 80])('keeps what is left of a neuron saturated at z = %s', (z) => {
    const halfWidth = 2 ** -10;
    const rest = 1 / (1 + Math.exp(z));
    const { parameters, baseGradient, small } = packNeuron(z, 1, halfWidth);
    expect(small).toBe(true);
    // t of z is λ s (a − Σ π a), and Σ π a = 1 − rest: float64 itself has nothing left of that at 40.
    const tX = parameters[HEADER_LENGTH + OWN_HEADER + PER_LOGIT + 2]!;
    const error = Math.abs(tX / (halfWidth * rest) - 1);
    expect(error <= 2 ** -23, `t is off by ${error}`).toBe(true);
    const slope = rest * (1 - rest);
    const slopeError = Math.abs(baseGradient[0].high / slope - 1);
    expect(slopeError <= 1e-14, `the gradient is off by ${slopeError}`).toBe(true);
  });

  it('gives the two sides of a neuron opposite gradients', () => {
    for (const z of [-40, -1, 0, 5, 60]) {
      const [zero, one] = [0, 1].map((k) => packNeuron(z, k, 1e-6).baseGradient[0].high) as [
        number,
        number,
      ];
      expect(Math.abs(zero / one + 1) <= 1e-14, `${zero} and ${one}`).toBe(true);
    }
  });

  it.each([
    ['the steep middle of a neuron', 0, 2, 0],
    ['its flat side', 15, 5, 1],
    ['its other flat side', -30, 4, 1],
    ['a flat side whose view reaches the middle', 15, 15, 0],
    ['a flat side whose view crosses over', 15, 1e6, 0],
  ])('finds %s near or not', (_, z, halfWidth, expected) => {
    for (const component of [0, 1]) {
      const { parameters } = packNeuron(z, component, halfWidth);
      expect(parameters[HEADER_LENGTH + 9]).toBe(expected);
    }
  });

  it('is small only where every exponent stays below a half in the view', () => {
    // |t| of the larger side is s / 2 at z = 0.
    expect(packNeuron(0, 1, 1).small).toBe(true);
    expect(packNeuron(0, 1, 1.001).small).toBe(false);
  });

  it('makes finite float32 numbers of every valid field and view', () => {
    // Any float32, and the largest and least; coordinates and half-widths as far as `sample` takes them.
    const float32s = fc.oneof(
      fc.float({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(0, 1, 3.4028234663852886e38, -3.4028234663852886e38, 2 ** -149),
    );
    const lengths = fc.integer({ min: -300, max: 30 }).map((e) => 10 ** e);
    const fields = fc.record({
      kind: fc.constantFrom('lse', 'gap', 'softmax', 'max', 'argmax'),
      rows: fc.array(fc.tuple(float32s, float32s, float32s), { minLength: 2, maxLength: 4 }),
      lambda: fc.oneof(
        fc.constantFrom(LAMBDA_MIN, 1, LAMBDA_MAX),
        fc.double({ min: LAMBDA_MIN, max: LAMBDA_MAX, noNaN: true }),
      ),
      component: fc.constantFrom(0, 1),
    });
    const center = fc.oneof(fc.constant(0), lengths);
    const reaches = fc.constantFrom(1, 1e5, 1e22);
    fc.assert(
      fc.property(fields, center, center, lengths, reaches, (drawn, x, y, halfWidth, reach) => {
        const { kind, rows, lambda, component } = drawn;
        const logits: Logits = {
          weight: rows.map(([x, y]): Vec2 => [x, y]),
          bias: rows.map(([, , bias]) => bias),
        };
        const anchor = { x: { high: x, low: 0 }, y: { high: -y, low: 0 }, halfWidth, reach };
        const field = { kind, logits, lambda, component, gain: 2, shift: -1 };
        const { parameters, offset, gradientScale, baseGradient, ...rest } = packLogits(
          field,
          anchor,
        );
        const bad = parameters.findIndex((parameter) => !Number.isFinite(parameter));
        expect(bad, `parameter ${bad} is ${parameters[bad]}`).toBe(-1);
        for (const number of [
          offset.high,
          rest.scale,
          gradientScale,
          ...baseGradient.map((d) => d.high),
        ]) {
          expect(Number.isFinite(number)).toBe(true);
        }
      }),
      { seed: 20261127, numRuns: 3000 },
    );
  });

  describe('the component of a logit along the gradient', () => {
    const UNIT_A = 9;
    const PLANE: Logits = {
      weight: [
        [1, 0],
        [0, 1],
      ],
      bias: [0, 0],
    };

    function unitsOf(kind: 'lse' | 'softmax', logits: Logits, component: number, x: number) {
      const anchor = { x: { high: x, low: 0 }, y: { high: x, low: 0 }, halfWidth: 1e-9, reach: 1 };
      const field = { kind, logits, lambda: 1, component, gain: 1, shift: 0 } as const;
      const { parameters, small } = packLogits(field, anchor);
      expect(small).toBe(true);
      return logits.bias.map(
        (_, k) => parameters[HEADER_LENGTH + OWN_HEADER + PER_LOGIT * k + UNIT_A]!,
      );
    }

    it('is exactly 0 where lse has its shortest gradient, so that no rounding shows there', () => {
      expect(unitsOf('lse', PLANE, 0, 0)).toEqual([0, 0]);
      expect(unitsOf('lse', PLANE, 0, 123.456)).toEqual([0, 0]);
    });

    it('counts from the first logit, and for softmax from the component that is shown', () => {
      const logits: Logits = {
        weight: [
          [0.375, 0.5],
          [0.75, 1],
          [0, 0],
        ],
        bias: [0, 0, 0],
      };
      // All on one line through the origin, which every gradient follows: lengths and their signs.
      expect(unitsOf('lse', logits, 0, 0)).toEqual([0, 0.625, -0.625]);
      expect(unitsOf('softmax', logits, 1, 0)).toEqual([0.625, 0, 1.25]);
    });
  });
});
