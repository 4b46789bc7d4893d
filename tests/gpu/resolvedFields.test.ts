import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pictureGrid } from '../../src/kernels/grid.ts';
import { prepareField } from '../../src/kernels/prepareField.ts';
import { validateField } from '../../src/model/fieldValidation.ts';
import type { ReadoutKind } from '../../src/model/readouts.ts';
import { resolve } from '../../src/model/resolve.ts';
import { FORMS, type GpuFixture, openGpu } from './fixture.ts';
import { type Compared, compareField } from './resolved/compare.ts';
import { places, resolvedFields, type Shape, viewOf } from './resolved/draws.ts';

let gpu: GpuFixture;
beforeAll(async () => {
  gpu = await openGpu();
});
afterAll(() => gpu.finish());

const SEED = 20261127;

const LEAKY: Shape = { hidden: [4, 4], outputs: 3, family: 'leaky' };
const CLAMPED: Shape = { hidden: [4, 3], isClamped: true, outputs: 3, family: 'leaky' };
const AFFINE: Shape = { hidden: [], outputs: 5, family: 'relu' };
const ALL: readonly Compared[] = ['value', 'partial1', 'npGradientRows'];
const GRADIENTS: readonly Compared[] = [
  'value',
  'partial1',
  'gradientNorm',
  'gradientDirection',
  'npGradientColumns',
];
const CONSTANT: readonly Compared[] = ['value', 'npGradientRows'];

interface Family {
  readonly shape: Shape;
  readonly kinds: readonly ReadoutKind[];
  readonly draws: number;
  readonly outputs: readonly Compared[];
}

const FAMILIES: readonly Family[] = [
  { shape: LEAKY, kinds: ['class'], draws: 20, outputs: [...CONSTANT, 'region', 'boundary'] },
  { shape: LEAKY, kinds: ['argmax'], draws: 10, outputs: CONSTANT },
  { shape: LEAKY, kinds: ['max'], draws: 20, outputs: ALL },
  { shape: CLAMPED, kinds: ['margin'], draws: 30, outputs: ALL },
  { shape: CLAMPED, kinds: ['lse'], draws: 30, outputs: ALL },
  { shape: LEAKY, kinds: ['gap'], draws: 30, outputs: ALL },
  { shape: CLAMPED, kinds: ['softmax'], draws: 30, outputs: ALL },
  {
    shape: { ...CLAMPED, outputs: 1 },
    kinds: ['output'],
    draws: 40,
    outputs: [...GRADIENTS, 'region', 'hinge'],
  },
  {
    shape: CLAMPED,
    kinds: ['neuron'],
    draws: 40,
    outputs: ['value', 'partial1', 'region', 'hinge'],
  },
  {
    shape: { ...CLAMPED, outputs: 1, family: 'relu' },
    kinds: ['output'],
    draws: 40,
    outputs: [...ALL, 'region', 'hinge'],
  },
  {
    shape: { ...LEAKY, outputs: 1 },
    kinds: ['sigmoid', 'tanh'],
    draws: 30,
    outputs: ['value', 'partial2'],
  },
  {
    shape: { hidden: [6], outputs: 16, family: 'relu' },
    kinds: ['margin'],
    draws: 15,
    outputs: ['value'],
  },
  {
    shape: { hidden: [5], outputs: 2, family: 'abs' },
    kinds: ['softmax'],
    draws: 20,
    outputs: ['value'],
  },
  { shape: AFFINE, kinds: ['class'], draws: 15, outputs: [...CONSTANT, 'region', 'boundary'] },
  { shape: AFFINE, kinds: ['margin'], draws: 20, outputs: [...ALL, ...GRADIENTS] },
  { shape: { ...AFFINE, outputs: 1 }, kinds: ['output'], draws: 10, outputs: ALL },
  // Too many outputs to unroll.
  { shape: { ...AFFINE, outputs: 120 }, kinds: ['class'], draws: 5, outputs: ['value'] },
  { shape: { ...AFFINE, outputs: 17 }, kinds: ['lse'], draws: 15, outputs: ['value', 'partial1'] },
  {
    shape: { ...AFFINE, outputs: 3 },
    kinds: ['lse'],
    draws: 15,
    outputs: ['value', 'partial1', 'boundary'],
  },
  { shape: { ...AFFINE, outputs: 3 }, kinds: ['argmax'], draws: 10, outputs: ['value'] },
  {
    shape: { ...AFFINE, outputs: 1 },
    kinds: ['sigmoid', 'tanh'],
    draws: 15,
    outputs: ['value', 'region'],
  },
];

