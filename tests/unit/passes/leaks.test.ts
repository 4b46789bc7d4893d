import { afterAll, describe, expect, test, vi } from 'vitest';
import { pictureGrid } from '../../../src/kernels/grid.ts';
import { prepareField } from '../../../src/kernels/prepareField.ts';
import type { Field } from '../../../src/model/field.ts';
import { resolve } from '../../../src/model/resolve.ts';
import { countRegions } from '../../../src/passes/countRegions.ts';
import { evaluateBands, type SamplerContext } from '../../../src/passes/evaluateBands.ts';
import { sampleGrid } from '../../../src/passes/gridSampler.ts';
import { ScenePreparer } from '../../../src/picture/scene.ts';
import type { State } from '../../../src/state/state.ts';
import { fieldOf } from '../../shorthand.ts';
import { fakeContext, SOFTWARE } from '../gpu/fakeContext.ts';

afterAll(() => vi.unstubAllGlobals());

const network = (...widths: number[]): Field =>
  fieldOf({ kind: 'mlp', widths, activation: 'relu', seed: 0, outputBias: null });
const FIELDS: [string, Field][] = [
  ['a small network', network(2, 5, 1)],
  ['a wide network', network(2, 64, 64, 1)],
  ['lse', fieldOf({ kind: 'lse', lambda: 1, logits: null })],
];
const VIEW = { center: [0, 0], centerLow: [0, 0], halfWidth: 3 } as const;
const GRID = pictureGrid(VIEW, 40, 40, 1);

type Work = (context: SamplerContext, field: Field) => Promise<unknown>;

const evaluate = (context: SamplerContext, field: Field, fails: 'encode' | 'finish' | null) => {
  const failure = (at: typeof fails) => {
    if (at === fails) throw new Error(`${at} failed`);
  };
  return evaluateBands(context, prepareField(resolve(field)), GRID, 'value', {
    encode: () => failure('encode'),
    finish: async () => failure('finish'),
  });
};
const request = { quantity: 'value', x: [0, 1], y: [0, 1], width: 9, height: 9 } as const;
const WORKS: [string, Work][] = [
  ['evaluating by bands', (context, field) => evaluate(context, field, null)],
  ['sampling', (context, field) => sampleGrid(context, { ...request, field })],
  ['counting regions', (context, field) => countRegions(context, field, GRID)],
];

describe.each(FIELDS)('of %s', (_, field) => {
  test.each(WORKS)('%s leaves no buffer, whichever pipeline fails', async (__, work) => {
    const { context, fake } = fakeContext(SOFTWARE);
    await work(context, field);
    expect(fake.live.size).toBe(0);
    const { compiled } = context.pipelines;
    expect(compiled).toBeGreaterThan(0);
    for (let left = 0; left < compiled; left += 1) {
      const other = fakeContext(SOFTWARE);
      other.fake.pipelinesLeft = left;
      await expect(work(other.context, field)).rejects.toThrow('no more pipelines');
      expect(other.fake.live.size).toBe(0);
    }
  });

  test.each(['encode', 'finish'] as const)('a visitor whose %s fails leaves none', async (at) => {
    const { context, fake } = fakeContext(SOFTWARE);
    await expect(evaluate(context, field, at)).rejects.toThrow(`${at} failed`);
    expect(fake.live.size).toBe(0);
  });

  test('a scene that is not to be had leaves the buffers of the one before', async () => {
    const { context, fake } = fakeContext(SOFTWARE);
    const scenes = new ScenePreparer(context);
    const state = {
      field: fieldOf({ kind: 'max', logits: null }),
      view: { center: [0, 0], centerLow: [0, 0], halfWidth: 1 },
      quantity: 'value',
      hinges: false,
      projection: { kind: 'plane' },
    } as unknown as State;
    await scenes.prepare(state, 1);
    const before = new Set(fake.live);
    fake.pipelinesLeft = 0;
    await expect(scenes.prepare({ ...state, field }, 1)).rejects.toThrow('no more pipelines');
    expect(fake.live).toEqual(before);
    scenes.destroy();
    expect(fake.live.size).toBe(0);
  });
});
