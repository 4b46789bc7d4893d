import { type Calibration, differenceFrom } from '../kernels/calibration.ts';
import type { Coloring } from '../passes/color.ts';
import { isDiverging } from '../scales/colormaps.ts';
import { niceLevels } from '../scales/levels.ts';
import { type PictureColors, pictureColors, type Range } from '../scales/pictureColors.ts';
import type { State } from '../state/state.ts';

/** What the colour pass needs besides the samples. */
export interface ColorChoice
  extends Pick<Coloring, 'range' | 'symmetric' | 'zero' | 'levels' | 'filled' | 'lines'> {
  /** The ends of the colour map for people, as differences from the calibration's offset; null for regions. */
  readonly ends: Ends | null;
  /** The same in the kernel's stored numbers. */
  readonly shownEnds: { readonly low: number; readonly high: number } | null;
  /** Contour levels for people. */
  readonly levelValues: readonly number[];
}

interface Ends {
  readonly min: number;
  readonly max: number;
}

const NO_LEVELS = { first: 0, step: 0, count: 0 };
/** The largest number passed to the colour pass: more than any difference of values, and in COLOR_UNITs still in float32. */
const SHOWN_MAX = 1e39;
/** A span below this, or below this fraction of its ends, vanishes in float32. */
const SPAN_MIN = 1e-36;
const SPAN_MIN_RELATIVE = 2 ** -22;

/** Chooses range and contour levels, for people and in the numbers that the kernel stores. */
export function chooseColors(
  state: State,
  calibration: Calibration,
  statistics: { readonly least: number; readonly greatest: number } | null,
): ColorChoice {
  const { offset, scale } = calibration;
  const shown = pictureColors(state);
  const { range, contours } = shown;
  const symmetric = isSymmetric(shown);
  const isFixed = range?.mode === 'fixed';
  const ends = statistics && range && endsOf(range, calibration, statistics, symmetric);
  // Far outside float32 everything is scaled down together: the values in view are 0 in comparison.
  const excess = ends ? Math.max(1, largest(ends) / (SHOWN_MAX * scale)) : 1;
  const toShown = (difference: number) => difference / excess / scale;
  const shownEnds = ends && widen({ low: toShown(ends.min), high: toShown(ends.max) }, isFixed);
  const { filled, lines, count } = contours;
  const levels =
    ends && hasLevels(state)
      ? niceLevels(ends.min, ends.max, count, offset.high, offset.low)
      : null;
  return {
    range: isFixed ? shownEnds : null,
    symmetric,
    zero: Math.min(SHOWN_MAX, Math.max(-SHOWN_MAX, -offset.high / scale)),
    ends,
    shownEnds,
    levels: levels?.count
      ? {
          first: toShown(levels.differences[0]),
          step: toShown(levels.step),
          count: levels.count,
        }
      : NO_LEVELS,
    levelValues: levels?.values ?? [],
    filled,
    lines,
  };
}

/** Whether colours need contour levels, which are chosen from the statistics. */
export function hasLevels(state: State): boolean {
  const { filled, lines } = pictureColors(state).contours;
  return filled || lines;
}

function endsOf(
  range: Range,
  calibration: Calibration,
  { least, greatest }: { readonly least: number; readonly greatest: number },
  symmetric: boolean,
): Ends {
  const { scale } = calibration;
  if (range.mode === 'fixed') {
    return {
      min: differenceFrom(calibration, range.min),
      max: differenceFrom(calibration, range.max),
    };
  }
  const ends = { min: scale * least, max: scale * greatest };
  if (!symmetric) return ends;
  const zero = differenceFrom(calibration, 0);
  const half = Math.max(Math.abs(ends.min - zero), Math.abs(ends.max - zero));
  return { min: zero - half, max: zero + half };
}

function largest({ min, max }: Ends): number {
  return Math.max(Math.abs(min), Math.abs(max));
}

/** A fixed range that vanishes in float32 is made just wide enough to distinguish its sides. */
function widen({ low, high }: { low: number; high: number }, isFixed: boolean) {
  const size = Math.max(Math.abs(low), Math.abs(high));
  const lacking = Math.max(SPAN_MIN, SPAN_MIN_RELATIVE * size) - (high - low);
  if (!isFixed || lacking <= 0) return { low, high };
  return { low: low - lacking / 2, high: high + lacking / 2 };
}

/** A diverging map has its middle at 0 unless its ends are fixed by hand. */
function isSymmetric({ range, colormap }: PictureColors): boolean {
  if (range?.mode === 'auto') return colormap !== null && isDiverging(colormap);
  return range?.mode === 'symmetric';
}
