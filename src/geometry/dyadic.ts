/**
 * A number as mantissa · 2^exponent, the mantissa an odd integer or 0: every finite float64 is one,
 * and so are sums and products of them.
 */
export interface Dyadic {
  readonly mantissa: bigint;
  readonly exponent: number;
}

const MAX_INTEGER = BigInt(Number.MAX_SAFE_INTEGER);

/** The float64 nearest to the quotient, ties to even (subnormal results may be rounded twice). */
export function roundQuotient(numerator: bigint, denominator: bigint): number {
  if (numerator === 0n) return 0;
  const isNegative = numerator < 0n !== denominator < 0n;
  const top = magnitude(numerator);
  const bottom = magnitude(denominator);
  // A quotient of at least 65 bits, the last of which is set if the division leaves a remainder:
  // it rounds as the whole quotient would.
  const shift = Math.max(0, bitLength(bottom) - bitLength(top) + 66);
  const shifted = top << BigInt(shift);
  const quotient = shifted / bottom;
  const sticky = quotient * bottom === shifted ? quotient : quotient | 1n;
  const surplus = Math.max(0, bitLength(sticky) - 900);
  const size = scaleByPowerOfTwo(roundToNumber(sticky, surplus), surplus - shift);
  return isNegative ? -size : size;
}

/** Rounds value / 2^surplus; the bits cut off are far below the rounding. */
function roundToNumber(value: bigint, surplus: number): number {
  if (surplus === 0) return Number(value);
  const kept = value >> BigInt(surplus);
  return Number(kept | 1n);
}

/** |value| */
export function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

export function bitLength(size: bigint): number {
  return size === 0n ? 0 : size.toString(2).length;
}

function scaleByPowerOfTwo(value: number, exponent: number): number {
  // In two steps: 2^exponent alone may be outside of float64's range although the product is not.
  const half = Math.trunc(exponent / 2);
  return value * 2 ** half * 2 ** (exponent - half);
}

/** Integers that are the values times a common power of two. */
export function alignNumbers(values: readonly number[]): bigint[] {
  const dyadics = values.map(toDyadic);
  const exponent = lowestExponent(dyadics);
  return dyadics.map((value) => mantissaAt(value, exponent));
}

/** Of the nonzero ones; 0 if there are none. */
export function lowestExponent(values: readonly Dyadic[]): number {
  let lowest = Infinity;
  for (const { mantissa, exponent } of values) {
    if (mantissa !== 0n && exponent < lowest) lowest = exponent;
  }
  return lowest === Infinity ? 0 : lowest;
}

/** The integer value / 2^target; target is at most the value's exponent. */
export function mantissaAt({ mantissa, exponent }: Dyadic, target: number): bigint {
  return mantissa === 0n ? 0n : mantissa << BigInt(exponent - target);
}

/** The exact value of a finite float64. */
export function toDyadic(value: number): Dyadic {
  if (value === 0) return { mantissa: 0n, exponent: 0 };
  const exponent = lowestBitOf(value);
  return { mantissa: BigInt(scaleByPowerOfTwo(value, -exponent)), exponent };
}

const BITS = new DataView(new ArrayBuffer(8));

/** The exponent of the lowest bit that is set in a finite float64 other than 0. */
function lowestBitOf(value: number): number {
  BITS.setFloat64(0, value);
  const [high, low] = [BITS.getUint32(0), BITS.getUint32(4)];
  const biased = (high >>> 20) & 0x7ff;
  const bottom = Math.max(biased, 1) - 1075;
  if (low !== 0) return bottom + trailingZeros(low);
  const implicitBit = biased > 0 ? 1 << 20 : 0;
  return bottom + 32 + trailingZeros((high & 0xfffff) | implicitBit);
}

function trailingZeros(word: number): number {
  return 31 - Math.clz32(word & -word);
}

export function multiplyDyadic(a: Dyadic, b: Dyadic): Dyadic {
  return normalize(a.mantissa * b.mantissa, a.exponent + b.exponent);
}

export function sumDyadic(values: readonly Dyadic[]): Dyadic {
  const exponent = lowestExponent(values);
  let sum = 0n;
  for (const value of values) sum += mantissaAt(value, exponent);
  return normalize(sum, exponent);
}

/** The nearest float64, ties to even. */
export function roundDyadic({ mantissa, exponent }: Dyadic): number {
  const isShort = -MAX_INTEGER <= mantissa && mantissa <= MAX_INTEGER;
  // A power of two in the middle of float64's range scales it exactly.
  if (isShort && Math.abs(exponent) < 900) return Number(mantissa) * 2 ** exponent;
  return exponent < 0
    ? roundQuotient(mantissa, 1n << BigInt(-exponent))
    : roundQuotient(mantissa << BigInt(exponent), 1n);
}

/** Whether the float64 that rounds a value is the value itself; ±∞ never is. */
export function isExactly(rounded: number, value: Dyadic): boolean {
  return Number.isFinite(rounded) && equalDyadic(toDyadic(rounded), value);
}

export function negateDyadic({ mantissa, exponent }: Dyadic): Dyadic {
  return { mantissa: -mantissa, exponent };
}

function equalDyadic(a: Dyadic, b: Dyadic): boolean {
  return a.mantissa === b.mantissa && a.exponent === b.exponent;
}

/** The value mantissa · 2^exponent, whose mantissa may be even. */
export function normalize(mantissa: bigint, exponent: number): Dyadic {
  if (mantissa === 0n) return { mantissa: 0n, exponent: 0 };
  const zeros = bitLength(mantissa & -mantissa) - 1;
  return { mantissa: mantissa >> BigInt(zeros), exponent: exponent + zeros };
}
