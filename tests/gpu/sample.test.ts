import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shapeOf } from '../../src/model/drawnNetwork.ts';
import type { Field, Quantity } from '../../src/model/field.ts';
import { QUANTITIES } from '../../src/model/quantities.ts';
import { sampleGrid } from '../../src/passes/gridSampler.ts';
import {
  referenceGrid as computeGrid,
  sampledGrid as computeSampled,
  type GridRequest,
} from '../../src/reference/grid.ts';
import { fieldOf } from '../shorthand.ts';
import { expError, LOG_ERROR } from './builtinErrors.ts';
import { mlp } from './fields.ts';
import { FORMS, type GpuFixture, openGpu } from './fixture.ts';
import { remember } from './remember.ts';

let gpu: GpuFixture;
beforeAll(async () => {
  gpu = await openGpu();
});
afterAll(() => gpu.finish());

// Both forms are compared with the same.
const referenceGrid = remember(computeGrid);
const sampledGrid = remember(computeSampled);

/** The largest error over the grid, relative to the largest magnitude; NaN stays NaN. */
function worstError(actual: Float64Array, expected: Float64Array): number {
  const size = largest(expected);
  let worst = 0;
  for (let i = 0; i < expected.length; i += 1) {
    const error = Math.abs(actual[i] - expected[i]) / size;
    if (Number.isNaN(error)) return error;
    worst = Math.max(worst, error);
  }
  return worst;
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-300);
}

/** The same of the angle between directions, where the gradient is not lost to float32. */
function worstAngle(actual: Float64Array, expected: Float64Array, norms: Float64Array): number {
  let worst = 0;
  for (let i = 0; i < expected.length; i += 1) {
    if (norms[i] < 1e-30) continue;
    const turn = Math.abs(actual[i] - expected[i]) % (2 * Math.PI);
    const error = Math.min(turn, 2 * Math.PI - turn);
    if (Number.isNaN(error)) return error;
    worst = Math.max(worst, error);
  }
  return worst;
}

const NETWORKS: [string, Field][] = [
  ['shallow', mlp([2, 20, 1], 3)],
  ['deep', mlp([2, 5, 5, 5, 5, 1], 3)],
  ['deep Abs', mlp([2, 5, 5, 5, 5, 1], 3, 'abs')],
  ['one neuron', mlp([2, 1, 1], 3)],
  ['with a bias of 4', mlp([2, 20, 1], 3, 'relu', 4)],
  ['wide', mlp([2, 33, 64, 7, 1], 3)],
  ['wide Abs', mlp([2, 33, 64, 7, 1], 3, 'abs')],
];

function fieldsOfLogits(lambda: number, count: number): [string, Field][] {
  const logits = count === 2 ? null : { count, seed: 1 };
  const name = (kind: string) => `${kind}, λ ${lambda}, ${count} logits`;
  return [
    [name('lse'), fieldOf({ kind: 'lse', lambda, logits })],
    [name('gap'), fieldOf({ kind: 'gap', lambda, logits })],
    [name('softmax 0'), fieldOf({ kind: 'softmax', lambda, logits, component: 0 })],
    [name('softmax last'), fieldOf({ kind: 'softmax', lambda, logits, component: count - 1 })],
    [name('max'), fieldOf({ kind: 'max', logits })],
    [name('argmax'), fieldOf({ kind: 'argmax', logits, component: count - 1 })],
  ];
}

const LOGIT_FIELDS = [1e-3, 1, 10, 100].flatMap((lambda) => [
  ...fieldsOfLogits(lambda, 2),
  ...fieldsOfLogits(lambda, 5),
]);

const NEURONS: [string, Field][] = [
  ['sigmoid', fieldOf({ kind: 'sigmoid', weight: [1, -1], bias: 0 })],
  ['tanh', fieldOf({ kind: 'tanh', weight: [2, 0.5], bias: -1 })],
];

const RECTANGLE = { x: [-3.1, 4.2], y: [-2, 5.3], width: 37, height: 29 } as const;

/**
 * float32 rounds at 6e-8, and sums over layers and logits gather a few tens of it. Coordinates are
 * rounded too: λ times the extent (here below 6) of it goes into exponents.
 */
function toleranceFor({ readout }: Field): number {
  return 3e-6 + ('lambda' in readout ? 6 * readout.lambda * 2e-7 : 0);
}

/**
 * np.gradient of the gap in views that are not small is the difference of two log Σ exp(x) / λ, over the step; WGSL lets
 * exp and log be off. On average by the weights of K logits, x lies log K below 0 at most.
 */
