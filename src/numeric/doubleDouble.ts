/**
 * Double-double arithmetic: an unevaluated sum high + low of two float64 numbers, about 106 bits.
 *
 * Source: T. J. Dekker, "A floating-point technique for extending the available precision",
 * Numerische Mathematik 18 (1971); D. E. Knuth, TAOCP vol. 2, 4.2.2 (TwoSum). JavaScript numbers
 * are IEEE float64 with one rounding per operation, which both proofs need.
 */
export interface DoubleDouble {
  readonly high: number;
  readonly low: number;
}

/** A point of the plane in double-double. */
export interface Point {
  readonly x: DoubleDouble;
  readonly y: DoubleDouble;
}

export const ZERO: DoubleDouble = { high: 0, low: 0 };

const SPLITTER = 2 ** 27 + 1;

/** The exact sum a + b as high + low. */
export function twoSum(a: number, b: number): DoubleDouble {
  const high = a + b;
  const bRounded = high - a;
  return { high, low: a - (high - bRounded) + (b - bRounded) };
}

/** The upper half of a number's bits; products of halves are exact. For |a| < 2^970. */
export function split(a: number): number {
  return SPLITTER * a - (SPLITTER * a - a);
}

/** The exact product a · b as high + low, for |a|, |b| < 2^970. */
export function twoProduct(a: number, b: number): DoubleDouble {
  const high = a * b;
  const aTop = split(a);
  const bTop = split(b);
  const aRest = a - aTop;
  const bRest = b - bTop;
  return { high, low: aTop * bTop - high + aTop * bRest + aRest * bTop + aRest * bRest };
}

/** a + b, relative error about 2⁻¹⁰⁴ (also when the high parts cancel). */
export function add(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const high = twoSum(a.high, b.high);
  const low = twoSum(a.low, b.low);
  const middle = twoSum(high.high, high.low + low.high);
  return twoSum(middle.high, middle.low + low.low);
}

/** a · b for a float64 b. */
export function scale(a: DoubleDouble, b: number): DoubleDouble {
  const product = twoProduct(a.high, b);
  return twoSum(product.high, product.low + a.low * b);
}

export function negate(a: DoubleDouble): DoubleDouble {
  return { high: -a.high, low: -a.low };
}

/** The nearest float64. */
export function toNumber(a: DoubleDouble): number {
  return a.high + a.low;
}
