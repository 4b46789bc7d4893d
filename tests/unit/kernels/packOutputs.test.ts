import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { straightKernel } from '../../../src/kernels/prepareStraight.ts';
import type { Field } from '../../../src/model/field.ts';
import { type Readout, validateReadout } from '../../../src/model/readouts.ts';
import { resolve } from '../../../src/model/resolve.ts';
import { evenly } from '../reference/fieldArbitraries.ts';

const KINDS = [
  'output',
  'max',
  'lse',
  'gap',
  'softmax',
  'argmax',
  'class',
  'margin',
  'sigmoid',
  'tanh',
];

/** A network of two inputs with weights of any size. */
const networks = fc
  .record({
    hidden: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
    outputs: fc.integer({ min: 1, max: 4 }),
    slope: fc.constantFrom(0, -1, 0.1, -1e6, 1),
    /** log10 of the weights' sizes. */
    size: evenly(-25, 25),
    seed: fc.nat(1000),
  })
  .map(({ hidden, outputs, slope, size, seed }) => {
    const widths = [2, ...hidden, outputs];
    const weight = (i: number) => 10 ** size * Math.sin(1 + i * (seed + 1));
    return {
      kind: 'explicit' as const,
      layers: widths.slice(1).map((width, layer) => ({
        weight: Array.from({ length: width }, (_, i) =>
          Array.from({ length: widths[layer]! }, (_, j) => weight(7 * i + j + layer)),
        ),
        bias: Array.from({ length: width }, (_, i) => weight(i + 50)),
        activation:
          layer === hidden.length ? ('identity' as const) : ({ kind: 'leakyRelu', slope } as const),
      })),
    };
  });

const lambdas = evenly(-3, 6).map((e) => 10 ** e);
const centers = fc.oneof(
  fc.constant(0),
  evenly(-9, 12).map((e) => 10 ** e),
);

describe('parameters of straight-line code', () => {
  test('are finite float32 numbers for every valid field and view', () => {
    const reaches = fc.constantFrom(1, 1e5, 1e18);
    const given = fc.record({
      network: networks,
      kind: fc.constantFrom(...KINDS),
      lambda: lambdas,
      x: centers,
      y: centers,
      halfWidth: evenly(-12, 9).map((e) => 10 ** e),
      reach: reaches,
    });
    fc.assert(
      fc.property(given, ({ network, kind, lambda, x, y, halfWidth, reach }) => {
        const outputs = network.layers.at(-1)!.bias.length;
        const own = ['lse', 'gap', 'softmax'].includes(kind) ? { kind, lambda } : { kind };
        const field: Field = {
          network,
          slice: null,
          readout: validateReadout(own, '', [], outputs),
        };
        const kernel = straightKernel(resolve(field));
        const anchored = kernel.anchor({
          x: { high: x, low: 0 },
          y: { high: -y, low: 0 },
          halfWidth,
          reach,
        });
        const bad = anchored.parameters.findIndex((parameter) => !Number.isFinite(parameter));
        expect(bad, `parameter ${bad} of ${kernel.key} is ${anchored.parameters[bad]}`).toBe(-1);
        const { offset, scale, gradientScale } = anchored;
        expect([offset.high, scale, gradientScale].every(Number.isFinite)).toBe(true);
      }),
      { seed: 20261127, numRuns: 500 },
    );
  });

  test('least wins where greatest wins of the negative outputs', () => {
    const layers = (sign: number) => [
      { weight: [[1, 2]], bias: [0.5], activation: 'relu' as const },
      {
        weight: [[sign], [2 * sign], [-3 * sign]],
        bias: [sign, 0, -sign],
        activation: 'identity' as const,
      },
    ];
    const anchor = { x: { high: 0.25, low: 0 }, y: { high: 1, low: 0 }, halfWidth: 0.5, reach: 1 };
    const packed = (sign: number, readout: Readout) => {
      const network = { kind: 'explicit', layers: layers(sign) } as const;
      const field = straightKernel(resolve({ network, slice: null, readout })).anchor(anchor);
      // −0 is as good as 0.
      return { ...field, parameters: field.parameters.map((number) => number + 0) };
    };
    for (const kind of ['class', 'margin'] as const) {
      expect(packed(1, { kind, wins: 'least' })).toEqual(packed(-1, { kind, wins: 'greatest' }));
    }
    const argmax = { kind: 'argmax', index: 1 } as const;
    expect(packed(1, { ...argmax, wins: 'least' })).toEqual(
      packed(-1, { ...argmax, wins: 'greatest' }),
    );
  });
});
