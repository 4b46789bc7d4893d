/** How values between the ends of a range become places on its colour map. */
export type Norm =
  /** Linear in plane pictures; equalized for values in log-radial ones. */
  | { readonly kind: 'auto' }
  | { readonly kind: 'linear' }
  /** Logarithmic in both directions from 0, and linear between ± its threshold. */
  | { readonly kind: 'symlog'; readonly linearThreshold: number | 'auto' }
  /** Each colour covers as much of the picture. */
  | { readonly kind: 'equalized' };

export type NormKind = Norm['kind'];

/** A norm that is decided. */
export type ShownNorm = Exclude<Norm, { readonly kind: 'auto' }>;

export const NORM_KINDS: readonly NormKind[] = ['auto', 'linear', 'symlog', 'equalized'];

/** Names for people. */
export const NORM_LABELS: Readonly<Record<NormKind, string>> = {
  auto: 'auto',
  linear: 'linear',
  symlog: 'symmetric log',
  equalized: 'equalised',
};

/** Thresholds of symlog: within any range of a state. */
export const THRESHOLD_MIN = 1e-100;
export const THRESHOLD_MAX = 1e100;

/** An automatic threshold leaves about so many decades between it and the larger end of the range. */
const AUTO_DECADES = 3;

/** Intervals of a table of stops; a multiple of the 256 colours of a map. */
export const STOP_INTERVALS = 1024;

/** The ends of a range, and what is between them. */
export interface Placed {
  /** Values are base + baseLow + difference. */
  readonly base: number;
  readonly baseLow: number;
  /** The differences at the two ends of the colour map. */
  readonly min: number;
  readonly max: number;
  /** The stops of an equalised range, as differences; null if it is none. */
  readonly stops: ArrayLike<number> | null;
}

/** A rising map from values, as differences from a base, to places on the colour map, 0 to 1, and back. */
export interface Placing {
  /** 0 and 1 for what lies beyond the ends; 0.5 for everything if the ends are the same. */
  placeOf(difference: number): number;
  differenceAt(place: number): number;
}

/** Linear for an equalised range without stops. */
export function placingOf(norm: ShownNorm, placed: Placed): Placing {
  const { min, max, stops } = placed;
  if (!(min < max)) return { placeOf: () => 0.5, differenceAt: () => min };
  if (norm.kind === 'symlog') return symlogPlacing(placed, thresholdOf(norm, placed));
  if (norm.kind === 'equalized' && stops) return equalizedPlacing(stops);
  return {
    placeOf: (difference) => clampPlace((difference - min) / (max - min)),
    differenceAt: (place) => mix(min, max, place),
  };
}

/**
 * The threshold that a picture uses: an automatic one is a power of ten, at most a thousandth of the larger end's
 * absolute value and more than a ten-thousandth.
 */
export function thresholdOf(
  { linearThreshold }: Extract<Norm, { readonly kind: 'symlog' }>,
  { base, baseLow, min, max }: Placed,
): number {
  if (linearThreshold !== 'auto') return linearThreshold;
  const largest = Math.max(...[min, max].map((end) => Math.abs(base + (baseLow + end))));
  if (largest === 0) return 1;
  // A power that is written is exact; ten to the power of a number may not be.
  const power = Math.floor(Math.log10(largest)) - AUTO_DECADES;
  return Math.min(THRESHOLD_MAX, Math.max(THRESHOLD_MIN, Number(`1e${power}`)));
}

/** From 0 to the threshold there is as much room as for 1 / (1 − 1/10) decades. Source: matplotlib, as below. */
const LINEAR_ROOM = 1 / (1 - 1 / 10);

/**
 * Places of matplotlib's SymLogNorm(linthresh, linscale=1, base=10), from differences: in a deep view logarithms of the
 * values themselves would have no digits left.
 *
 * Source: matplotlib, `scale.py`, `SymmetricalLogTransform`.
 */
function symlogPlacing({ base, baseLow, min, max }: Placed, threshold: number): Placing {
  const inRange = (difference: number) => Math.min(max, Math.max(min, difference));
  const edge = (value: number) => {
    const at = inRange(value - base - baseLow);
    const isInside = value > base + (baseLow + min) && value < base + (baseLow + max);
    // A threshold that is tiny beside the base vanishes in the difference.
    return { at, isInside, size: isInside ? threshold : Math.abs(base + (baseLow + at)) };
  };
  // The linear part, as far as it lies in the range; with the absolute values at its ends.
  const [lower, upper] = [edge(-threshold), edge(threshold)];
  const [from, to] = [lower.at, upper.at];
  const below = from > min ? decades(from - min, lower.size) : 0;
  const linear = LINEAR_ROOM * (lower.isInside && upper.isInside ? 2 : (to - from) / threshold);
  const above = max > to ? decades(max - to, upper.size) : 0;
  const room = below + linear + above;
  const roomTo = (difference: number) => {
    if (difference < from) return below - decades(from - difference, lower.size);
    if (difference > to) return below + linear + decades(difference - to, upper.size);
    return below + (from < to ? linear * ((difference - from) / (to - from)) : linear / 2);
  };
  return {
    placeOf: (difference) => clampPlace(roomTo(inRange(difference)) / room),
    differenceAt: (place) => {
      if (place >= 1) return max;
      const at = place * room;
      if (at < below) return inRange(from - growth(below - at, lower.size));
      if (at <= below + linear) return inRange(from + ((at - below) * threshold) / LINEAR_ROOM);
      return inRange(to + growth(at - below - linear, upper.size));
    },
  };
}

