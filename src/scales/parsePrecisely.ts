import { parseNumber, plainNumber } from '../input/parseNumber.ts';
import type { DoubleDouble } from '../numeric/doubleDouble.ts';
import { powerOfTen, toDecimal } from './decimal.ts';

/** The number of decimals that are read, far beyond what a double-double of 10⁻¹² or more can hold. */
const DECIMALS = 60;

/**
 * A number with all digits of a deep view's coordinate, or the value of an expression to float64; null
 * for other text.
 */
export function parsePrecisely(text: string): DoubleDouble | null {
  const plain = plainNumber(text);
  const high = parseNumber(text);
  if (Number.isNaN(high)) return null;
  if (plain === null) return { high, low: 0 };
  const low = Number(readDecimal(plain) - toDecimal(high, -DECIMALS)) / 10 ** DECIMALS;
  return { high, low };
}

/** In units of 10^−DECIMALS; digits beyond are cut off. */
function readDecimal(plain: string): bigint {
  const [mantissa, power = '0'] = plain.toLowerCase().split('e');
  const [whole, fraction = ''] = mantissa!.replace(/^[+-]/, '').split('.');
  const exponent = Number(power) - fraction.length + DECIMALS;
  const digits = BigInt(`${whole}${fraction}`);
  const size = exponent >= 0 ? digits * powerOfTen(exponent) : digits / powerOfTen(-exponent);
  return mantissa!.startsWith('-') ? -size : size;
}
