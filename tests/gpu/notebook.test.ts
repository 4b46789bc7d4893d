import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleGrid } from '../../src/passes/gridSampler.ts';
import type { NotebookGrid } from '../reference/notebook/notebookReference.ts';
import {
  grids,
  loadFile,
  readSamples,
  requestOf,
  titleOf,
  worstError,
} from '../reference/notebook/notebookReference.ts';
import samplesUrl from '../reference/notebook/samples.npy?url&inline';
import { fieldOf } from '../shorthand.ts';
import { type GpuFixture, openGpu } from './fixture.ts';

/** What the issue asks for; float32 kernels err by 3e-6 at most, and the notebooks by 1.1e-6. */
const TOLERANCE = 1e-5;

let samples: readonly Float32Array[];
beforeAll(async () => {
  samples = readSamples(await loadFile(samplesUrl));
});

describe('sample gives the numbers of the notebook', () => {
  let gpu: GpuFixture;
  beforeAll(async () => {
    gpu = await openGpu();
  });
  afterAll(() => gpu.finish());

  async function errorOf(grid: NotebookGrid, field = fieldOf(grid.field)): Promise<number> {
    const { values } = await sampleGrid(gpu.context, { ...requestOf(grid), field });
    return worstError(grid, samples[grids.indexOf(grid)]!, values);
  }

  test.each(grids.map((grid) => [titleOf(grid), grid] as const))('%s', async (_title, grid) => {
    const error = await errorOf(grid);
    expect(error <= TOLERANCE, `worst error ${error} of the range`).toBe(true);
  });

  test('and not those of a neuron whose bias is off by a thousandth', async () => {
    const grid = grids.find(({ name }) => name === 'sigmoid')!;
    expect(
      await errorOf(grid, fieldOf({ kind: 'sigmoid', weight: [1, -1], bias: 1e-3 })),
    ).toBeGreaterThan(TOLERANCE);
  });
});
