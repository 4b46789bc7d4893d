import { fromDecimal } from './decimal.ts';
import type { Interval, NiceMultiples } from './niceMultiples.ts';
import { checkInterval, coarserStep, multiplesInside, niceStep } from './niceMultiples.ts';

/** Contour levels: ascending multiples of a nice step. */
export interface Levels {
  /** The first level; 0 if there is none. */
  readonly first: number;
  /** The distance between neighbouring levels; 0 if there is none. */
  readonly step: number;
  readonly count: number;
  /** [count], each the float64 nearest to its level. */
  readonly values: readonly number[];
  /** [count], level − (base + baseLow), rounded once: strictly ascending even if `values` are not. */
  readonly differences: readonly number[];
}

export const LEVELS_MAX = 128;

const NO_LEVELS: Levels = { first: 0, step: 0, count: 0, values: [], differences: [] };

/**
 * About `count` levels (at most 128) inside base + baseLow + [min, max], ends included. With a base (the
 * value at the centre of the view, in double-double) min and max are differences from it, as the kernels
 * store them. None if min = max, or if no nice value lies between two neighbouring float64 numbers.
 *
 * @throws InvalidInputError unless the numbers are finite, min ≤ max and count ≥ 1.
 */
export function niceLevels(min: number, max: number, count: number, base = 0, baseLow = 0): Levels {
  const interval: Interval = { anchor: [base, baseLow], min, max };
  checkInterval(interval);
  if (min === max) return NO_LEVELS;
  const spacing = floatSpacing(Math.max(Math.abs(min), Math.abs(max)));
  let step = niceStep(max - min, Math.min(LEVELS_MAX, Math.max(1, count)));
  while (fromDecimal(BigInt(step.factor), step.exponent) < spacing) step = coarserStep(step);
  let levels = readLevels(multiplesInside(interval, step), min, max);
  while (levels.count > LEVELS_MAX) {
    step = coarserStep(step);
    levels = readLevels(multiplesInside(interval, step), min, max);
  }
  return levels;
}

function readLevels(multiples: NiceMultiples, min: number, max: number): Levels {
  const { factor, exponent } = multiples.step;
  const values: number[] = [];
  const differences: number[] = [];
  multiples.mantissas.forEach((mantissa, i) => {
    const difference = fromDecimal(multiples.differences[i]!, multiples.differenceExponent);
    if (difference < min || difference > max) return;
    values.push(fromDecimal(mantissa, exponent));
    differences.push(difference);
  });
  if (values.length === 0) return NO_LEVELS;
  const step = fromDecimal(BigInt(factor), exponent);
  return { first: values[0]!, step, count: values.length, values, differences };
}

/** The distance between neighbouring float64 numbers at this magnitude. */
function floatSpacing(magnitude: number): number {
  return Math.max(Number.MIN_VALUE, 2 ** (Math.floor(Math.log2(magnitude)) - 52));
}
