import { twoProduct } from './doubleDouble.ts';

/** Functions that Math lacks, in float64. */

const INVERSE_SQRT_2PI = 1 / Math.sqrt(2 * Math.PI);
/** From here on a continued fraction for the tail is shorter than the series. */
const TAIL_START = 1;
/** Beyond this the normal distribution's density is below the smallest float64. */
const TAIL_END = 39;

/** 1 / (1 + e^−z), with digits on both sides. */
export function sigmoid(z: number): number {
  const e = Math.exp(-Math.abs(z));
  return z >= 0 ? 1 / (1 + e) : e / (1 + e);
}

/** log(1 + e^z), with digits on both sides. */
export function softplus(z: number): number {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}

/** erf(z), relative error a few 1e-16. */
export function erf(z: number): number {
  const size = Math.abs(z);
  const scaled = size * Math.SQRT2;
  return Math.sign(z) * (scaled < TAIL_START ? 2 * centralMass(scaled) : 1 - 2 * tail(scaled));
}

/** The density of the normal distribution, e^(−z²/2) / √(2π). */
export function normalDensity(z: number): number {
  if (Math.abs(z) > TAIL_END) return 0;
  // The rounding of z² would be that many times greater in the exponential.
  const square = twoProduct(z, z);
  return INVERSE_SQRT_2PI * Math.exp(-square.high / 2) * (1 - square.low / 2);
}

/** The distribution function of the normal distribution, with digits in both tails. */
export function normal(z: number): number {
  const size = Math.abs(z);
  if (size < TAIL_START) return 0.5 + Math.sign(z) * centralMass(size);
  return z < 0 ? tail(size) : 1 - tail(size);
}

/**
 * The probability of [0, z], for z ≥ 0: a series of positive terms, density · (z + z³/3 + z⁵/(3 · 5) + …).
 *
 * Source: M. Abramowitz, I. Stegun, Handbook of Mathematical Functions, 26.2.11.
 */
function centralMass(z: number): number {
  let term = z;
  let sum = z;
  for (let n = 3; term > 1e-18 * sum; n += 2) {
    term *= (z * z) / n;
    sum += term;
  }
  return normalDensity(z) * sum;
}

/**
 * The probability of [z, ∞), for z ≥ TAIL_START: density / (z + 1/(z + 2/(z + 3/(z + …)))), from the far end.
 *
 * Source: M. Abramowitz, I. Stegun, Handbook of Mathematical Functions, 26.2.14.
 */
function tail(z: number): number {
  const density = normalDensity(z);
  if (density === 0) return 0;
  let fraction = z;
  for (let n = Math.ceil(16 + 384 / (z * z)); n >= 1; n -= 1) fraction = z + n / fraction;
  return density / fraction;
}
