import { expect } from 'vitest';
import { groupsPerRow } from '../../src/gpu/gridUniform.ts';
import { Readback } from '../../src/gpu/readback.ts';
import type { Output } from '../../src/kernels/composeEvaluate.ts';
import type { StoredNumbers } from '../../src/kernels/fieldCode.ts';
import { type Grid, kindOf } from '../../src/kernels/grid.ts';
import type { WideField } from '../../src/kernels/prepareField.ts';
import type { SamplerContext } from '../../src/passes/evaluateBands.ts';
import { WideEvaluator } from '../../src/passes/evaluateWide.ts';
import type { FieldEvaluator } from '../../src/passes/fieldEvaluator.ts';

export interface WideWay {
  readonly culling: boolean;
  /** Submissions that a band is cut into; all of its pieces apart if that is 'pieces'. */
  readonly shares?: number | 'pieces';
  /** Threads for what is not straight-line code, in place of the profile's. */
  readonly threads?: number;
}

/** [plane][sample] of a grid as the kernels of wide networks store them, with or without culling. */
export function evaluateWide(
  context: SamplerContext,
  field: WideField,
  grid: Grid,
  output: Output,
  { culling, shares = 1, threads }: WideWay,
): Promise<{ anchored: StoredNumbers; planes: Float32Array[] }> {
  const { device, pipelines, profile: own } = context;
  const profile = threads ? { ...own, plainThreads: threads, loopedThreads: threads } : own;
  const evaluator = new WideEvaluator(device, pipelines, profile, field, culling);
  return evaluateBy(context, evaluator, grid, output, shares);
}

/** The same by any evaluator, which is destroyed. */
export async function evaluateBy(
  { device, fence, profile: { rowsPerThread } }: SamplerContext,
  evaluator: FieldEvaluator,
  grid: Grid,
  output: Output,
  shares: number | 'pieces' = 1,
): Promise<{ anchored: StoredNumbers; planes: Float32Array[] }> {
  // Groups of four that an output writes for four samples.
  const count = output === 'valueAndGradient' ? 3 : 1;
  const perRow = groupsPerRow(grid.width);
  const bytes = 16 * count * perRow * grid.height;
  const target = device.createBuffer({
    label: 'target',
    size: bytes,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
  });
  const readback = new Readback(device, fence, 'readback', bytes);
  await evaluator.prepare(output, kindOf(grid));
  const anchored = evaluator.setGrid(grid);
  const most = evaluator.maxRows(grid, output);
  expect(grid.height).toBeLessThanOrEqual(most);
  const band = { firstRow: 0, rows: grid.height, targetRow: 0, rowsPerThread };
  const pieces = evaluator.pieces(grid, output, grid.height);
  const of = shares === 'pieces' ? pieces : shares;
  expect(pieces).toBeGreaterThanOrEqual(of);
  for (let index = 0; index < of; index += 1) {
    const part = device.createCommandEncoder({ label: 'share' });
    evaluator.encode(part, output, band, target, { from: index, to: index + 1, of });
    device.queue.submit([part.finish()]);
  }
  const encoder = device.createCommandEncoder({ label: 'test' });
  readback.encodeCopy(encoder, target, bytes);
  device.queue.submit([encoder.finish()]);
  const planes = await readback.read(bytes, (data) =>
    Array.from({ length: count }, (_, plane) => {
      const all = new Float32Array(data);
      return Float32Array.from({ length: grid.width * grid.height }, (_, i) => {
        const [row, column] = [Math.floor(i / grid.width), i % grid.width];
        return all[4 * ((row * perRow + (column >> 2)) * count + plane) + (column & 3)];
      });
    }),
  );
  evaluator.destroy();
  target.destroy();
  readback.destroy();
  return { anchored, planes };
}
