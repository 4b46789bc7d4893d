import { expect, test } from 'vitest';
import { Budget, partsToFit } from '../../bench/budget.ts';

test('the next pieces of work get what one leaves over', () => {
  let now = 0;
  const budget = new Budget(1000, () => now);
  const first = budget.share(1, 4);
  expect(first.left).toBe(250);
  now = 100;
  expect(first.left).toBe(150);
  expect(budget.share(1, 3).left).toBe(300);
  now = 2000;
  expect(budget.left).toBe(0);
});

test('work is cut into the fewest parts that fit, and no more than it can be cut into', () => {
  expect(partsToFit(100, 100, 64)).toBe(1);
  expect(partsToFit(101, 100, 64)).toBe(2);
  expect(partsToFit(900, 100, 64)).toBe(16);
  expect(partsToFit(1e9, 100, 64)).toBe(64);
  expect(partsToFit(Number.NaN, 100, 8)).toBe(8);
});
