import { expect, test } from 'vitest';
import { commonStep, fitExponent, median, spreadOf } from '../../bench/statistics.ts';

test('the median of an odd number of values is the middle one, of an even number the mean of two', () => {
  expect(median([3, 1, 10])).toBe(3);
  expect(median([4, 1, 3, 10])).toBe(3.5);
  expect(median([])).toBeNaN();
});

test('a spread reports minimum, median, maximum and count', () => {
  expect(spreadOf([5, 1, 2])).toEqual({ min: 1, median: 2, max: 5, count: 3 });
  expect(spreadOf([])).toEqual({ min: Number.NaN, median: Number.NaN, max: Number.NaN, count: 0 });
});

test('a power law gives back its exponent, and one x gives none', () => {
  const pairs = [1, 2, 5, 11].map((x) => [x, 7 * x ** 1.3] as const);
  // Logarithms and sums of four numbers round by a few units in the last place.
  expect(Math.abs(fitExponent(pairs)! - 1.3)).toBeLessThan(1e-12);
  expect(fitExponent([])).toBeNull();
  expect(
    fitExponent([
      [4, 1],
      [4, 2],
    ]),
  ).toBeNull();
});

test('a clock that counts in steps shows its step', () => {
  expect(commonStep([65536n * 5n, 65536n * 12n, 65536n * 7n])).toBe(65536n);
  expect(commonStep([1000n, 1001n])).toBe(1n);
});
