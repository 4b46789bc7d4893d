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
