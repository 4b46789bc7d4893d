import {
  absolute,
  digitCount,
  floorDivide,
  powerOfTen,
  toDecimal,
  trimZeros,
  writeDecimal,
  writePower,
  writeScientific,
} from './decimal.ts';
import { formatNumber } from './format.ts';
import type { Interval } from './niceMultiples.ts';
import { checkInterval, finerStep, multiplesInside, niceStep } from './niceMultiples.ts';

export interface Tick {
  /** −1 at the lower end of the axis, 1 at the upper. */
  readonly position: number;
  readonly label: string;
}

/**
 * The ticks of an axis, ascending. A tick stands at exactly `label · 10^E + base`. The offset
 * names E and the base; it is null if E = 0 and the base is 0:
 *
 *     null                  label
 *     '×10⁸'                label · 10⁸
 *     '+0.30010402'         label + 0.30010402
 *     '×10⁻⁹ −1.5×10¹²'     label · 10⁻⁹ − 1.5 · 10¹²
 *
 * Source: the notation is that of matplotlib's `ScalarFormatter`.
 */
export interface Ticks {
  readonly ticks: readonly Tick[];
  readonly offset: string | null;
}

/** The ticks of a range with the numbers at its ends. */
export interface RangeTicks extends Ticks {
  /** The two ends in the notation of the ticks; null for a single value. */
  readonly ends: readonly [string, string] | null;
}

/** Labels have at most this many digits, unless the caller asks for fewer. */
export const LABEL_DIGITS = 6;
/** A base is written in plain notation with up to this many place-holding zeros. */
const BASE_ZEROS = 6;
/** The number at an end is written to this many digits of the range's length. */
const END_DIGITS = 3;
/** More digits in which the parts of an end are added, so that the sum is rounded once. */
const GUARD_DIGITS = 20;
/** A request outside these bounds is clamped to them. */
const COUNT_MIN = 2;
const COUNT_MAX = 100;

/**
 * About `count` ticks (2 to 2 · count, or to 5 if count is 2) at nice values of the axis
 * center + centerLow ± halfExtent, in plane units.
 *
 * @param labelDigits the most digits of a label, 4 to 6: what does not fit goes into the offset
 * @throws InvalidInputError unless the numbers are finite and halfExtent ≥ 0.
 */
export function axisTicks(
  center: number,
  centerLow: number,
  halfExtent: number,
  count: number,
  labelDigits = LABEL_DIGITS,
): Ticks {
  const interval = { anchor: [center, centerLow], min: -halfExtent, max: halfExtent };
  const { ticks, offset } = ticksInside(interval, count, labelDigits);
  return { ticks, offset };
}

/**
 * About `count` ticks for the values base + baseLow + [min, max], e.g. on a colour bar: position −1 is
 * min, 1 is max. With a base (the value at the centre of the view, in double-double) min and max are
 * differences, which keep digits that absolute values do not have. min = max gives one tick at position 0
 * with the value to six digits.
 *
 * @throws InvalidInputError unless the numbers are finite and min ≤ max.
 */
export function valueTicks(min: number, max: number, count: number, base = 0, baseLow = 0): Ticks {
  const { ticks, offset } = ticksInside({ anchor: [base, baseLow], min, max }, count);
  return { ticks, offset };
}

/** The same with the numbers at the ends, to three digits of max − min. */
export function rangeTicks(
  min: number,
  max: number,
  count: number,
  base = 0,
  baseLow = 0,
): RangeTicks {
  const interval = { anchor: [base, baseLow], min, max };
  const { ticks, offset, notation } = ticksInside(interval, count);
  if (notation === null) return { ticks, offset, ends: null };
  const end = (difference: number) => writeEnd([base, baseLow, difference], max - min, notation);
  return { ticks, offset, ends: [end(min), end(max)] };
}

interface WrittenTicks extends Ticks {
  /** null for a single value, whose label is complete. */
  readonly notation: Notation | null;
}

/** A number is written as label · 10^power + base · 10^exponent; the offset names the power and the base. */
interface Notation {
  readonly power: number;
  readonly base: bigint;
  readonly exponent: number;
  readonly offset: string | null;
}

