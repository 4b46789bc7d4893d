import { niceLevels } from './levels.ts';
import { type RangeTicks, rangeTicks } from './ticks.ts';

/** The values at the two ends of the colour map: base + baseLow + minDifference, and + maxDifference. */
export interface ColorRange {
  readonly base: number;
  /** The part of the base that float64 cannot hold; 0 if there is none. */
  readonly baseLow?: number;
  readonly minDifference: number;
  readonly maxDifference: number;
}

/** The content of a colour bar, as differences from a base, which keep their digits in deep views. */
export interface ColorScale {
  readonly base: number;
  readonly baseLow: number;
  readonly min: number;
  readonly max: number;
  /** Ascending levels, as differences, between which the colour is constant; none if colours are continuous. */
  readonly levels: readonly number[];
  /** The distance between neighbouring levels; 0 if there are none. */
  readonly step: number;
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
  contours: { readonly filled: boolean; readonly count: number },
  { base, baseLow = 0, minDifference: min, maxDifference: max }: ColorRange,
): ColorScale {
  const levels = contours.filled ? niceLevels(min, max, contours.count, base, baseLow) : null;
  return {
    base,
    baseLow,
    min,
    max,
    levels: levels?.differences ?? [],
    step: levels?.step ?? 0,
  };
}

/**
 * The place in the colour map (0 to 1) of a place on the bar (0 to 1): the same, or the middle of its step;
 * the middle of the map if there is only one value.
 */
export function mapFraction(place: number, { min, max, levels, step }: ColorScale): number {
  if (!(max > min)) return 0.5;
  if (levels.length === 0) return place;
  const band = levels.findLastIndex((level) => level <= min + place * (max - min));
  const middle = levels[0]! + (band + 0.5) * step;
  return Math.min(1, Math.max(0, (middle - min) / (max - min)));
}

/** About `count` ticks of the bar, position −1 at its lower end. */
export function colorTicks({ base, baseLow, min, max }: ColorScale, count: number): RangeTicks {
  return rangeTicks(min, max, count, base, baseLow);
}
