import {
  add,
  type DoubleDouble,
  negate,
  scale,
  toNumber,
  twoProduct,
  twoSum,
  ZERO,
} from './doubleDouble.ts';

/**
 * Products and elementary functions of double-double numbers, to about 2⁻⁹⁸ of the result.
 *
 * Source: Y. Hida, X. S. Li, D. H. Bailey, "Algorithms for quad-double precision floating point
 * arithmetic", ARITH 15 (2001), section 3.
 */

export const ONE: DoubleDouble = { high: 1, low: 0 };

/** log 2 to 107 bits. */
const LOG2: DoubleDouble = { high: Math.LN2, low: 2.3190468138462996e-17 };
/** Terms of exp's series; for an argument of at most log(2) / 2 / 2⁸ the next one is 10⁻³⁵. */
const TERMS = 10;
/** π/2 to 161 bits. */
const HALF_PI = [1.5707963267948966, 6.123233995736766e-17, -1.4973849048591698e-33] as const;
/** The last factor in the series of sine and cosine; for an argument of at most π/4 the next terms are 10⁻²⁵. */
const LAST_FACTOR = 22;
/** What comes later contributes less than 10⁻⁶, so that float64 leaves 10⁻²² of it. */
const LAST_EXACT_FACTOR = 8;
const HALVINGS = 8;
/** Below this exp is 0 in float64. */
const EXP_MIN = -746;
/** Outside these magnitudes squares overflow float64, or lose their low part. */
const SQUARED_MIN = 1e-140;
const SQUARED_MAX = 1e140;

export function fromNumber(value: number): DoubleDouble {
  return { high: value, low: 0 };
}

export function multiply(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const product = twoProduct(a.high, b.high);
  return twoSum(product.high, product.low + (a.high * b.low + a.low * b.high));
}

export function divide(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const first = a.high / b.high;
  const rest = add(a, negate(scale(b, first)));
  return twoSum(first, toNumber(rest) / b.high);
}

/** √(a² + b²). */
export function hypotenuse(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const size = Math.hypot(a.high, b.high);
  // More digits are not needed out there.
  if (!(size > SQUARED_MIN && size < SQUARED_MAX)) return fromNumber(size);
  const square = add(multiply(a, a), multiply(b, b));
  const missing = add(square, negate(twoProduct(size, size)));
  return twoSum(size, toNumber(missing) / (2 * size));
}

/** eᵃ; 0 for −∞. */
export function exponential(a: DoubleDouble): DoubleDouble {
  if (!(a.high > EXP_MIN)) return ZERO;
  const doublings = Math.round(a.high / LOG2.high);
  const rest = add(a, negate(scale(LOG2, doublings)));
  const power = add(ONE, smallExponentialLess1(rest));
  // In two steps: 2^doublings alone may lie below the smallest normal number.
  const half = 2 ** Math.trunc(doublings / 2);
  return scale(scale(power, half), 2 ** (doublings - Math.trunc(doublings / 2)));
}

/** log(1 + a) for a ≥ 0, with digits also where a is tiny. */
export function logarithmOf1Plus(a: DoubleDouble): DoubleDouble {
  const near = Math.log1p(toNumber(a));
  if (near === 0) return a;
  // Newton's step doubles float64's digits.
  const at = fromNumber(near);
  const isSmall = near < LOG2.high / 2;
  const less1 = isSmall ? smallExponentialLess1(at) : add(exponential(at), fromNumber(-1));
  const missing = add(a, negate(less1));
  return twoSum(near, toNumber(missing) / (1 + toNumber(less1)));
}

/** log x for a normal number x > 0, with digits also where x is near 1. */
export function logarithm(x: number): DoubleDouble {
  const near = Math.log(x);
  // Newton's step, as in `logarithmOf1Plus`.
  const at = fromNumber(-near);
  const isSmall = Math.abs(near) < LOG2.high / 2;
  const less1 = isSmall ? smallExponentialLess1(at) : add(exponential(at), fromNumber(-1));
  return twoSum(near, toNumber(add(twoSum(x, -1), scale(less1, x))));
}

/**
 * sin a and cos a for |a| ≤ 10⁶, to about 2⁻⁷² of the result: rounded to float64 they are those of exact arithmetic but for one in some
 * hundred thousand.
 */
export function sineAndCosine(a: number): readonly [sine: DoubleDouble, cosine: DoubleDouble] {
  const quarter = Math.round(a / HALF_PI[0]);
  const rest = HALF_PI.reduce((r, part) => add(r, twoProduct(part, -quarter)), fromNumber(a));
  const [sine, cosine] = [smallSine(rest), smallCosine(rest)];
  // −1 & 3 is 3.
  switch (quarter & 3) {
    case 0:
      return [sine, cosine];
    case 1:
      return [cosine, negate(sine)];
    case 2:
      return [negate(sine), negate(cosine)];
    default:
      return [negate(cosine), sine];
  }
}

/** sin a for |a| ≤ π/4: a (1 − a²/(2 · 3) (1 − a²/(4 · 5) (…))). */
function smallSine(a: DoubleDouble): DoubleDouble {
  return multiply(a, alternatingSeries(a, 2));
}

/** cos a for |a| ≤ π/4: 1 − a²/(1 · 2) (1 − a²/(3 · 4) (…)). */
function smallCosine(a: DoubleDouble): DoubleDouble {
  return alternatingSeries(a, 1);
}

/** 1 − a²/(n (n + 1)) (1 − a²/((n + 2)(n + 3)) (…)), from the inside. */
function alternatingSeries(a: DoubleDouble, first: 1 | 2): DoubleDouble {
  const square = multiply(a, a);
  let n = LAST_FACTOR - 2 + first;
  let late = 1;
  for (; n > LAST_EXACT_FACTOR; n -= 2) late = 1 - (square.high * late) / (n * (n + 1));
  let sum = fromNumber(late);
  for (; n > 0; n -= 2) {
    sum = add(ONE, divide(multiply(square, sum), fromNumber(-n * (n + 1))));
  }
  return sum;
}

/** eᵃ − 1 for |a| ≤ log(2) / 2 or a little more. */
function smallExponentialLess1(a: DoubleDouble): DoubleDouble {
  const part = scale(a, 2 ** -HALVINGS);
  // Σ partⁿ / n!, from the inside of part (1 + part/2 (1 + part/3 (…))).
  let sum = ONE;
  for (let n = TERMS; n >= 2; n -= 1) sum = add(ONE, divide(multiply(part, sum), fromNumber(n)));
  let less1 = multiply(part, sum);
  for (let i = 0; i < HALVINGS; i += 1) less1 = add(scale(less1, 2), multiply(less1, less1));
  return less1;
}
