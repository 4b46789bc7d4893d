import { afterAll, beforeAll, expect, test } from 'vitest';
import { adapterProfile } from '../../src/gpu/adapterProfile.ts';
import type { Output } from '../../src/kernels/composeEvaluate.ts';
import { pictureGrid } from '../../src/kernels/grid.ts';
import type { Field } from '../../src/model/field.ts';
import { mlp } from './fields.ts';
import { evaluateRaw, type GpuFixture, openGpu } from './fixture.ts';

// Leaves of software and of hardware adapters differ in how they read their network, and in nothing else.

let gpu: GpuFixture;
beforeAll(async () => {
  gpu = await openGpu();
});
afterAll(() => gpu.finish());

const several = mlp([2, 40, 40, 3], 4);

const CASES: readonly [string, Field, readonly Output[]][] = [
  ['a wide network', mlp([2, 40, 40, 1], 4), ['value', 'gradientNorm']],
  ['outputs of a wide network', { ...several, readout: { kind: 'max' } }, ['value']],
];

test.each(CASES)('the bits of %s are the same for each way to read', async (_, field, outputs) => {
  const reads = [true, false].map(
    (software) => adapterProfile({ software, limits: gpu.device.limits }).reads,
  );
  expect(new Set(reads).size).toBe(2);
  for (const output of outputs) {
    const seen = new Set<number>();
    // From leaves without an open neuron to leaves with too many.
    for (const halfWidth of [0.1, 1, 10, 100]) {
      const view = { center: [0.3, -0.2], centerLow: [0, 0], halfWidth } as const;
      const grid = pictureGrid(view, 70, 50, 1);
      const [byLoop, byLines] = await Promise.all(
        reads.map((way) => {
          const profile = { ...gpu.context.profile, reads: way };
          return evaluateRaw({ ...gpu.context, profile }, field, grid, output);
        }),
      );
      expect(byLoop!.bits).toEqual(byLines!.bits);
      for (const bits of byLoop!.bits) seen.add(bits);
    }
    expect(seen.size).toBeGreaterThan(3);
  }
});
