import { type Calibration, readValue } from '../kernels/calibration.ts';
import type { Quantity } from '../model/field.ts';
import type { Bounds } from '../reference/bounds.ts';
import type { ColorChoice } from './chooseColors.ts';
import type { FrameReport, ShownRange } from './frameReport.ts';

/** Minimum, maximum and mean of the samples, as the kernels store them. */
export interface Statistics {
  readonly least: number;
  readonly greatest: number;
  readonly mean: number;
  /** Stops between which equally many samples lie, or equally many of their distances, as `Counted` says; null if not counted. */
  readonly stops: ArrayLike<number> | null;
}

/** The numbers of a picture for people. */
export function describeNumbers(
  quantity: Quantity,
  bounds: Bounds,
  calibration: Calibration,
  statistics: Statistics | null,
  colors: ColorChoice,
): Pick<FrameReport, 'statistics' | 'range' | 'levels' | 'constant'> {
  const read = (shown: number) => readValue(calibration, shown, bounds);
  const { offset } = calibration;
  /** As read, without its rounding: a fixed range may lie outside the bounds. */
  const valueAt = (difference: number) => offset.high + (offset.low + difference);
  const flat =
    (quantity === 'value' && statistics?.least === statistics?.greatest) ||
    (quantity === 'gradientNorm' && statistics?.greatest === 0 && calibration.offset.high === 0);
  return {
    statistics: statistics && {
      min: read(statistics.least),
      max: read(statistics.greatest),
      mean: read(statistics.mean),
    },
    range:
      lostRange(colors) ??
      (colors.ends && {
        min: valueAt(colors.ends.min),
        max: valueAt(colors.ends.max),
        base: offset.high,
        baseLow: offset.low,
        minDifference: colors.ends.min,
        maxDifference: colors.ends.max,
        stops: colors.stopDifferences,
      }),
    levels: colors.levelValues,
    constant: flat && statistics !== null,
  };
}

/** What a span of a range may lack before it counts as lost. */
const LOST = 1e-9;
/** Ends of a range that are more spans away from 0 than this count from the lower one. */
const FAR = 1000;

/** A fixed range that is so small beside the values that it vanishes in the differences from them; null for others. */
function lostRange({ given, ends }: ColorChoice): ShownRange | null {
  if (!given || !ends) return null;
  const { min, max } = given;
  const span = max - min;
  if (Math.abs(ends.max - ends.min - span) <= LOST * span) return null;
  const base = Math.min(Math.abs(min), Math.abs(max)) > FAR * span ? min : 0;
  const differences = { minDifference: min - base, maxDifference: max - base };
  return { min, max, base, baseLow: 0, ...differences, stops: null };
}
