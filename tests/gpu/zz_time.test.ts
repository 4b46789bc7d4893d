import { afterAll, beforeAll, test } from 'vitest';
import { composeEvaluate, type Output } from '../../src/kernels/composeEvaluate.ts';
import { prepareResolved } from '../../src/kernels/prepareField.ts';
import type { Readout } from '../../src/model/readouts.ts';
import { resolve } from '../../src/model/resolve.ts';
import { type GpuFixture, openGpu } from './fixture.ts';

let gpu: GpuFixture;
beforeAll(async () => {
  gpu = await openGpu();
});
afterAll(() => gpu.finish());
const cases: [readonly number[], 'relu' | 'abs', Readout, Output][] = [
  [[2, 20, 1], 'relu', { kind: 'output', index: 0 }, 'value'],
  [[2, 10, 10, 1], 'relu', { kind: 'output', index: 0 }, 'value'],
  [[2, 10, 10, 5], 'relu', { kind: 'class', wins: 'greatest' }, 'value'],
  [[2, 10, 10, 5], 'relu', { kind: 'class', wins: 'greatest' }, 'boundary'],
  [[2, 10, 10, 5], 'relu', { kind: 'softmax', index: 0, lambda: 1 }, 'value'],
  [[2, 10, 10, 5], 'relu', { kind: 'lse', lambda: 1 }, 'value'],
  [[2, 10, 10, 5], 'relu', { kind: 'lse', lambda: 1 }, 'partial1'],
  [[2, 10, 10, 5], 'relu', { kind: 'lse', lambda: 1 }, 'npGradientRows'],
  [[2, 10], 'relu', { kind: 'lse', lambda: 1 }, 'value'],
  [[2, 10], 'relu', { kind: 'lse', lambda: 1 }, 'npGradientRows'],
  [[2, 16], 'relu', { kind: 'lse', lambda: 1 }, 'value'],
  [[2, 17], 'relu', { kind: 'lse', lambda: 1 }, 'value'],
  [[2, 64], 'relu', { kind: 'lse', lambda: 1 }, 'value'],
  [[2, 64], 'relu', { kind: 'class', wins: 'greatest' }, 'value'],
  [[2, 256], 'relu', { kind: 'class', wins: 'greatest' }, 'value'],
];
test('times', async () => {
  for (const [widths, activation, readout, output] of cases) {
    const field = {
      network: { kind: 'drawn', widths, activation, seed: 0, outputBias: null },
      slice: null,
      readout,
    } as const;
    const p = prepareResolved(resolve(field));
    if (p.form !== 'straight') continue;
    const code = composeEvaluate(p.code(), output, 'plane');
    const t0 = performance.now();
    const module = gpu.device.createShaderModule({ code });
    await gpu.device.createComputePipelineAsync({
      layout: 'auto',
      compute: { module, entryPoint: 'evaluate' },
    });
    console.log(
      p.key,
      output,
      readout.kind,
      code.split('\n').length,
      'lines',
      Math.round(performance.now() - t0),
      'ms',
    );
  }
});
