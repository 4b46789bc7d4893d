import { describe, expect, it } from 'vitest';
import { requestDevice } from '../../../src/gpu/device.ts';

/** An adapter of a browser, with what it says of itself. */
function gpuOf(adapter: object): GPU {
  const whole = {
    limits: { maxBufferSize: 1, maxTextureDimension2D: 2 },
    requestDevice: async (descriptor: GPUDeviceDescriptor) => ({ descriptor }),
    ...adapter,
  };
  return { requestAdapter: async () => whole } as unknown as GPU;
}

const info = (words: object) => ({
  vendor: '',
  architecture: '',
  device: '',
  description: '',
  ...words,
});

describe('requestDevice names the adapter', () => {
  it.each<[string, object, { name: string; software: boolean }]>([
    [
      'by its info',
      { info: info({ vendor: 'nvidia', architecture: 'ampere' }) },
      { name: 'nvidia ampere', software: false },
    ],
    [
      'by its description before all',
      { info: info({ vendor: 'mesa', description: 'llvmpipe (LLVM 15)' }) },
      { name: 'llvmpipe (LLVM 15)', software: true },
    ],
    [
      'by what Chrome had before 127',
      { requestAdapterInfo: async () => info({ vendor: 'google', architecture: 'swiftshader' }) },
      { name: 'google swiftshader', software: true },
    ],
    [
      'as a fallback where the adapter says so itself, as before',
      { isFallbackAdapter: true, requestAdapterInfo: async () => info({}) },
      { name: 'unknown adapter', software: true },
    ],
    [
      'as a fallback where its info says so',
      { info: info({ isFallbackAdapter: true }) },
      { name: 'unknown adapter', software: true },
    ],
    ['as unknown where it says nothing', {}, { name: 'unknown adapter', software: false }],
  ])('%s', async (_, adapter, expected) => {
    expect((await requestDevice(gpuOf(adapter))).adapter).toEqual(expected);
  });
});