const nameOf = ({ shape, kinds }: Family) =>
  `${shape.family}${shape.isClamped ? ' and clamps' : ''} 2-${[...shape.hidden, shape.outputs].join('-')} ${kinds.join(', ')}`;

describe(`fields of any network, slice and readout, seed ${SEED}`, () => {
  test.each(FAMILIES.map((family) => ({ ...family, name: nameOf(family) })))(
    '$name, $draws draws',
    async ({ shape, kinds, draws, outputs }) => {
      let [compared, all] = [0, 0];
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...kinds).chain((kind) => resolvedFields(shape, kind)),
          places,
          fc.constantFrom(...FORMS),
          async (field, place, form) => {
            const resolved = resolve(field);
            const view = viewOf(resolved, place);
            const grid = pictureGrid(view, ...place.size, 1);
            const result = await compareField(
              gpu.contexts[form],
              resolved,
              prepareField(resolved),
              grid,
              outputs,
            );
            compared += result.compared;
            all += 1;
            if (result.failures.length > 0) throw new Error(result.failures.join('\n'));
          },
        ),
        // Shrinking a failure would take minutes.
        { seed: SEED, numRuns: draws, endOnFailure: true },
      );
      // Kinks and ties are rare, except where the centre is on one.
      expect(compared / all).toBeGreaterThan(0.7);
    },
  );
});

/** The pre-activation in the middle is 6 + 4e-16, which float64 does not hold beside 6: 4e-4 of the view. */
test.each(FORMS)('a deep view on the upper end of a clamp, on %s', async (form) => {
  const resolved = resolve(
    validateField({
      network: {
        kind: 'explicit',
        layers: [
          { weight: [[1, 0.5]], bias: [6], activation: 'relu6' },
          { weight: [[-0.25]], bias: [0] },
        ],
      },
    }),
  );
  const view = { center: [4e-16, 0], centerLow: [0, 0], halfWidth: 1e-12 } as const;
  const { failures } = await compareField(
    gpu.contexts[form],
    resolved,
    prepareField(resolved),
    pictureGrid(view, 9, 9, 1),
    ['value', 'npGradientColumns', 'region'],
  );
  expect(failures).toEqual([]);
});

/** All samples are 1, and the middle is 1 − 2e-4, or twice as far below, of which float32 rounds more than 1e-5 of the difference. */
test.each(['softmax', 'sigmoid', 'tanh'] as const)(
  'a wide view of %s that is level',
  async (kind) => {
    const layers = [
      { weight: [[1, 0.5]], bias: [0], activation: 'abs' },
      // tanh(z) is 2 sigmoid(2z) − 1.
      { weight: [[0], [1]], bias: [0, kind === 'tanh' ? 4.25 : 8.5] },
    ];
    const resolved = resolve(
      validateField({ network: { kind: 'explicit', layers }, readout: { kind, index: 1 } }),
    );
    const view = { center: [0, 0], centerLow: [0, 0], halfWidth: 1e6 } as const;
    const { failures } = await compareField(
      gpu.context,
      resolved,
      prepareField(resolved),
      pictureGrid(view, 8, 11, 1),
      ['value', 'npGradientColumns', 'npGradientRows'],
    );
    expect(failures).toEqual([]);
  },
);
