import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleGrid } from '../../src/passes/gridSampler.ts';
import { type GridRequest, referenceGrid } from '../../src/reference/grid.ts';
import type { Activation } from '../shorthand.ts';
import { fieldOf, type Shorthand, type ShorthandKind } from '../shorthand.ts';
import { type Comparison, compareAll, exactGrid } from './accuracy/compare.ts';
import { fields, places, windowOf } from './accuracy/draws.ts';
import { expError } from './builtinErrors.ts';
import { FORMS, type GpuFixture, openGpu } from './fixture.ts';

let gpu: GpuFixture;
beforeAll(async () => {
  gpu = await openGpu();
});
afterAll(() => gpu.finish());

/** fast-check prints it with a failure, and takes it back, with the path to the smallest case. */
const SEED = 20261121;

interface Family {
  readonly name: string;
  readonly kind: ShorthandKind;
  /** Widths of networks, or [K]. Each shape compiles eight pipelines, so there are a few; seeds and λ cost none. */
  readonly shapes: readonly number[][];
  readonly activations: readonly Activation[];
  readonly draws: number;
  readonly largestSide: number;
}

function family(kind: ShorthandKind, shapes: readonly number[][], draws: number): Family {
  return { name: kind, kind, shapes, activations: ['relu', 'abs'], draws, largestSide: 24 };
}

const NETWORKS = [
  [2, 20, 1],
  [2, 5, 5, 5, 5, 1],
  [2, 3, 2, 1],
];
const FAMILIES: readonly Family[] = [
  family('lse', [[2], [3], [8]], 45),
  family('gap', [[2], [4], [9]], 45),
  family('softmax', [[2], [5], [16]], 60),
  family('max', [[2], [6], [12]], 25),
  family('argmax', [[2], [7], [15]], 25),
  family('sigmoid', [], 40),
  family('tanh', [], 40),
  family('mlp', NETWORKS, 60),
  // The kernels for wide networks take long to compile; tests/gpu/sample.test.ts has Abs.
  {
    ...family('mlp', [[2, 40, 24, 1]], 12),
    name: 'wide mlp',
    activations: ['relu'],
    largestSide: 12,
  },
];

function describeFailures(comparisons: readonly Comparison[]): string {
  return comparisons
    .filter(({ ratio }) => !(ratio <= 1))
    .map(({ quantity, ratio, where }) => `${quantity} is off ${ratio} times too much: ${where}`)
    .join('\n');
}

