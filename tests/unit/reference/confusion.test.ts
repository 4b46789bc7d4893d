import { expect, it } from 'vitest';
import { confusionOf } from '../../../src/reference/confusion.ts';

it('counts who is taken for whom, and finds the mean of each cell', () => {
  const x = Float64Array.of(1, 10, 3, 30, 5, 50, 7, 70);
  const { counts, means } = confusionOf(x, Int32Array.of(0, 0, 1, 0), Int32Array.of(0, 1, 1, 1), 2);
  expect([...counts]).toEqual([1, 2, 0, 1]);
  expect([...means]).toEqual([1, 10, 5, 50, 0, 0, 5, 50]);
});
