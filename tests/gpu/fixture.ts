import { requestDevice } from '../../src/gpu/device.ts';
import { groupsPerRow } from '../../src/gpu/gridUniform.ts';
import { createSharedResources } from '../../src/gpu/sharedDevice.ts';
import type { Output } from '../../src/kernels/composeEvaluate.ts';
import type { StoredNumbers } from '../../src/kernels/fieldCode.ts';
import type { Grid } from '../../src/kernels/grid.ts';
import { type PreparedField, prepareField } from '../../src/kernels/prepareField.ts';
import type { Field } from '../../src/model/field.ts';
import { resolve } from '../../src/model/resolve.ts';
import type { SamplerContext } from '../../src/passes/evaluateBands.ts';
import { readGrid } from '../../src/passes/gridSampler.ts';

/** Kernels take the rows of a thread, their pace and some of their branches from the kind of adapter. */
export const FORMS = ['software', 'hardware'] as const;
export type Form = (typeof FORMS)[number];

export interface GpuFixture {
  readonly device: GPUDevice;
  /** As pages have it on a software adapter. */
  readonly context: SamplerContext;
  /** As pages have it on either kind of adapter, with the same compiled pipelines: reads.test.ts has the other way to read. */
  readonly contexts: Readonly<Record<Form, SamplerContext>>;
  /** Fails if anything went wrong on the device since it was opened. */
  finish(): Promise<void>;
}

/** One device for all that a page, or Node, runs: what several tests draw is compiled once. */
let common: Promise<CommonDevice> | null = null;

interface CommonDevice {
  readonly device: GPUDevice;
  readonly contexts: GpuFixture['contexts'];
  readonly problems: string[];
}

async function openDevice(): Promise<CommonDevice> {
  const { device } = await requestDevice(navigator.gpu);
  const problems: string[] = [];
  device.addEventListener('uncapturederror', ({ error }) => problems.push(error.message));
  void device.lost.then(({ message }) => {
    problems.push(`device lost: ${message}`);
    // What comes after has another one.
    common = null;
  });
  const resourcesOf = (form: Form) =>
    createSharedResources({ device, adapter: { name: form, software: form === 'software' } });
  const software = { ...(await resourcesOf('software')), device };
  const { pipelines } = software;
  const own = await resourcesOf('hardware');
  const profile = { ...own.profile, reads: software.profile.reads };
  const hardware = { ...own, profile, device, pipelines };
  return { device, contexts: { software, hardware }, problems };
}

/** The device; a machine without an adapter fails the test, it does not skip it. */
export async function openGpu(): Promise<GpuFixture> {
  common ??= openDevice();
  const { device, contexts, problems } = await common;
  return {
    device,
    context: contexts.software,
    contexts,
    async finish() {
      await device.queue.onSubmittedWorkDone();
      const told = problems.splice(0);
      if (told.length > 0) throw new Error(`WebGPU: ${told.join('\n')}`);
    },
  };
}

export interface RawGrid {
  readonly anchored: StoredNumbers;
  /** [height, width]: what the kernel wrote, without the padding of the rows. */
  readonly shown: Float32Array;
  readonly bits: Uint32Array;
}

/** What the kernel writes for a grid. */
export function evaluateRaw(
  context: SamplerContext,
  field: Field,
  grid: Grid,
  output: Output,
): Promise<RawGrid> {
  return evaluatePrepared(context, prepareField(resolve(field)), grid, output);
}

/** The same for a prepared field. */
export async function evaluatePrepared(
  context: SamplerContext,
  field: PreparedField,
  grid: Grid,
  output: Output,
): Promise<RawGrid> {
  const bits = new Uint32Array(grid.width * grid.height);
  const stride = 4 * groupsPerRow(grid.width);
  let anchored: StoredNumbers | null = null;
  await readGrid(context, field, grid, output, (raw) => {
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
