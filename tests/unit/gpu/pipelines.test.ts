import { expect, test, vi } from 'vitest';
import { PipelineCache } from '../../../src/gpu/pipelines.ts';

/** A device whose compiler fails so many times, then does not. */
function deviceThatFails(times: number): GPUDevice {
  const compile = vi.fn();
  for (let i = 0; i < times; i += 1) compile.mockRejectedValueOnce(new Error('out of memory'));
  compile.mockResolvedValue({ label: 'pipeline' });
  return {
    createShaderModule: () => ({ getCompilationInfo: async () => ({ messages: [] }) }),
    createComputePipelineAsync: compile,
  } as unknown as GPUDevice;
}

const layout = {} as GPUPipelineLayout;

test('a pipeline that did not compile is compiled again at the next request', async () => {
  const cache = new PipelineCache(deviceThatFails(1));
  const ask = () => cache.compute('lse', layout, 'evaluate', () => 'code');
  await expect(ask()).rejects.toThrow("The shader 'lse' did not compile: out of memory");
  await expect(ask()).resolves.toEqual({ label: 'pipeline' });
  await ask();
  // Twice for the two that were tried, and not for the one that was there.
  expect(cache.compiled).toBe(2);
});
