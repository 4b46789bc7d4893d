import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DoubleDouble, twoSum } from '../../../src/numeric/doubleDouble.ts';
import {
  divide,
  exponential,
  hypotenuse,
  logarithm,
  logarithmOf1Plus,
  multiply,
  sineAndCosine,
} from '../../../src/numeric/elementary.ts';
import { exp, log, ONE } from '../reference/fixedPoint.ts';
import { exactly, isWithin, minus, plus, type Rational, times } from './rational.ts';

const FIXED_ONE: Rational = { numerator: ONE, denominator: 1n };

function value({ high, low }: DoubleDouble): Rational {
  return plus(exactly(high), exactly(low));
}

/** In the oracle's fixed point. */
function toFixed({ numerator, denominator }: Rational): bigint {
  return (numerator * ONE) / denominator;
}

function fromFixed(numerator: bigint): Rational {
  return { numerator, denominator: ONE };
}

/** 2⁻⁹⁶: the roundings of a dozen operations of 2⁻¹⁰⁴, doubled eight times; float64 alone would give 2⁻⁵³. */
const RELATIVE: Rational = { numerator: 1n, denominator: 2n ** 96n };

/** Part of the series of sine and cosine is summed in float64. */
const ABOUT_2_72: Rational = { numerator: 1n, denominator: 2n ** 72n };

function expectNear(got: DoubleDouble, expected: Rational, relative = RELATIVE): void {
  const error = minus(value(got), expected);
  const isNear = isWithin(error, times(relative, expected));
  expect(isNear, `${got.high} + ${got.low}`).toBe(true);
}

/** Taylor's series of the angle / 2⁴⁰, doubled 40 times. */
function sineAndCosineOf(angle: bigint): readonly [bigint, bigint] {
  const halvings = 40n;
  const product = (a: bigint, b: bigint) => (a * b) / ONE;
  const small = angle >> halvings;
  let [sine, cosine] = [small, ONE];
  for (let n = 1n, term = small; term !== 0n && term !== -1n; n += 1n) {
    term = product(term, small) / (n + 1n);
    const sign = (n + 1n) % 4n < 2n ? 1n : -1n;
    if (n % 2n === 1n) cosine += sign * term;
    else sine += sign * term;
  }
  for (let i = 0n; i < halvings; i += 1n) {
    [sine, cosine] = [2n * product(sine, cosine), product(cosine, cosine) - product(sine, sine)];
  }
  return [sine, cosine];
}

const pairUpTo = (max: number, min = -max) =>
  fc
    .tuple(fc.double({ min, max, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }))
    .map(([a, b]) => twoSum(a, Math.abs(a) > 1e-100 ? a * b * 2 ** -54 : 0));

describe('double-double functions', () => {
  it('multiplies and divides', () => {
    const factor = pairUpTo(8, 0.125);
    fc.assert(
      fc.property(factor, factor, (a, b) => {
        expectNear(multiply(a, b), times(value(a), value(b)));
        const { numerator, denominator } = value(b);
        const inverse = { numerator: denominator, denominator: numerator };
        expectNear(divide(a, b), times(value(a), inverse));
      }),
    );
  });

  it('raises e to a power, to −∞ too', () => {
    fc.assert(
      fc.property(pairUpTo(4, -40), (a) => {
        // A power's relative error is the absolute one of its exponent: 2⁻⁵² · 2⁻¹⁰⁴ · 40 is far below.
        expectNear(exponential(a), fromFixed(exp(toFixed(value(a)))));
      }),
    );
    expect(exponential({ high: 0, low: 0 })).toEqual({ high: 1, low: 0 });
    expect(exponential({ high: Number.NEGATIVE_INFINITY, low: Number.NaN }).high).toBe(0);
    expect(exponential({ high: -744, low: 0 }).high).toBe(Math.exp(-744));
    // Math.exp is right to an ulp or so.
    expect(Math.abs(exponential({ high: 700, low: 0 }).high / Math.exp(700) - 1) <= 2 ** -52).toBe(
      true,
    );
  });

  it('takes the logarithm of 1 + a', () => {
    fc.assert(
      fc.property(pairUpTo(15, 0.01), (a) => {
        const x = plus(value(a), fromFixed(FIXED_ONE.numerator));
        expectNear(logarithmOf1Plus(a), fromFixed(log(toFixed(x))));
      }),
    );
    // a − a²/2 + a³/3 − …, of which the fourth term is 10⁻⁴⁰.
    const tiny = 2 ** -33;
    const series = plus(exactly(tiny), exactly(-(tiny ** 2) / 2), {
      numerator: 1n,
      denominator: 3n * 2n ** 99n,
    });
    expectNear(logarithmOf1Plus({ high: tiny, low: 0 }), series);
    expect(logarithmOf1Plus({ high: 1e-300, low: 0 }).high).toBe(1e-300);
    expect(logarithmOf1Plus({ high: 0, low: 0 }).high).toBe(0);
  });

  it('takes the logarithm of a number', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1, noNaN: true, maxExcluded: true }), (x) => {
        // log x = −log(1/x), which the oracle knows from 1 on.
        const { numerator, denominator } = exactly(x);
        const inverse = toFixed({ numerator: denominator, denominator: numerator });
        expectNear(logarithm(x), fromFixed(-log(inverse)));
      }),
    );
    expect(logarithm(1)).toEqual({ high: 0, low: 0 });
    const below1 = logarithm(1 - 2 ** -53);
    expectNear(
      below1,
      plus(exactly(-(2 ** -53)), exactly(-(2 ** -107)), exactly(-(2 ** -159) / 3)),
    );
  });

  it('takes sine and cosine, of angles that are all but multiples of π/2, too', () => {
    const quarters = fc
      .tuple(fc.integer({ min: -1000, max: 1000 }), fc.double({ min: -1e-9, max: 1e-9 }))
      .map(([n, more]) => (n * Math.PI) / 2 + more);
    const angle = fc.oneof(fc.double({ min: -1e3, max: 1e3, noNaN: true }), quarters);
    fc.assert(
      fc.property(
        // The oracle has 10⁻¹³⁰, whatever the angle.
        angle.filter((a) => Math.abs(a) > 1e-30 && Math.abs(a) <= 2e3),
        (a) => {
          const [sine, cosine] = sineAndCosine(a);
          const [oracleSine, oracleCosine] = sineAndCosineOf(toFixed(exactly(a)));
          expectNear(sine, fromFixed(oracleSine), ABOUT_2_72);
          expectNear(cosine, fromFixed(oracleCosine), ABOUT_2_72);
        },
      ),
    );
    expect(sineAndCosine(0).map(({ high }) => high)).toEqual([0, 1]);
  });

  it('finds the length of a vector', () => {
    const part = pairUpTo(8, 0.125);
    fc.assert(
      fc.property(part, part, (a, b) => {
        const length = value(hypotenuse(a, b));
        const square = plus(times(value(a), value(a)), times(value(b), value(b)));
        const error = minus(times(length, length), square);
        expect(isWithin(error, times(RELATIVE, square))).toBe(true);
      }),
    );
    expect(hypotenuse({ high: 3e-200, low: 0 }, { high: 4e-200, low: 0 }).high).toBe(5e-200);
    expect(hypotenuse({ high: 0, low: 0 }, { high: 0, low: 0 }).high).toBe(0);
  });
});
