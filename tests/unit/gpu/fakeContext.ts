import { type AdapterProfile, adapterProfile } from '../../../src/gpu/adapterProfile.ts';
import type { Fence } from '../../../src/gpu/fence.ts';
import { Pace } from '../../../src/gpu/pace.ts';
import { PipelineCache } from '../../../src/gpu/pipelines.ts';
import type { SamplerContext } from '../../../src/passes/evaluateBands.ts';
import { type FakeDevice, fakeDevice } from './fakeDevice.ts';

const limits = { maxStorageBufferBindingSize: 2 ** 30, maxBufferSize: 2 ** 30 };
export const SOFTWARE = adapterProfile({ software: true, limits });
export const HARDWARE = adapterProfile({ software: false, limits });

/** A context on a device that computes nothing, in no time. */
export function fakeContext(profile: AdapterProfile): {
  readonly context: SamplerContext;
  readonly fake: FakeDevice;
} {
  const fake = fakeDevice();
  const { device } = fake;
  const fence = {
    done: async () => undefined,
    during: (wait: Promise<unknown>) => wait,
    workMs: () => 0,
  } as unknown as Fence;
  const pipelines = new PipelineCache(device);
  return { fake, context: { device, pipelines, profile, fence, pace: new Pace(profile) } };
}