function builtinErrorFor({ network, readout }: Field, quantity: Quantity): number {
  if (readout.kind !== 'gap' || !quantity.startsWith('np') || readout.lambda < 1) return 0;
  const step = (RECTANGLE.x[1] - RECTANGLE.x[0]) / (RECTANGLE.width - 1);
  return (2 * (LOG_ERROR + expError(Math.log(shapeOf(network).outputs)))) / (readout.lambda * step);
}

/** Those that are compared as numbers; directions and regions have tests of their own. */
const NUMBERS = QUANTITIES.filter((name) => name !== 'gradientDirection' && name !== 'region');
const FIELDS = [...NETWORKS, ...LOGIT_FIELDS, ...NEURONS];

describe.each(FORMS)('sample on %s adapters agrees with the float64 reference', (form) => {
  for (const quantity of NUMBERS) {
    test.each(FIELDS)(`${quantity} of %s`, async (_name, field) => {
      const request: GridRequest = { field, quantity, ...RECTANGLE };
      const { values } = await sampleGrid(gpu.contexts[form], request);
      const expected = referenceGrid(request);
      const error = worstError(values, expected);
      const tolerance = toleranceFor(field) + builtinErrorFor(field, quantity) / largest(expected);
      expect(error <= tolerance, `worst error ${error}, tolerance ${tolerance}`).toBe(true);
    });
  }

  test.each(FIELDS)('gradientDirection of %s', async (_name, field) => {
    const request: GridRequest = { field, quantity: 'gradientDirection', ...RECTANGLE };
    const { values } = await sampleGrid(gpu.contexts[form], request);
    const norms = referenceGrid({ ...request, quantity: 'gradientNorm' });
    const error = worstAngle(values, referenceGrid(request), norms);
    const tolerance = 4 * toleranceFor(field);
    expect(error <= tolerance, `worst angle ${error}, tolerance ${tolerance}`).toBe(true);
  });

  test.each(FIELDS)('region of %s', async (_name, field) => {
    const request: GridRequest = { field, quantity: 'region', ...RECTANGLE };
    const { values } = await sampleGrid(gpu.contexts[form], request);
    expect(values).toEqual(referenceGrid(request));
  });

  test.each(NETWORKS)('value of %s with both axes running downwards', async (_name, field) => {
    const request: GridRequest = {
      ...RECTANGLE,
      field,
      quantity: 'value',
      x: [4.2, -3.1],
      y: [5.3, -2],
    };
    const { values } = await sampleGrid(gpu.contexts[form], request);
    const error = worstError(values, referenceGrid(request));
    expect(error <= toleranceFor(field), `worst error ${error}`).toBe(true);
  });

  const center = { center: [0.7, -0.4], centerLow: [3e-18, 0] } as const;
  const SMOOTH = [...fieldsOfLogits(10, 5), ...NEURONS];
  test.each([...NETWORKS, ...SMOOTH])(
    'differences of %s in views of any depth',
    async (_name, field) => {
      for (const halfWidth of [2, 1e-12]) {
        for (const quantity of ['value', 'partial1', 'gradientNorm'] as const) {
          const side = [-halfWidth, halfWidth] as const;
          const request: GridRequest = {
            ...{ ...center, field, quantity, x: side, y: side, width: 21, height: 21 },
            relative: true,
          };
          const { base, values } = await sampleGrid(gpu.contexts[form], request);
          const expected = sampledGrid(request);
          expect(base).toBe(expected.base);
          // Where a field is not smooth, kernels store gradients themselves, with float32's digits.
          const norm = sampledGrid({ ...request, quantity: 'gradientNorm' }).base!;
          const size = largest(expected.values) + (quantity === 'value' ? 0 : norm);
          const error = worstError(values, expected.values) * largest(expected.values);
          const tolerance = toleranceFor(field) * size;
          expect(error <= tolerance, `${quantity} at ${halfWidth}: ${error}`).toBe(true);
        }
      }
    },
  );

  const sharp: Field[] = [
    fieldOf({ kind: 'lse', lambda: 1e4, logits: null }),
    fieldOf({ kind: 'softmax', lambda: 100, component: 0, logits: null }),
    fieldOf({ kind: 'gap', lambda: 100, logits: null }),
  ];
  test.each(sharp)('npGradientRows where logits are dead, of %j', async (field) => {
    const wide = { x: [-20, 20], y: [-20, 20], width: 33, height: 33 } as const;
    const request: GridRequest = { field, quantity: 'npGradientRows', ...wide };
    const { values } = await sampleGrid(gpu.contexts[form], request);
    const error = worstError(values, referenceGrid(request));
    expect(error <= 1e-4, `worst error ${error}`).toBe(true);
  });
});
