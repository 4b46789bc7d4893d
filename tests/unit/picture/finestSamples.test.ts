import { expect, it } from 'vitest';
import { finestSamples } from '../../../src/picture/finestSamples.ts';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';

it('only a GPU takes several samples per pixel unasked', () => {
  expect(finestSamples(DEFAULT_STATE, false)).toBe(4);
  expect(finestSamples(DEFAULT_STATE, true)).toBe(1);
});

it.each([1, 2, 4] as const)('a state keeps the %i that it names', (supersampling) => {
  for (const software of [false, true]) {
    expect(finestSamples({ ...DEFAULT_STATE, supersampling }, software)).toBe(supersampling);
  }
});
