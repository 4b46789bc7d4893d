import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { groupsPerRow } from '../../src/gpu/gridUniform.ts';
import { ReducePass } from '../../src/passes/reduce.ts';
import { type GpuFixture, openGpu } from './fixture.ts';

let gpu: GpuFixture;
beforeAll(async () => {
  gpu = await openGpu();
});
afterAll(() => gpu.finish());

/** Least, greatest, mean and count of a grid, reduced in bands of so many rows. */
async function reduce(
  values: Float32Array<ArrayBuffer>,
  width: number,
  rowsInBand: number,
): Promise<number[]> {
  const { device, context } = gpu;
  const perRow = 4 * groupsPerRow(width);
  const height = values.length / width;
  const pass = new ReducePass(device, context.pipelines);
  await pass.prepare();
  const padded = new Float32Array(perRow * height).fill(LARGEST);
  for (let row = 0; row < height; row += 1) {
    padded.set(values.subarray(row * width, (row + 1) * width), row * perRow);
  }
  const buffer = (size: number, usage: number) =>
    device.createBuffer({ label: 'Test.statistics', size, usage: usage | GPUBufferUsage.COPY_DST });
  const samples = buffer(padded.byteLength, GPUBufferUsage.STORAGE);
  const staging = buffer(16, GPUBufferUsage.MAP_READ);
  device.queue.writeBuffer(samples, 0, padded);
  pass.begin(width, height);
  for (let row = 0; row < height; row += rowsInBand) {
    const rows = Math.min(rowsInBand, height - row);
    const encoder = device.createCommandEncoder({ label: 'Test.statistics' });
    const isLast = row + rows === height;
    pass.encodeBand(encoder, samples, { width, targetRow: row, rows }, false, isLast);
    if (isLast) encoder.copyBufferToBuffer(pass.statistics, 0, staging, 0, 16);
    device.queue.submit([encoder.finish()]);
  }
  await staging.mapAsync(GPUMapMode.READ);
  const numbers = [...new Float32Array(staging.getMappedRange())];
  samples.destroy();
  staging.destroy();
  pass.destroy();
  return numbers;
}

const LARGEST = 3.4e38;

describe('the mean', () => {
  test('of the largest and the least of float32 does not overflow', async () => {
    const width = 13;
    const values = Float32Array.from({ length: width * 11 }, (_, i) =>
      i % 2 === 0 ? LARGEST : -LARGEST,
    );
    const [least, greatest, mean, count] = await reduce(values, width, 4);
    expect([least, greatest, count]).toEqual([
      Math.fround(-LARGEST),
      Math.fround(LARGEST),
      values.length,
    ]);
    // One more of them is positive.
    const error = Math.abs(mean! / LARGEST - 1 / values.length);
    expect(error <= 1e-6, `the mean is ${mean}`).toBe(true);
  });

  test('of one large value is that value', async () => {
    const values = new Float32Array(300 * 7).fill(LARGEST);
    const [, , mean] = await reduce(values, 300, 7);
    expect(mean).toBe(Math.fround(LARGEST));
  });

  test('of 4096 × 4096 samples around 1 keeps its digits', async () => {
    const side = 4096;
    const values = new Float32Array(side * side);
    let sum = 0;
    for (let i = 0; i < values.length; i += 1) {
      values[i] = 0.8 + 0.4 * (i / values.length) ** 2;
      sum += values[i]!;
    }
    const [, , mean] = await reduce(values, side, 512);
    const error = Math.abs(mean! - sum / values.length) / 0.4;
    // A mean around 1 is itself rounded by 2⁻²⁴; sums of a thousand differences round by far less than their own size.
    expect(error <= 1e-6, `the mean is off by ${error} of the range`).toBe(true);
  });
});
