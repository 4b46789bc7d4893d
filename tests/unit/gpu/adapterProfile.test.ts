import { describe, expect, test } from 'vitest';
import { adapterProfile } from '../../../src/gpu/adapterProfile.ts';

const MIB = 2 ** 20;

function profile(software: boolean, bindingMib: number, bufferMib: number) {
  const limits = {
    maxStorageBufferBindingSize: bindingMib * MIB,
    maxBufferSize: bufferMib * MIB,
  };
  return { limits, ...adapterProfile({ software, limits }) };
}

const ADAPTERS = [
  ['SwiftShader', profile(true, 1024, 1024)],
  ['a phone with the least that WebGPU asks for', profile(false, 128, 256)],
  ['an integrated GPU', profile(false, 1024, 2048)],
  ['a large GPU', profile(false, 4096, 8192)],
  ['an adapter of small buffers', profile(false, 2048, 64)],
] as const;

describe.each(ADAPTERS)('%s', (_, adapter) => {
  test('has pieces of work that fit its buffers', () => {
    const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
    for (const bytes of [adapter.batchBytes, adapter.activationBytes]) {
      expect(bytes).toBeLessThan(Math.min(maxBufferSize, maxStorageBufferBindingSize));
      // Sixteen tiles of the widest network and their networks take 8 MiB.
      expect(bytes).toBeGreaterThanOrEqual(16 * MIB);
    }
  });

  test('has whole workgroups of threads', () => {
    expect(adapter.plainThreads % 64).toBe(0);
    expect(adapter.loopedThreads % 64).toBe(0);
  });

  test('holds more than a first stint of 8 ms', () => {
    expect(adapter.mostAtOnce).toBeGreaterThan(10 * 8 * adapter.firstPace);
    expect(adapter.mostAtOnce).toBeGreaterThan(10 * adapter.leastAtOnce);
  });
});

test('a software adapter has the values measured best on two cores', () => {
  expect(profile(true, 1024, 1024)).toMatchObject({
    rowsPerThread: 64,
    batchBytes: 64 * MIB,
    activationBytes: 32 * MIB,
    plainThreads: 1024,
    loopedThreads: 4096,
  });
});

test('the work of a GPU grows with its buffers', () => {
  const sizes = [profile(false, 128, 256), profile(false, 256, 1024), profile(false, 4096, 8192)];
  expect(sizes.map(({ batchBytes }) => batchBytes / MIB)).toEqual([64, 128, 256]);
  expect(sizes.map(({ plainThreads }) => plainThreads)).toEqual([16_384, 16_384, 65_536]);
});
