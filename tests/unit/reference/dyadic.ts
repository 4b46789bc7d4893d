/**
 * Exact arithmetic on dyadic rationals, mantissa · 2^exponent. Every float32 and float64 is one,
 * and sums, differences and products stay among them, so nothing here rounds but `toNumber` and
 * `quotientToNumber`, which round once, to the nearest float64, ties to even.
 */
export interface Dyadic {
  readonly mantissa: bigint;
  readonly exponent: number;
}

export const ZERO: Dyadic = { mantissa: 0n, exponent: 0 };

/** The exact value of a finite number. */
export function fromNumber(value: number): Dyadic {
  if (!Number.isFinite(value)) throw new RangeError(`received ${value}, expected a finite number`);
  if (value === 0) return ZERO;
  let exponent = 0;
  let integer = value;
  // Scaling by a power of two is exact here: up for small numbers, and no number is scaled down.
  while (!Number.isInteger(integer)) {
    integer *= 2 ** 32;
    exponent -= 32;
  }
  return reduce({ mantissa: BigInt(integer), exponent });
}

export function add(a: Dyadic, b: Dyadic): Dyadic {
  if (a.mantissa === 0n) return b;
  if (b.mantissa === 0n) return a;
  const exponent = Math.min(a.exponent, b.exponent);
  return { mantissa: mantissaAt(a, exponent) + mantissaAt(b, exponent), exponent };
}

export function subtract(a: Dyadic, b: Dyadic): Dyadic {
  return add(a, { mantissa: -b.mantissa, exponent: b.exponent });
}

export function multiply(a: Dyadic, b: Dyadic): Dyadic {
  return { mantissa: a.mantissa * b.mantissa, exponent: a.exponent + b.exponent };
}

/** The mantissa that the same value has at an exponent that is not greater than its own. */
export function mantissaAt(a: Dyadic, exponent: number): bigint {
  return a.mantissa << BigInt(a.exponent - exponent);
}

/** The nearest float64 (rounded twice only where the result is subnormal). */
export function toNumber({ mantissa, exponent }: Dyadic): number {
  const size = mantissa < 0n ? -mantissa : mantissa;
  const surplus = bitLength(size) - 66;
  if (surplus <= 0) return scaleByPowerOfTwo(Number(mantissa), exponent);
  // 66 bits and a sticky bit for the rest decide the rounding as all the bits would.
  const top = size >> BigInt(surplus);
  const sticky = top << BigInt(surplus) === size ? 0n : 1n;
  const rounded = Number((top << 1n) | sticky);
  return scaleByPowerOfTwo(mantissa < 0n ? -rounded : rounded, exponent + surplus - 1);
}

/** The float64 nearest to the exact a / b. */
export function quotientToNumber(a: Dyadic, b: Dyadic): number {
  if (b.mantissa === 0n) throw new RangeError('received a divisor of 0, expected another number');
  const numerator = a.mantissa < 0n ? -a.mantissa : a.mantissa;
  const denominator = b.mantissa < 0n ? -b.mantissa : b.mantissa;
  const shift = Math.max(0, 70 + bitLength(denominator) - bitLength(numerator));
  const shifted = numerator << BigInt(shift);
  const quotient = shifted / denominator;
  const sticky = quotient * denominator === shifted ? 0n : 1n;
  const mantissa = (quotient << 1n) | sticky;
  const isNegative = a.mantissa < 0n !== b.mantissa < 0n;
  return toNumber({
    mantissa: isNegative ? -mantissa : mantissa,
    exponent: a.exponent - b.exponent - shift - 1,
  });
}

/** Numbers over their common power of two: values[i] = mantissas[i] · 2^exponent. */
export function alignNumbers(values: Iterable<number>): { mantissas: bigint[]; exponent: number } {
  return alignDyadics(Array.from(values, fromNumber));
}

export function alignDyadics(values: readonly Dyadic[]): {
  mantissas: bigint[];
  exponent: number;
} {
  let exponent = Infinity;
  for (const value of values) {
    if (value.mantissa !== 0n) exponent = Math.min(exponent, value.exponent);
  }
  if (exponent === Infinity) exponent = 0;
  return {
    mantissas: values.map((value) => (value.mantissa === 0n ? 0n : mantissaAt(value, exponent))),
    exponent,
  };
}

/** Moves factors of two from the mantissa to the exponent. */
function reduce({ mantissa, exponent }: Dyadic): Dyadic {
  const lowestBit = mantissa & -mantissa;
  const shift = bitLength(lowestBit) - 1;
  return { mantissa: mantissa >> BigInt(shift), exponent: exponent + shift };
}

function bitLength(size: bigint): number {
  if (size === 0n) return 0;
  const hex = size.toString(16);
  return 4 * hex.length - Math.clz32(Number.parseInt(hex[0]!, 16)) + 28;
}

function scaleByPowerOfTwo(value: number, exponent: number): number {
  // In two steps, because 2^exponent alone may be beyond float64 when the product is not.
  const half = Math.trunc(exponent / 2);
  return value * 2 ** half * 2 ** (exponent - half);
}
