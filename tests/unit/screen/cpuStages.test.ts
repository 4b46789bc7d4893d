import { expect, it } from 'vitest';
import { CpuStages } from '../../../src/screen/cpuStages.ts';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import { applyPatch } from '../../../src/state/patch.ts';

const SQUARE = { width: 600, height: 600 };

/** The sides of all pictures of a state, each sample of which takes as long. */
function sidesOf(msPerSample: number, patch: object = {}, size = SQUARE): number[] {
  const state = applyPatch(DEFAULT_STATE, patch);
  const stages = new CpuStages();
  const sides: number[] = [];
  let side: number | null = stages.first(state, size);
  while (side !== null) {
    sides.push(side);
    const samples = side * side * (size.width / size.height);
    stages.record(state, size, side, msPerSample * samples);
    side = stages.next(state, size, side);
  }
  return sides;
}

it('a picture becomes finer up to the samples of the state', () => {
  expect(sidesOf(1e-4)).toEqual([17, 65, 200, 500]);
  expect(sidesOf(1e-4, { gridSamples: 100 })).toEqual([17, 65, 100]);
  expect(sidesOf(1e-4, { gridSamples: 9 })).toEqual([9]);
});

it('a picture that would take too long is not begun, but lines can always be seen', () => {
  // 200² samples take 10 s at 0.25 ms each.
  expect(sidesOf(0.24)).toEqual([17, 65, 200]);
  expect(sidesOf(0.26)).toEqual([17, 65]);
  expect(sidesOf(100)).toEqual([17, 65]);
  expect(sidesOf(0.24, {}, { width: 1200, height: 600 })).toEqual([17, 65]);
});

it('the first picture takes a frame, once the time of a sample is known', () => {
  const stages = new CpuStages();
  expect(stages.first(DEFAULT_STATE, SQUARE)).toBe(17);
  stages.record(DEFAULT_STATE, SQUARE, 17, 17 * 17 * 4e-4);
  expect(stages.first(DEFAULT_STATE, SQUARE)).toBe(200);
  const reseeded = applyPatch(DEFAULT_STATE, { field: { seed: 1 } });
  expect(stages.first(reseeded, SQUARE)).toBe(200);
  const deeper = applyPatch(DEFAULT_STATE, { field: { widths: [2, 20, 20, 1] } });
  expect(stages.first(deeper, SQUARE)).toBe(17);
});