describe(`every quantity over random fields and views, against exact arithmetic, seed ${SEED}`, () => {
  /*
   * Views of half-width 1e6 … 1e-12, near and far, on kinks and off them. What is asserted is in
   * accuracy/compare.ts: 1e-5 of the view's range of value, and of the largest norm of the gradient, and what
   * the rounding of a sample's own position (2^-24 of the view) is worth, which accuracy/exactLogitSample.ts computes.
   */
  // What hardware adapters get differs in how samples are given to threads, so a quarter of the draws does.
  const alsoOnHardware = fc.nat(3).map((part) => part === 0);
  test.each(FAMILIES)('$name, $draws draws', async (given) => {
    const { kind, shapes, activations, draws, largestSide } = given;
    let [compared, all] = [0, 0];
    await fc.assert(
      fc.asyncProperty(
        fields(kind, shapes, activations),
        places(largestSide),
        alsoOnHardware,
        async (field, place, onBoth) => {
          const window = windowOf(field, place);
          const exact = exactGrid(field, window);
          for (const form of onBoth ? FORMS : (['software'] as const)) {
            const comparisons = await compareAll(gpu.contexts[form], field, window, exact);
            for (const comparison of comparisons) compared += comparison.compared;
            all += comparisons.length * window.grid.width * window.grid.height;
            const failures = describeFailures(comparisons);
            if (failures !== '') throw new Error(`on ${form}: ${failures}`);
          }
        },
      ),
      { seed: SEED, numRuns: draws },
    );
    // Kinks, and directions of gradients that are all but 0, are rare among samples.
    expect(compared / all).toBeGreaterThan(0.9);
  });

  test('a centre beside a hinge, nearer than tiles round that count from their own middles', async () => {
    const widths = [2, 20, 1];
    const field = { kind: 'mlp', widths, activation: 'relu', seed: 0, outputBias: null } as const;
    const window = windowOf(field, {
      center: 'kink',
      at: [-1, -1],
      to: [-1, -0.528240002],
      distance: 0,
      halfWidth: -8.690865905999999,
      low: [-1, -1],
      size: [5, 5],
      form: 'picture',
      reversed: [false, false],
    });
    expect(describeFailures(await compareAll(gpu.context, field, window))).toBe('');
  });

  const place = fc.sample(places(12), { seed: SEED, numRuns: 1 })[0]!;
  const off: [string, Shorthand, Shorthand][] = [
    ['λ', { kind: 'lse', lambda: 1, logits: null }, { kind: 'lse', lambda: 1.0002, logits: null }],
    [
      'a weight',
      { kind: 'tanh', weight: [1, 0.5], bias: 0 },
      { kind: 'tanh', weight: [1.00005, 0.5], bias: 0 },
    ],
    [
      'a logit',
      {
        kind: 'max',
        logits: {
          weight: [
            [1, 0],
            [0, 1],
          ],
          bias: [0, 0],
        },
      },
      {
        kind: 'max',
        logits: {
          weight: [
            [1, 0],
            [0, 1.00005],
          ],
          bias: [0, 0],
        },
      },
    ],
  ];
  test.each(off)('%s that is off by 5e-5 or so is noticed', async (_, field, truth) => {
    const window = windowOf(field, { ...place, center: 'near', at: [0, 0], halfWidth: 0.3 });
    const comparisons = await compareAll(gpu.context, field, window, exactGrid(truth, window));
    expect(describeFailures(comparisons)).toContain('value is off');
    expect(describeFailures(await compareAll(gpu.context, field, window))).toBe('');
  });
});

describe.each(FORMS)(
  'np.gradient of smooth fields, grids of 2 to 64 samples a side, on %s',
  (form) => {
    /*
     * With the largest difference between the two exponents; null for small views, in which a step counts by the
     * derivative along it and takes no exp.
     */
    const smooth: [string, Shorthand, number | null][] = [
      ['sigmoid', { kind: 'sigmoid', weight: [1, -1], bias: 0 }, null],
      ['a steeper tanh off its middle', { kind: 'tanh', weight: [0.5, 0.25], bias: 0.4 }, 2.3],
      ['softmax', { kind: 'softmax', lambda: 1, component: 0, logits: null }, null],
      ['lse', { kind: 'lse', lambda: 1, logits: null }, null],
      ['gap', { kind: 'gap', lambda: 0.5, logits: { count: 3, seed: 1 } }, null],
    ];
    test.each(smooth)('%s', async (_, short, exponents) => {
      const field = fieldOf(short);
      // The shares of two logits, by whose product steps count, are made of exp(0) and exp(−difference).
      const ofExp = exponents === null ? 0 : expError(0) + expError(exponents);
      const wrong: string[] = [];
      for (let width = 2; width <= 64; width += 1) {
        const grid = { field, x: [0, 1], y: [0, 1], width, height: 66 - width } as const;
        for (const quantity of ['npGradientRows', 'npGradientColumns'] as const) {
          const request: GridRequest = { ...grid, quantity };
          const expected = referenceGrid(request);
          const { values } = await sampleGrid(gpu.contexts[form], request);
          const size = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
          // A few roundings of float32; the rule that integrates along the step is off by less than 1e-6.
          const tolerance = (1e-6 + ofExp) * size;
          expected.forEach((value, i) => {
            const error = Math.abs(values[i]! - value);
            if (!(error <= tolerance)) {
              wrong.push(
                `${quantity} of ${width} × ${grid.height}, sample ${i}: received ${values[i]}, expected ${value}`,
              );
            }
          });
        }
      }
      expect(wrong).toEqual([]);
    });
  },
);
