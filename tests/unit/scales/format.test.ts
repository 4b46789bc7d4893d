import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { twoSum } from '../../../src/numeric/doubleDouble.ts';
import {
  formatAffine,
  formatCenter,
  formatCoordinate,
  formatNumber,
  groupDigits,
} from '../../../src/scales/format.ts';
import { exactly, minus, parseDecimal, plus, ratio } from '../numeric/rational.ts';

describe('formatAffine', () => {
  it.each<[[number, number], number, string]>([
    [[0.0048123, -0.0067], 0.5, '0.00481 x₁ − 0.0067 x₂ + 0.5'],
    [[-1, 0], -2, '−1 x₁ + 0 x₂ − 2'],
    [[0, 0], 0.1385, '0.139'],
    [[0, -0], -1, '−1'],
    [[Number.NaN, 0], 1, 'NaN x₁ + 0 x₂ + 1'],
  ])('%j and %d are %s', (a, b, expected) => {
    expect(formatAffine({ a, b }, 3)).toBe(expected);
  });
});

describe('formatNumber', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [1, '1'],
    [-0.25, '−0.25'],
    [1234.5678, '1235'],
    [123456, '123456'],
    [999999.7, '1×10⁶'],
    [1e6, '1×10⁶'],
    [100, '100'],
    [1.5e-9, '1.5×10⁻⁹'],
    [-1e-4, '−0.0001'],
    [9.9e-5, '9.9×10⁻⁵'],
    [-1.23456e21, '−1.235×10²¹'],
    [Number.NaN, 'NaN'],
    [Infinity, '∞'],
    [-Infinity, '−∞'],
  ])('writes %s to 4 digits', (value, text) => {
    expect(formatNumber(value, 4)).toBe(text);
  });

  it('is within half a unit of the last significant digit, for every number', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(finite, fc.integer({ min: 1, max: 12 }), (value, significant) => {
        fc.pre(Math.abs(value) > 1e-300);
        const error = ratio(
          minus(parseDecimal(formatNumber(value, significant)), exactly(value)),
          exactly(value),
        );
        // Half a unit of the last of n digits is at most ½ · 10^(1 − n) of the number.
        expect(Math.abs(error)).toBeLessThanOrEqual(0.5 * 10 ** (1 - significant) * (1 + 1e-12));
      }),
    );
  });
});

describe('formatCoordinate', () => {
  it.each([
    [0.3, 0, 5, '0.300'],
    [-0.0001, 0, 5, '0.000'],
    [-1e4, 1.23e-13, 1e-12, '−9999.999999999999877'],
    [1234567, 0, 1e5, '1234567'],
    [12345678, 0, 1e5, '1.23457×10⁷'],
    [-3e8, 0, 1e9, '−3.00×10⁸'],
    [0, 0, 1e9, '0'],
    [999999999, 0, 1e9, '1.000×10⁹'],
    // Each part rounds down, their sum up.
    [0.4, 0.4, 1e3, '1'],
  ])('writes %s + %s at half-width %s', (value, low, halfWidth, text) => {
    expect(formatCoordinate(value, low, halfWidth)).toBe(text);
  });

  it('is within 1/1000 of the half-width, and distinguishes pixels of a 1000 pixel picture', () => {
    const high = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const power = fc.double({ min: -12, max: 9, noNaN: true });
    fc.assert(
      fc.property(high, fc.double({ min: -1, max: 1, noNaN: true }), power, (value, rest, size) => {
        const halfWidth = 10 ** size;
        const point = twoSum(value, rest * halfWidth);
        const next = twoSum(point.high, point.low + 0.002 * halfWidth);
        const text = formatCoordinate(point.high, point.low, halfWidth);
        const exact = plus(exactly(point.high), exactly(point.low));
        const error = ratio(minus(parseDecimal(text), exact), exactly(halfWidth));
        expect(Math.abs(error)).toBeLessThanOrEqual(0.0005 * (1 + 2e-9));
        expect(formatCoordinate(next.high, next.low, halfWidth)).not.toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});

describe('formatCenter', () => {
  it.each([
    [0, 0, 1e9, '0.000'],
    [0, 0, 5, '0.000'],
    [0, 0, 1e-12, '0.000'],
    [0.5, 0, 1e-9, '0.500'],
    [12.3456, 0, 500, '12.346'],
    [1.23456789, 0, 1e-4, '1.2345679'],
    [1, 1.5e-13, 1e-12, '1.00000000000015'],
    [12345678, 0, 1e5, '1.23457×10⁷'],
    [2000000, 0, 1e-3, '2000000.000'],
  ])('writes %s + %s at half-width %s', (value, low, halfWidth, text) => {
    expect(formatCenter(value, low, halfWidth)).toBe(text);
  });
});

it('groups counts as Intl does', () => {
  const { format } = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
  for (const count of [
    0, 0.1, 0.25, 7, 99.96, 999.95, 1000, 1234.5, 12_345, 999_999.94, 1_234_567,
  ]) {
    expect(groupDigits(count)).toBe(format(count));
  }
});
