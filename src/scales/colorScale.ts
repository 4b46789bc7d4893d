import type { Quantity } from '../model/field.ts';
import { niceLevels } from './levels.ts';
import { type Ticks, valueTicks } from './ticks.ts';

/** The values at the two ends of the colour map: base + baseLow + minDifference, and + maxDifference. */
export interface ColorRange {
  readonly base: number;
  /** What float64 cannot hold of the base; 0 if there is none. */
  readonly baseLow?: number;
  readonly minDifference: number;
  readonly maxDifference: number;
}

/** What a colour bar shows, in differences from a base, which have digits left in deep views. */
export interface ColorScale {
  readonly base: number;
  readonly baseLow: number;
  readonly min: number;
  readonly max: number;
  /** Ascending levels, as differences, between which colours stand still; none if they are continuous. */
  readonly levels: readonly number[];
  /** The distance of neighbouring levels; 0 when there are none. */
  readonly step: number;
  /** A direction, −π to π. */
  readonly isTurn: boolean;
}

const TURN: Ticks = {
  ticks: [
    { position: -1, label: '−π' },
    { position: -0.5, label: '−π/2' },
    { position: 0, label: '0' },
    { position: 0.5, label: 'π/2' },
    { position: 1, label: 'π' },
  ],
  offset: null,
};

/** The scale of a picture; a direction has a range of its own, a full turn, without levels. */
export function colorScale(
  quantity: Quantity,
  contours: { readonly filled: boolean; readonly count: number },
  { base, baseLow = 0, minDifference: min, maxDifference: max }: ColorRange,
): ColorScale {
  if (quantity === 'gradientDirection') {
    return { base: 0, baseLow: 0, min: -Math.PI, max: Math.PI, levels: [], step: 0, isTurn: true };
  }
  const levels = contours.filled ? niceLevels(min, max, contours.count, base, baseLow) : null;
  return {
    base,
    baseLow,
    min,
    max,
    levels: levels?.differences ?? [],
    step: levels?.step ?? 0,
    isTurn: false,
  };
}

/**
 * Where in the colour map (0 to 1) a place of the bar (0 to 1) is: its own, or the middle of its step;
 * the middle of the map where there is but one value.
 */
export function mapFraction(place: number, { min, max, levels, step }: ColorScale): number {
  if (!(max > min)) return 0.5;
  if (levels.length === 0) return place;
  const band = levels.findLastIndex((level) => level <= min + place * (max - min));
  const middle = levels[0]! + (band + 0.5) * step;
  return Math.min(1, Math.max(0, (middle - min) / (max - min)));
}

/** About `count` ticks of the bar, position −1 at its lower end. */
export function colorTicks({ base, baseLow, min, max, isTurn }: ColorScale, count: number): Ticks {
  return isTurn ? TURN : valueTicks(min, max, count, base, baseLow);
}
