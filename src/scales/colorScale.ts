import { niceLevels } from './levels.ts';
import { evenPlaces, placingOf } from './norms.ts';
import type { PictureColors } from './pictureColors.ts';
import { type PlacedScale, placedTicks } from './placedTicks.ts';
import { type RangeTicks, rangeTicks } from './ticks.ts';

/** The values at the two ends of the colour map: base + baseLow + minDifference, and + maxDifference. */
export interface ColorRange {
  readonly base: number;
  /** The part of the base that float64 cannot hold; 0 if there is none. */
  readonly baseLow?: number;
  readonly minDifference: number;
  readonly maxDifference: number;
  /** Of an equalised picture: differences that divide the colour map evenly. */
  readonly stops?: ArrayLike<number> | null;
}

/** The content of a colour bar, as differences from a base, which keep their digits in deep views. */
export interface ColorScale extends PlacedScale {
  /** Ascending levels, as differences, between which the colour is constant; none if colours are continuous. */
  readonly levels: readonly number[];
  /** The place on the bar, 0 to 1, of the first level; 0 if there are none. */
  readonly firstPlace: number;
}

/** The ticks of angles from −π to π. */
export const TURN_TICKS: RangeTicks = {
  ticks: [
    { position: -1, label: '−π' },
    { position: -0.5, label: '−π/2' },
    { position: 0, label: '0' },
    { position: 0.5, label: 'π/2' },
    { position: 1, label: 'π' },
  ],
  offset: null,
  ends: ['−π', 'π'],
};

/** The scale of a picture. */
export function colorScale(
  { contours, norm }: Pick<PictureColors, 'contours' | 'norm'>,
  range: ColorRange,
): ColorScale {
  const { base, baseLow = 0, minDifference: min, maxDifference: max, stops = null } = range;
  const placing = placingOf(norm, { base, baseLow, min, max, stops });
  const scale = { base, baseLow, min, max, norm, placing };
  if (!contours.filled || !(max > min))
    return { ...scale, levels: [], firstPlace: 0, stepPlace: 0 };
  const { count } = contours;
  if (norm.kind !== 'linear') {
    const levels = evenPlaces(count).map((place) => placing.differenceAt(place));
    return { ...scale, levels, firstPlace: 1 / count, stepPlace: 1 / count };
  }
  const { differences: levels, step } = niceLevels(min, max, count, base, baseLow);
  const firstPlace = levels.length > 0 ? (levels[0]! - min) / (max - min) : 0;
  return { ...scale, levels, firstPlace, stepPlace: step / (max - min) };
}

/** The places on the bar of the levels inside of it. */
export function levelPlaces({ levels, firstPlace, stepPlace }: ColorScale): number[] {
  const places = levels.map((_, i) => firstPlace + i * stepPlace);
  return places.filter((place) => place > 0 && place < 1);
}

/**
 * The place in the colour map (0 to 1) of a place on the bar (0 to 1): the same, or the middle of its step;
 * the middle of the map if there is only one value.
 */
export function mapFraction(place: number, scale: ColorScale): number {
  const { min, max, levels, firstPlace, stepPlace } = scale;
  if (!(max > min)) return 0.5;
  if (levels.length === 0) return place;
  const band = Math.floor((place - firstPlace) / stepPlace);
  const last = levels.length - 1;
  const middle = firstPlace + (Math.min(last, Math.max(-1, band)) + 0.5) * stepPlace;
  return Math.min(1, Math.max(0, middle));
}

/** About `count` ticks of the bar, position −1 at its lower end. */
export function colorTicks(scale: ColorScale, count: number): RangeTicks {
  const { base, baseLow, min, max, norm } = scale;
  const isEven = norm.kind === 'linear' || !(max > min);
  return isEven ? rangeTicks(min, max, count, base, baseLow) : placedTicks(scale, count);
}
