import {
  absolute,
  digitCount,
  floorDivide,
  powerOfTen,
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

/** Labels have at most this many digits. */
const LABEL_DIGITS = 6;
/** A base is written in plain notation with up to this many place-holding zeros. */
const BASE_ZEROS = 6;
/** A request outside these bounds is clamped to them. */
const COUNT_MIN = 2;
const COUNT_MAX = 100;

/**
 * About `count` ticks (2 to 2 · count) at nice values of the axis
 * center + centerLow ± halfExtent, in plane units.
 *
 * @throws InvalidInputError unless the numbers are finite and halfExtent ≥ 0.
 */
export function axisTicks(
  center: number,
  centerLow: number,
  halfExtent: number,
  count: number,
): Ticks {
  return ticksInside({ anchor: [center, centerLow], min: -halfExtent, max: halfExtent }, count);
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
  return ticksInside({ anchor: [base, baseLow], min, max }, count);
}

function ticksInside(interval: Interval, count: number): Ticks {
  checkInterval(interval);
  const { anchor, min, max } = interval;
  if (min === max) {
    const value = anchor.reduce((sum, part) => sum + part, min);
    return { ticks: [{ position: 0, label: formatNumber(value, LABEL_DIGITS) }], offset: null };
  }
  let step = niceStep(max - min, Math.min(COUNT_MAX, Math.max(COUNT_MIN, count)));
  let multiples = multiplesInside(interval, step);
  while (multiples.mantissas.length < 2) {
    step = finerStep(step);
    multiples = multiplesInside(interval, step);
  }
  const { labels, offset } = writeLabels(multiples.mantissas, step.exponent);
  const ticks = multiples.positions.map((position, i) => ({ position, label: labels[i]! }));
  return { ticks, offset };
}

/** Writes ascending values mantissa · 10^exponent in the shortest notation of `Ticks`. */
function writeLabels(
  mantissas: readonly bigint[],
  exponent: number,
): { labels: string[]; offset: string | null } {
  const first = mantissas[0]!;
  const last = mantissas.at(-1)!;
  const digits = Math.max(digitCount(first), digitCount(last));
  const plainDigits = exponent >= 0 ? digits + exponent : Math.max(digits, 1 - exponent);
  if (plainDigits <= LABEL_DIGITS) {
    return { labels: mantissas.map((m) => writeDecimal(m, exponent)), offset: null };
  }
  if (digits <= LABEL_DIGITS) {
    const labels = mantissas.map((m) => writeDecimal(m, 1 - digits));
    return { labels, offset: writePower(exponent + digits - 1) };
  }
  // The base keeps the digits above the span, so that it does not change while the view moves a little.
  const baseExponent = digitCount(last - first);
  const unit = powerOfTen(baseExponent);
  // A round number among the ticks is the best base; there is at most one, as unit > last − first.
  const lastBase = floorDivide(last, unit);
  const base = lastBase * unit >= first ? lastBase : floorDivide(first, unit);
  const rest = writeLabels(
    mantissas.map((m) => m - base * unit),
    exponent,
  );
  const baseText = writeBase(base, exponent + baseExponent);
  return { labels: rest.labels, offset: rest.offset ? `${rest.offset} ${baseText}` : baseText };
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