/** The decades from a size to the size and an increase. */
function decades(increase: number, size: number): number {
  return Math.log1p(increase / size) / Math.LN10;
}

/** The increase of a size by so many decades. */
function growth(count: number, size: number): number {
  return size * Math.expm1(count * Math.LN10);
}

/** Places by stops that divide the map evenly. */
function equalizedPlacing(stops: ArrayLike<number>): Placing {
  const last = stops.length - 1;
  return {
    placeOf: (difference) => placeAmong(stops, difference),
    differenceAt: (place) => {
      const i = Math.min(last - 1, Math.floor(place * last));
      return mix(stops[i]!, stops[i + 1]!, place * last - i);
    },
  };
}

/**
 * The place, 0 to 1, of a number among rising stops that divide the map evenly, linear between neighbouring ones; where
 * several stops are the same, the middle of them. shaders/color.wgsl does the same.
 */
export function placeAmong(stops: ArrayLike<number>, value: number): number {
  if (Number.isNaN(value)) return value;
  const last = stops.length - 1;
  const before = countStops(stops, (stop) => stop < value);
  const upTo = countStops(stops, (stop) => stop <= value);
  if (upTo > before) return (before + upTo - 1) / (2 * last);
  if (before === 0) return 0;
  if (before > last) return 1;
  const [low, high] = [stops[before - 1]!, stops[before]!];
  return (before - 1 + (value - low) / (high - low)) / last;
}

/** How many of rising stops, from the first one on, fulfil a condition. */
function countStops(stops: ArrayLike<number>, fulfils: (stop: number) => boolean): number {
  let [from, to] = [0, stops.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (fulfils(stops[middle]!)) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The places between `count` even steps of the map. */
export function evenPlaces(count: number): number[] {
  return Array.from({ length: count - 1 }, (_, i) => (i + 1) / count);
}

/** The differences that divide the map evenly: [STOP_INTERVALS + 1], rising. */
export function stopsOf({ differenceAt }: Placing): Float64Array {
  return Float64Array.from({ length: STOP_INTERVALS + 1 }, (_, i) =>
    differenceAt(i / STOP_INTERVALS),
  );
}

/**
 * The stops between which equally many of the values lie: [STOP_INTERVALS + 1], the first one `min`, the last one `max`.
 * Values beyond these do not count; if none does, the stops are even.
 *
 * @param values finite; they are sorted in place
 */
export function equalizingStops(values: Float64Array, min: number, max: number): Float64Array {
  values.sort();
  const first = countStops(values, (value) => value < min);
  const counted = values.subarray(
    first,
    countStops(values, (value) => value <= max),
  );
  const stops = Float64Array.from({ length: STOP_INTERVALS + 1 }, (_, i) => {
    if (counted.length === 0) return mix(min, max, i / STOP_INTERVALS);
    const at = (i * (counted.length - 1)) / STOP_INTERVALS;
    const before = Math.floor(at);
    return mix(counted[before]!, counted[Math.min(before + 1, counted.length - 1)]!, at - before);
  });
  stops[0] = min;
  stops[STOP_INTERVALS] = max;
  return stops;
}

/**
 * The stops of a range that is symmetric about a middle, from those of the distances from it: each distance is as far from
 * the middle of the map on both sides.
 *
 * @param gap what the distances lack: that of the nearest value from the middle
 */
export function mirrorStops(distances: ArrayLike<number>, middle: number, gap = 0): Float64Array {
  const half = STOP_INTERVALS / 2;
  return Float64Array.from({ length: STOP_INTERVALS + 1 }, (_, i) => {
    return i === half
      ? middle
      : middle + Math.sign(i - half) * (gap + distances[2 * Math.abs(i - half)]!);
  });
}

function clampPlace(place: number): number {
  return Math.min(1, Math.max(0, place));
}

/** Without overflow of a difference. */
function mix(low: number, high: number, share: number): number {
  // Rounded, the sum may lie beyond an end.
  return Math.min(high, Math.max(low, (1 - share) * low + share * high));
}
