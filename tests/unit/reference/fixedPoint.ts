import type { Dyadic } from './dyadic.ts';

/**
 * exp and log of dyadic rationals in fixed point, to an absolute error below 2^-400 ≈ 4e-121.
 * That is what the differences of smooth fields need in views of half-width 1e-12.
 */
const FRACTION_BITS = 464; // 400 and 64 to lose to rounding
export const ONE = 1n << BigInt(FRACTION_BITS);

/** Beyond this exp(−x) is below 2^-464. */
const VANISHING_EXPONENT = 322;

/** The dyadic at the precision of this file; what is below 2^-464 is cut off. */
export function toFixedPoint({ mantissa, exponent }: Dyadic): bigint {
  const shift = exponent + FRACTION_BITS;
  return shift >= 0 ? mantissa << BigInt(shift) : mantissa >> BigInt(-shift);
}

export function fromFixedPoint(value: bigint): Dyadic {
  return { mantissa: value, exponent: -FRACTION_BITS };
}

export function divide(a: bigint, b: bigint): bigint {
  return (a << BigInt(FRACTION_BITS)) / b;
}

/** exp(x) for x ≤ 0, or x below about 20: Taylor's series of x / 2^24, squared 24 times. */
export function exp(x: bigint): bigint {
  if (x < -BigInt(VANISHING_EXPONENT) * ONE) return 0n;
  const halvings = 24n;
  const reduced = x >> halvings;
  let term = ONE;
  let sum = ONE;
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    term = ((term * reduced) >> BigInt(FRACTION_BITS)) / n;
    sum += term;
  }
  for (let i = 0n; i < halvings; i++) sum = (sum * sum) >> BigInt(FRACTION_BITS);
  return sum;
}

/** log(x) for x from 1 to 1e6, by Halley's iteration on exp from the float64 logarithm. */
export function log(x: bigint): bigint {
  const guess = Math.log(Number(x >> BigInt(FRACTION_BITS - 60)) / 2 ** 60);
  let y = BigInt(Math.round(guess * 2 ** 60)) << BigInt(FRACTION_BITS - 60);
  // The error e becomes e³ / 12: 2^-52, 2^-159, 2^-480.
  for (let i = 0; i < 3; i++) {
    const power = exp(y);
    y += 2n * divide(x - power, x + power);
  }
  return y;
}
