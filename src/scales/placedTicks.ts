import {
  fromDecimal,
  powerOfTen,
  toDecimal,
  trimZeros,
  writeDecimal,
  writePower,
} from './decimal.ts';
import { formatNumber } from './format.ts';
import { evenPlaces, type Placing, type ShownNorm, thresholdOf } from './norms.ts';
import { type RangeTicks, rangeTicks } from './ticks.ts';

/** A range whose values do not lie evenly on their bar: those of base + baseLow + [min, max], with min < max. */
export interface PlacedScale {
  readonly base: number;
  readonly baseLow: number;
  readonly min: number;
  readonly max: number;
  readonly norm: ShownNorm;
  readonly placing: Placing;
  /** From one step of the colours to the next, as a part of the bar; 0 if they are continuous. */
  readonly stepPlace: number;
}

/** A number is written to a twentieth of its distance from its neighbours, if that takes no more digits than this. */
const DIGITS = { min: 2, max: 5 };
const ROUNDING_MAX = 1 / 20;
/** Longer numbers, as 6.9521×10¹¹, share a power of ten: a bar has no more room. */
const LABEL_LENGTH = 9;
/** A base is written to this many digits of the least number that is added to it. */
const BASE_DIGITS = 2;
/** More digits in which what a written base lacks is computed. */
const GUARD_DIGITS = 20;

/**
 * About `count` ticks of a bar, with the numbers at its ends: of an equalised range at even places, of a symmetric logarithm at
 * powers of ten and 0. The notation is that of `Ticks`.
 */
export function placedTicks(scale: PlacedScale, count: number): RangeTicks {
  const { min, max, placing } = scale;
  const differences =
    scale.norm.kind === 'symlog' ? decadesIn(scale, count) : quantiles(scale, count);
  if (differences.length < 2) return movedTicks(scale, count);
  const { labels, offset } = writeNumbers(scale, [min, ...differences, max]);
  const ticks = differences.map((difference, i) => {
    return { position: 2 * placing.placeOf(difference) - 1, label: labels[i + 1]! };
  });
  return { ticks, offset, ends: [labels[0]!, labels.at(-1)!] };
}

/** The values at even places, where steps begin if there are any; each once: many places may have the same value. */
function quantiles({ placing, stepPlace }: PlacedScale, count: number): number[] {
  const parts = stepPlace > 0 ? Math.round(1 / stepPlace) : Math.max(2, Math.round(count));
  const stride = Math.ceil(parts / Math.max(2, count));
  const places = evenPlaces(parts).filter((_, i) => (i + 1) % stride === 0);
  return [...new Set(places.map((place) => placing.differenceAt(place)))];
}

/** 0 and every so many powers of ten on both of its sides, outwards from the threshold. */
function decadesIn(scale: PlacedScale, count: number): number[] {
  const { base, baseLow, min, max, norm } = scale;
  if (norm.kind !== 'symlog') return [];
  const ends = [min, max].map((end) => base + (baseLow + end));
  const first = Math.ceil(Math.log10(thresholdOf(norm, { ...scale, stops: null })));
  const last = Math.floor(Math.log10(Math.max(...ends.map(Math.abs))));
  const sides = [-1, 1].filter((side) => side * ends[side === 1 ? 1 : 0]! > 0);
  const stride = Math.max(1, Math.ceil((sides.length * (last - first + 1)) / count));
  const powers: number[] = [];
  for (let power = first; power <= last; power += stride) powers.push(Number(`1e${power}`));
  const values = [...powers.map((power) => -power).reverse(), 0, ...powers];
  const differences = values
    .filter((value) => value >= ends[0]! && value <= ends[1]!)
    .map((value) => value - base - baseLow);
  // Powers that are tiny beside the base lie where 0 does.
  return differences.filter((difference, i) => {
    const isZero = difference === -base - baseLow;
    return isZero ? i === differences.indexOf(difference) : true;
  });
}

/** The ticks of an even bar, moved to their places. */
function movedTicks({ base, baseLow, min, max, placing }: PlacedScale, count: number): RangeTicks {
  const { ticks, ...rest } = rangeTicks(min, max, count, base, baseLow);
  const moved = ticks.map(({ position, label }) => {
    const difference = min + ((position + 1) / 2) * (max - min);
    return { position: 2 * placing.placeOf(difference) - 1, label };
  });
  return { ...rest, ticks: moved };
}

/** Rising numbers base + baseLow + difference, as short as keeps them apart, if need be as differences from a written base. */
function writeNumbers(
  { base, baseLow }: PlacedScale,
  differences: readonly number[],
): { readonly labels: readonly string[]; readonly offset: string | null } {
  const values = differences.map((difference) => base + (baseLow + difference));
  const gaps = differences.map((difference, i) => {
    const others = [differences[i - 1], differences[i + 1]];
    const distances = others.map((other = difference) => Math.abs(difference - other));
    return Math.min(...distances.map((distance) => distance || Number.POSITIVE_INFINITY));
  });
  const plain = digitsFor(values, gaps);
  if (plain !== null) {
    const labels = values.map((value) => formatNumber(value, plain));
    if (labels.every(({ length }) => length <= LABEL_LENGTH)) return { labels, offset: null };
    const power = Math.floor(Math.log10(Math.max(...values.map(Math.abs))));
    const shared = values.map((value) => formatNumber(value / 10 ** power, plain));
    return { labels: shared, offset: writePower(power) };
  }
  const least = Math.min(...differences.map(Math.abs).filter((size) => size > 0));
  const exponent = Math.floor(Math.log10(least)) - BASE_DIGITS;
  const written = toDecimal(base, exponent) + toDecimal(baseLow, exponent);
  const unit = exponent - GUARD_DIGITS;
  const exact = toDecimal(base, unit) + toDecimal(baseLow, unit);
  const lacking = fromDecimal(exact - written * powerOfTen(GUARD_DIGITS), unit);
  const beyond = differences.map((difference) => {
    const value = difference + lacking;
    return Math.abs(value) < 10 ** exponent ? 0 : value;
  });
  const digits = digitsFor(beyond, gaps) ?? DIGITS.max;
  const text = trimZeros(writeDecimal(written, exponent));
  return {
    labels: beyond.map((value) => formatNumber(value, digits)),
    offset: written < 0n ? text : `+${text}`,
  };
}

/** The least number of digits that keeps numbers apart from their neighbours at these distances; null if that is too many. */
function digitsFor(values: readonly number[], gaps: readonly number[]): number | null {
  for (let digits = DIGITS.min; digits <= DIGITS.max; digits++) {
    const isClear = values.every((value, i) => {
      return Math.abs(Number(value.toPrecision(digits)) - value) <= ROUNDING_MAX * gaps[i]!;
    });
    if (isClear) return digits;
  }
  return null;
}
