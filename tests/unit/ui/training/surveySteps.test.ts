import { expect, test } from 'vitest';
import { surveySteps } from '../../../../src/ui/training/surveySteps.ts';

test('the middle comes first, then the quarters, then the eighths', () => {
  expect(surveySteps(512).slice(0, 9)).toEqual([0, 256, 128, 384, 64, 192, 320, 448, 32]);
});

test('they are even, and at most 32, and of a short run all', () => {
  for (const reached of [1, 2, 5, 31, 32, 33, 100, 2000, 99_999]) {
    const steps = [...surveySteps(reached)].sort((a, b) => a - b);
    const spacing = steps[1] === undefined ? reached : steps[1];
    expect(steps, `of ${reached}`).toEqual(steps.map((_, i) => i * spacing));
    expect(steps.length).toBeLessThanOrEqual(32);
    expect(steps.length).toBeGreaterThanOrEqual(Math.min(reached, 16));
    expect(reached - steps.at(-1)!).toBeLessThanOrEqual(spacing);
  }
  expect(surveySteps(0)).toEqual([0]);
});
