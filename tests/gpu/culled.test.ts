import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Output } from '../../src/kernels/composeEvaluate.ts';
import { type Grid, pictureGrid } from '../../src/kernels/grid.ts';
import { prepareField, type WideField } from '../../src/kernels/prepareField.ts';
import { SLOTS, STRAIGHT } from '../../src/kernels/tileNetworks.ts';
import type { Field } from '../../src/model/field.ts';
import { resolve } from '../../src/model/resolve.ts';
import { countOpenNeurons } from '../../src/passes/countOpenNeurons.ts';
import { createEvaluator } from '../../src/reference/evaluate.ts';
import { mlp } from './fields.ts';
import { FORMS, type Form, type GpuFixture, openGpu } from './fixture.ts';
import { evaluateWide, type WideWay } from './wideEvaluation.ts';

let gpu: GpuFixture;
beforeAll(async () => {
  gpu = await openGpu();
});
afterAll(() => gpu.finish());

interface Way extends WideWay {
  readonly form: Form;
}

/** [plane][sample] of a grid, with or without culling. */
async function evaluate(
  field: Field,
  grid: Grid,
  output: Output,
  { form, ...way }: Way,
): Promise<Float32Array[]> {
  const prepared = prepareField(resolve(field)) as WideField;
  expect(prepared.form).toBe('layered');
  return (await evaluateWide(gpu.contexts[form], prepared, grid, output, way)).planes;
}

/** Samples that no hinge comes near: there float32 leaves no doubt which neurons are on. */
function clearSamples(field: Field, grid: Grid): boolean[] {
  const reference = createEvaluator(field);
  const at = (i: number, axis: 0 | 1) =>
    grid.anchor.halfWidth * (i - grid.origin[axis]) * grid.step[axis];
  const near = 1e-4 * grid.anchor.halfWidth;
  return Array.from({ length: grid.width * grid.height }, (_, i) => {
    const [x, y] = [at(i % grid.width, 0), at(Math.floor(i / grid.width), 1)];
    const here = reference.regionId(x, y);
    return [-near, near].every((dx) =>
      [-near, near].every((dy) => reference.regionId(x + dx, y + dy) === here),
    );
  });
}

const NETWORKS: [string, Field][] = [
  ['two layers', mlp([2, 40, 30, 1], 4)],
  ['two layers, Abs', mlp([2, 40, 30, 1], 4, 'abs')],
  ['three layers', mlp([2, 64, 64, 64, 1], 4)],
  ['widths that four does not divide', mlp([2, 33, 31, 13, 1], 4)],
];

const WAYS = FORMS.flatMap((form) => [
  [`culled, on ${form}`, { form, culling: true }] as const,
  [`layer by layer, on ${form}`, { form, culling: false }] as const,
]);

test.each(WAYS)('shares of a band make the whole band: %s', async (_, way) => {
  const field = mlp([2, 64, 64, 64, 1], 4);
  const view = { center: [0, 0], centerLow: [0, 0], halfWidth: 5 } as const;
  const grid = pictureGrid(view, 75, 70, 1);
  const whole = await evaluate(field, grid, 'value', way);
  for (const shares of [2, 3, 7, 19]) {
    expect(await evaluate(field, grid, 'value', { ...way, shares })).toEqual(whole);
  }
  expect(new Set(whole[0]).size).toBeGreaterThan(1000);
});

describe.each(FORMS)('where tiles have too many open neurons, on %s', (form) => {
  const field = mlp([2, 150, 8, 1], 4);
  const view = { center: [2, 1.5], centerLow: [0, 0], halfWidth: 2.5 } as const;
  const grid = pictureGrid(view, 75, 38, 1);
  const way = { form, culling: true } as const;
  let whole: Float32Array[];
  beforeAll(async () => {
    whole = await evaluate(field, grid, 'valueAndGradient', way);
  });

  test('there are such tiles, leaves that loops evaluate, and others', async () => {
    const { openNeurons } = await countOpenNeurons(gpu.contexts[form], field, grid);
    const count = (low: number, high: number) =>
      openNeurons.filter((open) => open > low && open <= high).length;
    expect(count(SLOTS, Number.POSITIVE_INFINITY)).toBeGreaterThan(0);
    expect(count(STRAIGHT, SLOTS)).toBeGreaterThan(0);
    expect(count(-1, STRAIGHT)).toBeGreaterThan(0);
  });

  test('pieces of a tile make the whole band', async () => {
    const cut = await evaluate(field, grid, 'valueAndGradient', { ...way, shares: 'pieces' });
    expect(cut).toEqual(whole);
    // Six tiles of four strips: some tiles are shared by two portions.
    expect(await evaluate(field, grid, 'valueAndGradient', { ...way, shares: 5 })).toEqual(whole);
  });

  test.each([64, 192, 65_536])('%s threads evaluate the same', async (threads) => {
    expect(await evaluate(field, grid, 'valueAndGradient', { ...way, threads })).toEqual(whole);
  });
});

