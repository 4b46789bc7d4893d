import { expect } from 'vitest';

/** Holds a number to within a tolerance of another one: NaN is not. */
export function expectNear(received: number, expected: number, tolerance: number): void {
  const error = Math.abs(received - expected);
  expect(
    error <= tolerance,
    `${received} is ${error} from ${expected}, more than ${tolerance}`,
  ).toBe(true);
}

/** The distance of 1 to the next float64: a rounding is off by half of it, relative to its result. */
export const EPSILON = 2 ** -52;
