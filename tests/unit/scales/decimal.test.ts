import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  digitCount,
  floorDivide,
  fromDecimal,
  toDecimal,
  writeDecimal,
  writePower,
  writeScientific,
} from '../../../src/scales/decimal.ts';
import { exactly, isWithin, minus, parseDecimal } from '../numeric/rational.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const mantissa = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
const exponent = fc.integer({ min: -40, max: 40 });

describe('toDecimal', () => {
  it('rounds every float64 to the nearest integer multiple of the power of ten', () => {
    fc.assert(
      fc.property(finite, fc.integer({ min: -340, max: 310 }), (value, power) => {
        const unit = parseDecimal(writeDecimal(1n, power));
        const rounded = parseDecimal(writeDecimal(toDecimal(value, power), power));
        const half = { numerator: unit.numerator, denominator: 2n * unit.denominator };
        expect(isWithin(minus(rounded, exactly(value)), half)).toBe(true);
      }),
    );
  });

  it.each([
    [0, 0, 0n],
    [-0, -5, 0n],
    [2.5, 0, 3n],
    [-2.5, 0, -3n],
    [2.4999, 0, 2n],
    [1250, 2, 13n],
    [5e-324, -324, 5n],
    [1.7976931348623157e308, 308, 2n],
  ])('writes %s in units of 10^%s', (value, power, expected) => {
    expect(toDecimal(value, power)).toBe(expected);
  });
});

describe('fromDecimal', () => {
  it('gives the float64 nearest to the decimal', () => {
    expect(fromDecimal(3n, -1)).toBe(0.3);
    expect(fromDecimal(-123n, 20)).toBe(-1.23e22);
    fc.assert(
      fc.property(finite, (value) => {
        // 17 significant digits name every float64.
        const [digits, power] = value.toExponential(16).split('e');
        expect(fromDecimal(BigInt(digits!.replace('.', '')), Number(power) - 16)).toBe(value + 0);
      }),
    );
  });
});

describe('floorDivide and digitCount', () => {
  it('rounds down on both sides of 0', () => {
    expect([7n, -7n, 6n, -6n, 0n].map((a) => floorDivide(a, 3n))).toEqual([2n, -3n, 2n, -2n, 0n]);
  });

  it('counts digits without the sign', () => {
    expect([0n, 9n, -10n, 12345n].map(digitCount)).toEqual([1, 1, 2, 5]);
  });
});

describe('writing', () => {
  it('is read back as the same number', () => {
    fc.assert(
      fc.property(mantissa, exponent, (m, e) => {
        const plain = parseDecimal(writeDecimal(m, e));
        const scientific = parseDecimal(writeScientific(m, e));
        const power = 10n ** BigInt(Math.abs(e));
        const exact =
          e >= 0 ? { numerator: m * power, denominator: 1n } : { numerator: m, denominator: power };
        expect(minus(plain, exact).numerator).toBe(0n);
        expect(minus(scientific, exact).numerator).toBe(0n);
      }),
    );
  });

  it('uses a true minus sign and writes every decimal', () => {
    expect(writeDecimal(-50n, -2)).toBe('−0.50');
    expect(writeDecimal(0n, -1)).toBe('0.0');
    expect(writeDecimal(12n, 3)).toBe('12000');
    expect(writeScientific(-150n, -11)).toBe('−1.50×10⁻⁹');
    expect(writeScientific(7n, 12)).toBe('7×10¹²');
    expect(writePower(-1234567890)).toBe('×10⁻¹²³⁴⁵⁶⁷⁸⁹⁰');
  });
});
