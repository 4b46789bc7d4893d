import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DoubleDouble } from '../../../src/numeric/doubleDouble.ts';
import {
  add,
  negate,
  scale,
  toNumber,
  twoProduct,
  twoSum,
  ZERO,
} from '../../../src/numeric/doubleDouble.ts';
import type { Rational } from './rational.ts';
import { exactly, isWithin, minus, plus, ratio, times } from './rational.ts';

// Exponents from −300 to 300 keep every partial product a normal number.
const factor = fc
  .tuple(
    fc.double({ min: 1, max: 2, maxExcluded: true, noNaN: true }),
    fc.integer({ min: -300, max: 300 }),
  )
  .chain(([fraction, power]) => fc.constantFrom(fraction * 2 ** power, -fraction * 2 ** power));
const number = fc.oneof(factor, fc.constantFrom(0, 1, -1, 2 ** 53, 2 ** -53, 0.1));
/** Numbers of similar size, so that sums cancel. */
const near = fc.double({ min: -4, max: 4, noNaN: true });
const pair = fc.oneof(
  fc.tuple(number, number).map(([a, b]) => twoSum(a, b)),
  fc.tuple(near, near).map(([a, b]) => twoSum(a, b * 2 ** -53)),
);

function value(a: DoubleDouble): Rational {
  return plus(exactly(a.high), exactly(a.low));
}

function isNormalised(a: DoubleDouble): boolean {
  return a.high + a.low === a.high;
}

/** 2⁻¹⁰⁰: the bounds in the literature are 3 · 2⁻¹⁰⁶ and 2⁻¹⁰⁴; a lost low part would show at 2⁻⁵³. */
const RELATIVE: Rational = { numerator: 1n, denominator: 2n ** 100n };

describe('twoSum and twoProduct', () => {
  it('are exact and normalised', () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        const sum = twoSum(a, b);
        const product = twoProduct(a, b);
        expect(minus(value(sum), plus(exactly(a), exactly(b))).numerator).toBe(0n);
        expect(minus(value(product), times(exactly(a), exactly(b))).numerator).toBe(0n);
        expect(isNormalised(sum) && isNormalised(product)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('add', () => {
  it('has a relative error of at most 2⁻¹⁰⁰, also under cancellation', () => {
    fc.assert(
      fc.property(pair, pair, (a, b) => {
        const sum = add(a, b);
        const exact = plus(value(a), value(b));
        expect(isWithin(minus(value(sum), exact), times(exact, RELATIVE))).toBe(true);
        expect(isNormalised(sum)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps what float64 loses', () => {
    const tiny = 1e-28;
    const sum = add(add({ high: 1e4, low: 0 }, { high: tiny, low: 0 }), { high: -1e4, low: 0 });
    // 1e-28 is half a unit in the last place (2⁻¹⁰⁶ · 10⁴) of the double-double 1e4 or more.
    expect(Math.abs(toNumber(sum) - tiny)).toBeLessThan(1e4 * 2 ** -104);
    expect(1e4 + tiny - 1e4).toBe(0);
  });
});

describe('scale', () => {
  it('has a relative error of at most 2⁻¹⁰⁰', () => {
    fc.assert(
      fc.property(pair, near, (a, b) => {
        // Below 2⁻⁹⁰⁰ the product's last bits are subnormal and lost.
        fc.pre(Math.abs(a.high) > 2 ** -400 && Math.abs(b) > 2 ** -400);
        const exact = times(value(a), exactly(b));
        expect(isWithin(minus(value(scale(a, b)), exact), times(exact, RELATIVE))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('negate, toNumber and ZERO', () => {
  it('negate is exact and toNumber is the nearest float64', () => {
    fc.assert(
      fc.property(pair, (a) => {
        expect(toNumber(add(a, negate(a)))).toBe(0);
        expect(toNumber(add(a, ZERO))).toBe(toNumber(a));
        fc.pre(a.high !== 0);
        // Half a unit in the last place is at most 2⁻⁵³ of the value.
        const error = ratio(minus(exactly(toNumber(a)), value(a)), value(a));
        expect(Math.abs(error)).toBeLessThanOrEqual(2 ** -53);
      }),
    );
  });
});
