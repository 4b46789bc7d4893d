import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linspaceGrid } from '../../src/kernels/grid.ts';
import { shapeOf } from '../../src/model/drawnNetwork.ts';
import type { Field } from '../../src/model/field.ts';
import { QUANTITIES } from '../../src/model/quantities.ts';
import { countRegions } from '../../src/passes/countRegions.ts';
import { sampleGrid } from '../../src/passes/gridSampler.ts';
import { createEvaluator } from '../../src/reference/evaluate.ts';
import { referenceGrid } from '../../src/reference/grid.ts';
import { fieldOf } from '../shorthand.ts';
import { mlp } from './fields.ts';
import { evaluateRaw, FORMS, type GpuFixture, openGpu } from './fixture.ts';

let gpu: GpuFixture;
beforeAll(async () => {
  gpu = await openGpu();
});
afterAll(() => gpu.finish());

const SHALLOW = mlp([2, 20, 1]);
const WIDE = mlp([2, 40, 30, 1]);

describe.each(FORMS)('grids of awkward sizes on %s', (form) => {
  // One sample; both sides of a group of four, of a workgroup (64 groups), and of a thread's rows, 64 or 8.
  const sizes: [number, number][] = [
    [1, 1],
    [3, 1],
    [4, 2],
    [5, 7],
    [4, 8],
    [7, 9],
    [5, 63],
    [7, 65],
    [252, 2],
    [256, 3],
    [260, 5],
    [1, 70],
  ];
  for (const [name, field] of [
    ['shallow', SHALLOW],
    ['wide', WIDE],
  ] as [string, Field][]) {
    test.each(sizes)(`${name}, %s × %s`, async (width, height) => {
      const request = { field, x: [-2, 3], y: [1, 4], width, height, quantity: 'value' } as const;
      const { values } = await sampleGrid(gpu.contexts[form], request);
      const expected = referenceGrid(request);
      expect(values.length).toBe(width * height);
      expected.forEach((value, i) => {
        const error = Math.abs(values[i] - value);
        // Values are of size 1; float32 rounds a few dozen times.
        expect(error <= 3e-6, `sample ${i}: received ${values[i]}, expected ${value}`).toBe(true);
      });
    });
  }
});

describe('extreme parameters give finite numbers', () => {
  const logits = { count: 7, seed: 5 };
  const fields: Field[] = [1e-3, 1, 1e3, 1e6].flatMap((lambda) => [
    fieldOf({ kind: 'lse', lambda, logits }),
    fieldOf({ kind: 'gap', lambda, logits }),
    fieldOf({ kind: 'softmax', lambda, logits, component: 2 }),
  ]);
  fields.push(fieldOf({ kind: 'sigmoid', weight: [1e6, -1e6], bias: 3 }));
  fields.push(fieldOf({ kind: 'tanh', weight: [1e-6, 1e-6], bias: 0 }));
  fields.push(mlp([2, 256, 1], 9));
  const extents = [1e-12, 1e-6, 1, 1e6, 1e9];

  test.each(fields.map((field) => [JSON.stringify(field), field] as const))(
    '%s',
    async (_, field) => {
      const { min, max } = createEvaluator(field).bounds;
      for (const extent of extents) {
        for (const quantity of QUANTITIES) {
          const request = {
            field,
            x: [0.25 - extent, 0.25 + extent],
            y: [-extent, extent],
            width: 9,
            height: 8,
            quantity,
          } as const;
          const { values } = await sampleGrid(gpu.context, request);
          expect(values.every(Number.isFinite), `${quantity} at ±${extent}`).toBe(true);
          if (quantity !== 'value') continue;
          expect(values.every((value) => value >= min && value <= max)).toBe(true);
        }
      }
    },
  );
});

describe('argmax', () => {
  test('gives ties to the first index, and exactly 0 and 1', async () => {
    const request = { x: [-1, 1], y: [-1, 1], width: 9, height: 9, quantity: 'value' } as const;
    for (const component of [0, 1]) {
      const field = fieldOf({ kind: 'argmax', component, logits: null });
      const { values } = await sampleGrid(gpu.context, { ...request, field });
      expect(values).toEqual(referenceGrid({ ...request, field }));
    }
  });
});

describe('hinges', () => {
  const grid = linspaceGrid([-4, 4], [-4, 4], 33, 33);

  test('cover the samples near a line where a pre-activation is 0, and no others', async () => {
    const field = fieldOf({ kind: 'sigmoid', weight: [1, -1], bias: 0 });
    const { bits } = await evaluateRaw(gpu.context, field, grid, 'hinge');
    for (let row = 0; row < 33; row += 1) {
      for (let column = 0; column < 33; column += 1) {
        const distance = Math.abs(column - row) / Math.SQRT2;
        const coverage = Math.min(1, Math.max(0, grid.hingeHalfWidth + 0.5 - distance));
        const received = (bits[row * 33 + column] >> 8) / 255;
        const error = Math.abs(received - coverage);
        expect(error <= 2 / 255, `row ${row}, column ${column}: ${received}, ${coverage}`).toBe(
          true,
        );
      }
    }
  });

  test.each([
    ['straight-line', mlp([2, 5, 5, 5, 5, 1])],
    ['wide', WIDE],
  ])('of a %s network lie between regions', async (_, field) => {
    const hinges = (await evaluateRaw(gpu.context, field, grid, 'hinge')).bits;
    const regions = (await evaluateRaw(gpu.context, field, grid, 'region')).bits;
    const layers = shapeOf(field.network).hidden.length;
    let changes = 0;
    for (let row = 0; row < 33; row += 1) {
      for (let column = 0; column + 1 < 33; column += 1) {
        const at = row * 33 + column;
        const covered = [at, at + 1].map((i) => hinges[i] >> 8);
        if (covered[0] > 0) {
          const layer = hinges[at] & 0xff;
          expect(layer >= 1 && layer <= layers, `layer ${layer}`).toBe(true);
        }
        if (regions[at] === regions[at + 1]) continue;
        changes += 1;
        // A line between neighbours is at most half a sample from one of them.
        expect(Math.max(...covered) > 0, `row ${row}, column ${column}`).toBe(true);
      }
    }
    expect(changes).toBeGreaterThan(20);
  });
});

describe('distinct regions among the samples', () => {
  test.each([
    ['straight-line', mlp([2, 20, 1])],
    ['wide', WIDE],
    ['of logits', fieldOf({ kind: 'max', logits: { count: 9, seed: 4 } })],
  ])('of a %s field are counted on the GPU', async (_, field) => {
    const grid = linspaceGrid([-6, 6], [-5, 5], 150, 131);
    const { bits } = await evaluateRaw(gpu.context, field, grid, 'region');
    const counted = await countRegions(gpu.context, field, grid);
    expect(counted).toEqual({ regions: new Set(bits).size, complete: true });
    expect(counted.regions).toBeGreaterThan(3);
  });
});
