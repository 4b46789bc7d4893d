/**
 * Exact decimals, mantissa · 10^exponent with a BigInt mantissa.
 *
 * Ticks and coordinates at deep zoom have up to 25 digits, more than a float64 holds, so numbers for
 * people are computed and written as exact decimals.
 */

/** value / 10^exponent, rounded to the nearest integer (ties away from 0), exact for every finite value. */
export function toDecimal(value: number, exponent: number): bigint {
  const { mantissa, power } = splitFloat(value);
  let numerator = mantissa * powerOfTen(Math.max(0, -exponent));
  let denominator = powerOfTen(Math.max(0, exponent));
  if (power >= 0) numerator <<= BigInt(power);
  else denominator <<= BigInt(-power);
  const half = numerator < 0n ? -denominator : denominator;
  return (2n * numerator + half) / (2n * denominator);
}

/** The float64 nearest to mantissa · 10^exponent. */
export function fromDecimal(mantissa: bigint, exponent: number): number {
  return Number(`${mantissa}e${exponent}`);
}

export function powerOfTen(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}

/** The largest integer not above a / b, for b > 0. */
export function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return quotient * b > a ? quotient - 1n : quotient;
}

export function absolute(a: bigint): bigint {
  return a < 0n ? -a : a;
}

/** The number of decimal digits of |a|; 1 for 0. */
export function digitCount(a: bigint): number {
  return String(absolute(a)).length;
}

/** Plain decimal notation with max(0, −exponent) decimals and a true minus sign, e.g. −0.50. */
export function writeDecimal(mantissa: bigint, exponent: number): string {
  const sign = mantissa < 0n ? '−' : '';
  if (exponent >= 0) return sign + String(absolute(mantissa) * powerOfTen(exponent));
  const digits = String(absolute(mantissa)).padStart(1 - exponent, '0');
  return `${sign}${digits.slice(0, exponent)}.${digits.slice(exponent)}`;
}

/** Without the zeros at the end of its fraction: 0.5 for 0.50, 2 for 2.0. */
export function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** ×10⁻⁹ for −9. */
export function writePower(exponent: number): string {
  return `×10${[...String(exponent)].map((sign) => SUPERSCRIPTS[sign]).join('')}`;
}

/** One digit before the point, every digit of the mantissa written: −1.50×10⁻⁹ for −150 · 10⁻¹¹. */
export function writeScientific(mantissa: bigint, exponent: number): string {
  const decimals = digitCount(mantissa) - 1;
  return writeDecimal(mantissa, -decimals) + writePower(exponent + decimals);
}

const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  '-': '⁻',
  0: '⁰',
  1: '¹',
  2: '²',
  3: '³',
  4: '⁴',
  5: '⁵',
  6: '⁶',
  7: '⁷',
  8: '⁸',
  9: '⁹',
};

/** value = mantissa · 2^power, exactly. */
function splitFloat(value: number): { mantissa: bigint; power: number } {
  const bits = new BigUint64Array(new Float64Array([value]).buffer)[0]!;
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const magnitude = biased === 0 ? fraction : fraction | (1n << 52n);
  return { mantissa: value < 0 ? -magnitude : magnitude, power: Math.max(biased, 1) - 1075 };
}
