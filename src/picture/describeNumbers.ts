import { type Reading, readValue } from '../kernels/reading.ts';
import type { Quantity } from '../model/field.ts';
import type { Bounds } from '../reference/evaluator.ts';
import type { ColourChoice } from './chooseColours.ts';
import type { FrameReport } from './frameReport.ts';

/** Least, greatest and mean of the samples, as the kernels show them. */
export interface Statistics {
  readonly least: number;
  readonly greatest: number;
  readonly mean: number;
}

/** The numbers of a picture for people. */
export function describeNumbers(
  quantity: Quantity,
  bounds: Bounds,
  reading: Reading,
  statistics: Statistics | null,
  colours: ColourChoice,
): Pick<FrameReport, 'statistics' | 'range' | 'levels' | 'constant'> {
  const read = (shown: number) => readValue(reading, shown, bounds);
  const flat =
    (quantity === 'value' && statistics?.least === statistics?.greatest) ||
    (quantity === 'gradientNorm' && statistics?.greatest === 0 && reading.offset === 0);
  return {
    statistics: statistics && {
      min: read(statistics.least),
      max: read(statistics.greatest),
      mean: read(statistics.mean),
    },
    range: colours.ends && {
      min: read(colours.ends.low),
      max: read(colours.ends.high),
      base: reading.offset,
      minDifference: reading.scale * colours.ends.low,
      maxDifference: reading.scale * colours.ends.high,
    },
    levels: colours.levelValues,
    constant: flat && statistics !== null,
  };
}