function ticksInside(interval: Interval, count: number, labelDigits = LABEL_DIGITS): WrittenTicks {
  checkInterval(interval);
  const { anchor, min, max } = interval;
  if (min === max) {
    const value = anchor.reduce((sum, part) => sum + part, min);
    const label = formatNumber(value, LABEL_DIGITS);
    return { ticks: [{ position: 0, label }], offset: null, notation: null };
  }
  let step = niceStep(max - min, Math.min(COUNT_MAX, Math.max(COUNT_MIN, count)));
  let multiples = multiplesInside(interval, step);
  while (multiples.mantissas.length < 2) {
    step = finerStep(step);
    multiples = multiplesInside(interval, step);
  }
  const { mantissas, positions } = multiples;
  const notation = chooseNotation(mantissas, step.exponent, labelDigits);
  const ticks = positions.map((position, i) => {
    return { position, label: writeLabel(mantissas[i]!, step.exponent, notation) };
  });
  return { ticks, offset: notation.offset, notation };
}

/** The shortest notation of `Ticks` for ascending values mantissa · 10^exponent. */
function chooseNotation(
  mantissas: readonly bigint[],
  exponent: number,
  labelDigits: number,
): Notation {
  const first = mantissas[0]!;
  const last = mantissas.at(-1)!;
  const digits = Math.max(digitCount(first), digitCount(last));
  const plainDigits = exponent >= 0 ? digits + exponent : Math.max(digits, 1 - exponent);
  if (plainDigits <= labelDigits) return { power: 0, base: 0n, exponent, offset: null };
  if (digits <= labelDigits) {
    const power = exponent + digits - 1;
    return { power, base: 0n, exponent, offset: writePower(power) };
  }
  // The base keeps the digits above the span, so that it does not change while the view moves a little.
  const baseExponent = digitCount(last - first);
  const unit = powerOfTen(baseExponent);
  // A round number among the ticks is the best base; there is at most one, as unit > last − first.
  const lastBase = floorDivide(last, unit);
  const multiple = lastBase * unit >= first ? lastBase : floorDivide(first, unit);
  const base = multiple * unit;
  const rest = chooseNotation(
    mantissas.map((m) => m - base),
    exponent,
    labelDigits,
  );
  const baseText = writeBase(multiple, exponent + baseExponent);
  const offset = rest.offset ? `${rest.offset} ${baseText}` : baseText;
  return { ...rest, base: base + rest.base, offset };
}

/** The label of mantissa · 10^exponent, whose exponent is at most that of the notation. */
function writeLabel(mantissa: bigint, exponent: number, notation: Notation): string {
  const base = notation.base * powerOfTen(notation.exponent - exponent);
  return writeDecimal(mantissa - base, exponent - notation.power);
}

/** The sum of the parts, to END_DIGITS of the span or to the last digit of the ticks, if that is finer. */
function writeEnd(parts: readonly number[], span: number, notation: Notation): string {
  const exponent = Math.min(notation.exponent, Math.floor(Math.log10(span)) + 1 - END_DIGITS);
  const unit = exponent - GUARD_DIGITS;
  const sum = parts.reduce((total, part) => total + toDecimal(part, unit), 0n);
  const half = powerOfTen(GUARD_DIGITS) / 2n;
  const rounded = floorDivide(sum + half, powerOfTen(GUARD_DIGITS));
  return trimZeros(writeLabel(rounded, exponent, notation));
}

/** The signed base, without trailing zeros. */
function writeBase(base: bigint, exponent: number): string {
  const digits = String(absolute(base)).replace(/0+$/, '');
  const lastPlace = exponent + digitCount(base) - digits.length;
  const mantissa = BigInt(digits);
  const zeros = lastPlace > 0 ? lastPlace : -lastPlace - digits.length;
  const text =
    zeros > BASE_ZEROS ? writeScientific(mantissa, lastPlace) : writeDecimal(mantissa, lastPlace);
  return (base < 0n ? '−' : '+') + text;
}
