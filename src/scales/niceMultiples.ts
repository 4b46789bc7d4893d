import { InvalidInputError } from '../input/invalidInput.ts';
import { floorDivide, powerOfTen, toDecimal } from './decimal.ts';

/** The interval Σ anchor + [min, max]. The anchor is exact: its parts are added without rounding. */
export interface Interval {
  readonly anchor: readonly number[];
  readonly min: number;
  readonly max: number;
}

/** factor · 10^exponent. */
export interface NiceStep {
  readonly factor: 1 | 2 | 5;
  readonly exponent: number;
}

/** Ascending multiples of a nice step. */
export interface NiceMultiples {
  readonly step: NiceStep;
  /** In units of 10^step.exponent, exact. */
  readonly mantissas: readonly bigint[];
  /** multiple − anchor, in units of 10^differenceExponent, rounded there. */
  readonly differences: readonly bigint[];
  readonly differenceExponent: number;
  /** −1 at the lower end of the interval, 1 at the upper, to float64 accuracy. */
  readonly positions: readonly number[];
}

/** The interval's ends are rounded to this many digits below the step's last one. */
const GUARD_DIGITS = 20;
/** A multiple outside by up to 10^(10 − GUARD_DIGITS) steps is inside: 0.3 is in [0, fl(0.3)]. */
const SLACK = powerOfTen(10);

/**
 * The nice step for about `count` multiples in a span: 1, 2 or 5 times a power of ten, the one whose
 * ratio to span / count is nearest to 1.
 *
 * Source: d3-array, `tickStep`; computed by logarithms, so that no span is too small.
 */
export function niceStep(span: number, count: number): NiceStep {
  const logarithm = Math.log10(span) - Math.log10(count);
  const exponent = Math.floor(logarithm);
  const ratio = 10 ** (logarithm - exponent);
  if (ratio >= Math.sqrt(50)) return { factor: 1, exponent: exponent + 1 };
  if (ratio >= Math.sqrt(10)) return { factor: 5, exponent };
  return { factor: ratio >= Math.SQRT2 ? 2 : 1, exponent };
}

export function finerStep({ factor, exponent }: NiceStep): NiceStep {
  if (factor === 1) return { factor: 5, exponent: exponent - 1 };
  return { factor: factor === 5 ? 2 : 1, exponent };
}

export function coarserStep({ factor, exponent }: NiceStep): NiceStep {
  if (factor === 5) return { factor: 1, exponent: exponent + 1 };
  return { factor: factor === 2 ? 5 : 2, exponent };
}

/** @throws InvalidInputError unless the interval is finite and not reversed. */
export function checkInterval({ anchor, min, max }: Interval): void {
  if (!anchor.every(Number.isFinite)) {
    throw new InvalidInputError('anchor', anchor.join(' + '), 'finite numbers');
  }
  if (!(min <= max && Number.isFinite(max - min))) {
    throw new InvalidInputError('range', `[${min}, ${max}]`, 'min ≤ max with a finite difference');
  }
}

/** All multiples of the step inside the interval, its ends included. */
export function multiplesInside({ anchor, min, max }: Interval, step: NiceStep): NiceMultiples {
  const unit = step.exponent - GUARD_DIGITS;
  const anchorUnits = anchor.reduce((sum, part) => sum + toDecimal(part, unit), 0n);
  const low = anchorUnits + toDecimal(min, unit);
  const high = anchorUnits + toDecimal(max, unit);
  const perMantissa = powerOfTen(GUARD_DIGITS);
  const factor = BigInt(step.factor);
  const stepUnits = factor * perMantissa;
  const first = -floorDivide(SLACK - low, stepUnits);
  const last = floorDivide(high + SLACK, stepUnits);
  const mantissas: bigint[] = [];
  for (let index = first; index <= last; index++) mantissas.push(index * factor);
  const span = Number(high - low);
  return {
    step,
    mantissas,
    differences: mantissas.map((mantissa) => mantissa * perMantissa - anchorUnits),
    differenceExponent: unit,
    positions: mantissas.map((mantissa) => {
      const position = Number(2n * mantissa * perMantissa - low - high) / span;
      return Math.min(1, Math.max(-1, position));
    }),
  };
}
