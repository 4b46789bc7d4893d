import { requestDevice } from '../../src/gpu/device.ts';
import { Fence } from '../../src/gpu/fence.ts';
import { groupsPerRow } from '../../src/gpu/gridUniform.ts';
import { Pace } from '../../src/gpu/pace.ts';
import { PipelineCache } from '../../src/gpu/pipelines.ts';
import type { Output } from '../../src/kernels/composeEvaluate.ts';
import type { AnchoredField } from '../../src/kernels/fieldCode.ts';
import type { Grid } from '../../src/kernels/grid.ts';
import { prepareField } from '../../src/kernels/prepareField.ts';
import type { Field } from '../../src/model/field.ts';
import type { SamplerContext } from '../../src/passes/evaluateBands.ts';
import { readGrid } from '../../src/passes/gridSampler.ts';

export interface GpuFixture {
  readonly device: GPUDevice;
  readonly context: SamplerContext;
  /** Fails if anything went wrong on the device, then gives it back. */
  finish(): Promise<void>;
}

/** A fresh device; a machine without an adapter fails the test, it does not skip it. */
export async function openGpu(): Promise<GpuFixture> {
  const { device } = await requestDevice(navigator.gpu);
  const errors: string[] = [];
  device.addEventListener('uncapturederror', (event) => errors.push(event.error.message));
  let lost: string | null = null;
  void device.lost.then((info) => {
    lost = info.reason === 'destroyed' ? null : info.message;
  });
  return {
    device,
    context: {
      device,
      pipelines: new PipelineCache(device),
      fence: await Fence.create(device.queue),
      pace: new Pace(400_000),
      rowsPerThread: 32,
    },
    async finish() {
      await device.queue.onSubmittedWorkDone();
      device.destroy();
      if (errors.length > 0) throw new Error(`uncaptured WebGPU errors: ${errors.join('\n')}`);
      if (lost !== null) throw new Error(`device lost: ${lost}`);
    },
  };
}

export interface RawGrid {
  readonly anchored: AnchoredField;
  /** [height, width]: what the kernel wrote, without the padding of the rows. */
  readonly shown: Float32Array;
  readonly bits: Uint32Array;
}

/** What the kernel writes for a grid. */
export async function evaluateRaw(
  context: SamplerContext,
  field: Field,
  grid: Grid,
  output: Output,
): Promise<RawGrid> {
  const bits = new Uint32Array(grid.width * grid.height);
  const stride = 4 * groupsPerRow(grid.width);
  let anchored: AnchoredField | null = null;
  await readGrid(context, prepareField(field), grid, output, (raw) => {
    anchored = raw.anchored;
    const words = new Uint32Array(raw.data);
    for (let r = 0; r < raw.rows; r += 1) {
      const row = words.subarray(r * stride, r * stride + grid.width);
      bits.set(row, (raw.firstRow + r) * grid.width);
    }
  });
  if (!anchored) throw new Error('readGrid gave no rows');
  return { anchored, bits, shown: new Float32Array(bits.buffer) };
}
