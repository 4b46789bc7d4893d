import { afterAll, beforeAll, expect, test } from 'vitest';
import { linspaceGrid } from '../../src/kernels/grid.ts';
import { prepareField } from '../../src/kernels/prepareField.ts';
import type { Vec2 } from '../../src/model/field.ts';
import { resolve } from '../../src/model/resolve.ts';
import { sampleGrid } from '../../src/passes/gridSampler.ts';
import { type GridRequest, referenceGrid } from '../../src/reference/grid.ts';
import { fieldOf, resolveLogits } from '../shorthand.ts';
import { expError, LOG_ERROR } from './builtinErrors.ts';
import { FORMS, type GpuFixture, openGpu } from './fixture.ts';

let gpu: GpuFixture;
beforeAll(async () => {
  gpu = await openGpu();
});
afterAll(() => gpu.finish());

/** Not whole tiles of 4 × 16 samples. */
const [WIDTH, HEIGHT] = [301, 403];

interface Case {
  readonly name: string;
  readonly logits: { weight: Vec2[]; bias: number[] };
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

function drawn(count: number, seed: number): Case['logits'] {
  const { weight, bias } = resolveLogits({ count, seed });
  return { weight: [...weight], bias: [...bias] };
}

const CASES: readonly Case[] = [
  {
    name: 'the identity',
    logits: {
      weight: [
        [1, 0],
        [0, 1],
      ],
      bias: [0, 0],
    },
    x: [-3, 3],
    y: [-3, 3],
  },
  { name: 'two logits off their kink', logits: drawn(2, 5), x: [-1, 7], y: [-9, 1] },
  { name: 'ten logits', logits: drawn(10, 0), x: [-3, 3], y: [-4, 4] },
  {
    name: 'a mean that is far from 0',
    logits: {
      weight: [
        [30, 29],
        [29, 31],
        [30, 30],
      ],
      bias: [0, 1, -1],
    },
    x: [-2, 2],
    y: [-2, 2],
  },
  {
    name: 'along rows only',
    logits: {
      weight: [
        [1, 0],
        [-1, 0],
      ],
      bias: [0, 0.5],
    },
    x: [-3, 3],
    y: [-3, 3],
  },
  {
    name: 'along columns only, counted downwards',
    logits: {
      weight: [
        [0, 1],
        [0, -1],
      ],
      bias: [0, 0.5],
    },
    x: [-3, 3],
    y: [3, -3],
  },
];

const spanOf = (weight: readonly Vec2[], axis: 0 | 1) =>
  Math.max(...weight.map((a) => a[axis])) - Math.min(...weight.map((a) => a[axis]));

/** The largest λ for which the series serves the grid, less a little: what it leaves out is largest there. */
function steepest({ logits, x, y }: Case): number {
  const along = (spanOf(logits.weight, 0) * 2 * Math.abs(x[1] - x[0])) / (WIDTH - 1);
  const up = (spanOf(logits.weight, 1) * 8 * Math.abs(y[1] - y[0])) / (HEIGHT - 1);
  return 0.999 * Math.min(0.024 / along, 0.08 / (along + up));
}

const IN_FORMS = FORMS.flatMap((form) => CASES.map((given) => ({ ...given, form })));

test.each(IN_FORMS)('lse by its series where it is least exact, on $form: $name', async (given) => {
  const lambda = steepest(given);
  const field = fieldOf({ kind: 'lse', lambda, logits: given.logits });
  const grid = linspaceGrid(given.x, given.y, WIDTH, HEIGHT);
  const prepared = prepareField(resolve(field));
  const reach = [2 * Math.abs(grid.step[0]), 8 * Math.abs(grid.step[1])] as const;
  const serves = (factor: number) =>
    prepared.form === 'straight' &&
    prepared.anchor(grid.anchor).servesSeries?.([factor * reach[0], factor * reach[1]]);
  expect(serves(1)).toBe(true);
  expect(serves(1.01)).toBe(false);
  for (const quantity of ['value', 'partial1', 'partial2', 'gradientNorm'] as const) {
    const request: GridRequest = {
      field,
      quantity,
      width: WIDTH,
      height: HEIGHT,
      x: given.x,
      y: given.y,
    };
    const { values } = await sampleGrid(gpu.contexts[given.form], request);
    const expected = referenceGrid(request);
    const size = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    // The value at a tile's middle is log Σ exp(…) / λ, and WGSL lets these be off; the exponents are at most
    // λ times the value, and log K below 0 where they have weight.
    const exponent = lambda * size + Math.log(given.logits.bias.length);
    const ofBuiltins = quantity === 'value' ? (LOG_ERROR + expError(exponent)) / lambda : 0;
    // What the series leaves out, 3e-7, and a few roundings of float32.
    const tolerance = 1e-6 * size + ofBuiltins;
    const off = expected.findIndex((value, i) => !(Math.abs(values[i]! - value) <= tolerance));
    expect(off, `${quantity}: received ${values[off]}, expected ${expected[off]}`).toBe(-1);
  }
});