describe('culling changes nothing but rounding', () => {
  for (const [name, field] of NETWORKS) {
    // From views in which all hinges meet in one tile, so that nothing can be culled, to single tiles.
    test.each([1e3, 30, 3, 0.1])(`${name}, half-width %s`, async (halfWidth) => {
      const view = { center: [0, 0], centerLow: [0, 0], halfWidth } as const;
      // Neither side a multiple of a tile's 16 samples.
      const grid = pictureGrid(view, 75, 53, 1);
      const clear = clearSamples(field, grid);
      expect(clear.filter(Boolean).length).toBeGreaterThan(1000);
      for (const form of FORMS) {
        const plain = await evaluate(field, grid, 'valueAndGradient', { form, culling: false });
        const culled = await evaluate(field, grid, 'valueAndGradient', { form, culling: true });
        plain.forEach((expected, plane) => {
          const size = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
          const received = culled[plane];
          // Both round a few hundred sums at 6e-8; only a gradient may jump at a hinge.
          const off = expected.findIndex(
            (value, i) =>
              (plane === 0 || clear[i]) && !(Math.abs(received[i] - value) <= 3e-6 * size),
          );
          const where = `on ${form}, plane ${plane}, sample ${off}`;
          expect(off, `${where}: received ${received[off]}, expected ${expected[off]}`).toBe(-1);
        });
      }
    });
  }
});

test('rows of a thread that do not make tiles of equal height are rejected', async () => {
  const { context } = gpu;
  const view = { center: [0, 0], centerLow: [0, 0], halfWidth: 3 } as const;
  const grid = pictureGrid(view, 20, 20, 1);
  for (const rowsPerThread of [3, 24]) {
    const odd = { ...context, profile: { ...context.profile, rowsPerThread } };
    await expect(countOpenNeurons(odd, mlp([2, 20, 1], 4), grid)).rejects.toThrow(
      `rowsPerThread: received ${rowsPerThread}, expected a divisor or a multiple of 16`,
    );
  }
});

describe('a tile keeps all neurons that change sign in it', () => {
  const networks: [string, Field][] = [
    ...NETWORKS,
    ['one layer, straight-line code', mlp([2, 20, 1], 4)],
    ['four layers, straight-line code', mlp([2, 5, 5, 5, 5, 1], 4)],
    ['four layers of Abs, straight-line code', mlp([2, 5, 5, 5, 5, 1], 4, 'abs')],
  ];
  for (const [name, field] of networks) {
    test.each([30, 3, 0.3])(`${name}, half-width %s`, async (halfWidth) => {
      const view = { center: [0, 0], centerLow: [0, 0], halfWidth } as const;
      const grid = pictureGrid(view, 149, 107, 1);
      const signs = signsOver(field, grid);
      for (const form of FORMS) {
        const tiles = await countOpenNeurons(gpu.contexts[form], field, grid);
        const [width, height] = tiles.tileSize;
        expect(tiles.columns).toBe(Math.ceil(grid.width / width));
        expect(tiles.rows).toBe(Math.ceil(grid.height / height));
        const least = Array.from(tiles.openNeurons, (_, tile) => {
          const left = width * (tile % tiles.columns);
          const low = height * Math.floor(tile / tiles.columns);
          const rows = signs.slice(low, low + height);
          return countChanges(rows.flatMap((row) => row.slice(left, left + width)));
        });
        const wrong = tiles.openNeurons.findIndex((open, tile) => !(open >= least[tile]!));
        const where = `on ${form}, tile ${wrong}: received ${tiles.openNeurons[wrong]}`;
        expect(wrong, `${where}, expected at least ${least[wrong]}`).toBe(-1);
        // And leaves others out.
        const kept = tiles.openNeurons.reduce((sum, open) => sum + open, 0);
        const all = signs[0]![0]!.length * tiles.openNeurons.length;
        if (halfWidth < 1) expect(kept).toBeLessThan(0.7 * all);
      }
    });
  }
});

/** [height][width]: a sign for each hidden neuron, by layers. */
function signsOver(field: Field, grid: Grid): string[][] {
  const reference = createEvaluator(field);
  const at = (i: number, axis: 0 | 1) =>
    grid.anchor.halfWidth * (i - grid.origin[axis]) * grid.step[axis];
  return Array.from({ length: grid.height }, (_, row) =>
    Array.from({ length: grid.width }, (_, column) =>
      reference.pattern(at(column, 0), at(row, 1))!.join(''),
    ),
  );
}

/** The number of places at which not all of these strings are the same. */
function countChanges(signs: readonly string[]): number {
  const different = [...new Set(signs)];
  return [...different[0]!].filter((sign, k) => different.some((other) => other[k] !== sign))
    .length;
}
