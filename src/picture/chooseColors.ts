import { type Calibration, differenceFrom } from '../kernels/calibration.ts';
import { FLOAT32_MAX } from '../numeric/float32.ts';
import type { Coloring } from '../passes/color.ts';
import type { Counted } from '../passes/equalize.ts';
import { niceLevels } from '../scales/levels.ts';
import { evenPlaces, mirrorStops, type Placing, placingOf, stopsOf } from '../scales/norms.ts';
import {
  isSymmetric,
  type PictureColors,
  pictureColors,
  type Range,
} from '../scales/pictureColors.ts';
import type { State } from '../state/state.ts';

/** What the colour pass needs besides the samples. */
export interface ColorChoice
  extends Pick<Coloring, 'range' | 'stops' | 'symmetric' | 'zero' | 'levels' | 'filled' | 'lines'> {
  /** The ends of the colour map for people, as differences from the calibration's offset; null for regions. */
  readonly ends: Ends | null;
  /** A fixed range as it was given; null for others. */
  readonly given: Ends | null;
  /** Of an equalised range: the differences that divide the colour map evenly; null for others. */
  readonly stopDifferences: ArrayLike<number> | null;
  /** The same in the kernel's stored numbers. */
  readonly shownEnds: { readonly low: number; readonly high: number } | null;
  /** Contour levels for people. */
  readonly levelValues: readonly number[];
}

interface Ends {
  readonly min: number;
  readonly max: number;
}

/** The extremes of the samples as the kernels store them, with the stops of those that were counted. */
interface Extremes {
  readonly least: number;
  readonly greatest: number;
  readonly stops?: ArrayLike<number> | null;
}

const NO_LEVELS = { first: 0, step: 0, count: 0 };
/** The largest number passed to the colour pass: more than any difference of values, and in COLOR_UNITs still in float32. */
const SHOWN_MAX = 1e39;
/** A span below this, or below this fraction of its ends, vanishes in float32. */
const SPAN_MIN = 1e-36;
const SPAN_MIN_RELATIVE = 2 ** -22;

/** Chooses range, stops and contour levels, for people and in the numbers that the kernel stores. */
export function chooseColors(
  state: State,
  calibration: Calibration,
  statistics: Extremes | null,
): ColorChoice {
  const { offset, scale } = calibration;
  const shown = pictureColors(state);
  const { range, contours, norm } = shown;
  const { filled, lines } = contours;
  const symmetric = isSymmetric(shown);
  const isFixed = range?.mode === 'fixed';
  const ends = statistics && range && endsOf(range, calibration, statistics, symmetric);
  // Far outside float32 everything is scaled down together: the values in view are 0 in comparison.
  const excess = ends ? Math.max(1, largest(ends) / (SHOWN_MAX * scale)) : 1;
  const toShown = (difference: number) => difference / excess / scale;
  const shownEnds = ends && widen({ low: toShown(ends.min), high: toShown(ends.max) }, isFixed);
  const zero = within(SHOWN_MAX, -offset.high / scale);
  const common = {
    range: isFixed ? shownEnds : null,
    symmetric,
    zero,
    ends,
    given: range?.mode === 'fixed' ? range : null,
    shownEnds,
    filled,
    lines,
  };
  if (ends && norm.kind !== 'linear') {
    const counted = norm.kind === 'equalized' ? equalizedStops(statistics, symmetric, zero) : null;
    const stopDifferences = counted && Array.from(counted, (stop) => scale * stop);
    const base = { base: offset.high, baseLow: offset.low };
    const placing = placingOf(norm, { ...base, ...ends, stops: stopDifferences });
    const stops = counted ?? stopsOf(placing).map((stop) => within(SHOWN_MAX, stop / scale));
    return { ...common, ...evenLevels(shown, calibration, placing), stops, stopDifferences };
  }
  const levels =
    ends && (filled || lines)
      ? niceLevels(ends.min, ends.max, contours.count, offset.high, offset.low)
      : null;
  return {
    ...common,
    stops: null,
    stopDifferences: null,
    levels: levels?.count
      ? {
          first: toShown(levels.differences[0]!),
          step: toShown(levels.step),
          count: levels.count,
        }
      : NO_LEVELS,
    levelValues: levels?.values ?? [],
  };
}

/** The stops of the samples; null if these were not counted. */
function equalizedStops(
  { least, greatest, stops = null }: Extremes,
  symmetric: boolean,
  zero: number,
): ArrayLike<number> | null {
  if (!symmetric || !stops) return stops;
  return mirrorStops(stops, zero, Math.max(0, least - zero, zero - greatest));
}

/** Contour levels at even places of the colour map, with their values for people. */
function evenLevels(
  { contours: { filled, lines, count } }: PictureColors,
  { offset }: Calibration,
  { differenceAt }: Placing,
): Pick<ColorChoice, 'levels' | 'levelValues'> {
  if (!filled && !lines) return { levels: NO_LEVELS, levelValues: [] };
  const levelValues = evenPlaces(count).map(
    (place) => offset.high + (offset.low + differenceAt(place)),
  );
  return { levels: { first: 1 / count, step: 1 / count, count: count - 1 }, levelValues };
}

/** Whether colours depend on statistics that the CPU has read. */
export function needNumbers(state: State): boolean {
  const { contours, norm } = pictureColors(state);
  return contours.filled || contours.lines || norm.kind !== 'linear';
}

/** Which samples an equalised picture counts, as the kernel stores them; null for other pictures. */
export function countedOf(state: State, calibration: Calibration): Counted | null {
  const shown = pictureColors(state);
  const { norm, range } = shown;
  if (norm.kind !== 'equalized' || !range) return null;
  const stored = (value: number) =>
    within(FLOAT32_MAX, differenceFrom(calibration, value) / calibration.scale);
  if (range.mode === 'fixed') {
    return { kind: 'inside', low: stored(range.min), high: stored(range.max) };
  }
  return isSymmetric(shown) ? { kind: 'distances', from: stored(0) } : { kind: 'all' };
}

function within(largest: number, value: number): number {
  return Math.min(largest, Math.max(-largest, value));
}

function endsOf(
  range: Range,
  calibration: Calibration,
  { least, greatest }: Extremes,
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
