import {
  absolute,
  digitCount,
  powerOfTen,
  toDecimal,
  trimZeros,
  writeDecimal,
  writePower,
  writeScientific,
} from './decimal.ts';

/** From 10^6 on and below 10^-4 numbers are written as 1.5×10⁶. */
const PLAIN_EXPONENT_MAX = 5;
const PLAIN_EXPONENT_MIN = -4;
/** A coordinate is shown to at least 1/1000 of the half-width, about a pixel. */
const COORDINATE_DIGITS = 3;
/** Of a sum, before it is rounded. */
const GUARD_DIGITS = 9;
/** Coordinates with more integer digits omit those that the view cannot resolve. */
const COORDINATE_PLAIN_DIGITS = 7;
/** Larger centres have no more digits than the view can resolve. */
const STEADY_MAX = 1e6;

/**
 * A number for people, to `significant` digits: −0.25, 1234.5, 1.5×10⁻⁹, ∞, NaN.
 *
 * True minus sign, no trailing zeros in a fraction, no −0. Below 10⁶ all digits before the point
 * are shown, even if there are more than `significant` of them.
 */
export function formatNumber(value: number, significant: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value < 0 ? '−∞' : '∞';
  if (value === 0) return '0';
  const [digits, exponent] = splitExponential(value.toExponential(significant - 1));
  if (exponent < PLAIN_EXPONENT_MIN || exponent > PLAIN_EXPONENT_MAX) {
    return trimZeros(digits) + writePower(exponent);
  }
  return trimZeros(value.toFixed(Math.max(0, significant - 1 - exponent)).replace('-', '−'));
}

/** A whole number of things: 1 step, 1,200 steps. @param many the word for several, if that is not one with an s */
export function formatCounted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/**
 * An affine map of the plane: 0.5 x₁ − 2 x₂ + 1, or 1 alone if it is constant.
 *
 * @param names of the coordinates
 */
export function formatAffine(
  { a, b }: { readonly a: readonly [number, number]; readonly b: number },
  significant: number,
  names: readonly [string, string] = ['x₁', 'x₂'],
): string {
  if (a[0] === 0 && a[1] === 0) return formatNumber(b, significant);
  const signed = (value: number) =>
    `${value < 0 ? '−' : '+'} ${formatNumber(Math.abs(value), significant)}`;
  const [first, second] = names;
  return `${formatNumber(a[0], significant)} ${first} ${signed(a[1])} ${second} ${signed(b)}`;
}

/** A whole number ≥ 0 as an index: ₁₂. */
export function subscript(index: number): string {
  return String(index).replace(/\d/g, (digit) => '₀₁₂₃₄₅₆₇₈₉'.charAt(Number(digit)));
}

/** A count or a mean of counts, below 10^21, in full to one decimal, with commas: 1,234. Intl would take 25 ms of a page's start. */
export function groupDigits(count: number): string {
  return String(Math.round(10 * count) / 10).replace(/\B(?=(?:\d{3})+(?!\d))/g, ',');
}

/** A count: 1,234 in full up to a million, then to four digits. */
export function formatCount(count: number): string {
  if (count < 1e6) return groupDigits(count);
  return formatNumber(count, 4);
}

/**
 * A coordinate value + low with as many digits as are meaningful in a view of this half-width: to
 * 1/1000 of its half-width or finer. The number of decimals depends on the half-width only, so that
 * the text does not jump while the pointer moves.
 */
export function formatCoordinate(value: number, low: number, halfWidth: number): string {
  const exponent = Math.floor(Math.log10(halfWidth)) - COORDINATE_DIGITS;
  const plainExponent = Math.min(0, exponent);
  // The sum is rounded, not its parts, whose errors would add up.
  const fine = plainExponent - GUARD_DIGITS;
  const sum = toDecimal(value, fine) + toDecimal(low, fine);
  const plain = roundTo(sum, GUARD_DIGITS);
  if (exponent <= 0 || digitCount(plain) <= COORDINATE_PLAIN_DIGITS) {
    return writeDecimal(plain, plainExponent);
  }
  return writeScientific(roundTo(sum, GUARD_DIGITS + exponent), exponent);
}

/**
 * The same for a centre, which a person reads and edits: with at least three decimals, and more only where
 * they are not zeros. So 0.5 is 0.500 at every half-width.
 */
export function formatCenter(value: number, low: number, halfWidth: number): string {
  const text = formatCoordinate(
    value,
    low,
    Math.abs(value) < STEADY_MAX ? Math.min(1, halfWidth) : halfWidth,
  );
  return /^(.*\.\d{3}\d*?)0*$/.exec(text)?.[1] ?? text;
}

/** a / 10^exponent to the nearest integer. */
function roundTo(a: bigint, exponent: number): bigint {
  const magnitude = (absolute(a) + powerOfTen(exponent) / 2n) / powerOfTen(exponent);
  return a < 0n ? -magnitude : magnitude;
}

function splitExponential(text: string): [digits: string, exponent: number] {
  const [digits, exponent] = text.split('e');
  return [digits!.replace('-', '−'), Number(exponent)];
}
