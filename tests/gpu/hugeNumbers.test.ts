import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleGrid } from '../../src/passes/gridSampler.ts';
import { type GpuFixture, openGpu } from './fixture.ts';

let gpu: GpuFixture;
beforeAll(async () => {
  gpu = await openGpu();
});
afterAll(() => gpu.finish());

test('lse of logits of 1e33 with λ = 1e6', async () => {
  const weight = [
    [1e33, 0],
    [0, 1e33],
  ] as const;
  const field = { kind: 'lse', lambda: 1e6, logits: { weight, bias: [0, 0] } } as const;
  const request = {
    field,
    x: [-5, 5],
    y: [-5, 5],
    width: 3,
    height: 3,
    quantity: 'value',
  } as const;
  const { values } = await sampleGrid(gpu.context, request);
  expect(Array.from(values)).toEqual([]);
});
