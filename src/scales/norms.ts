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

/** Thresholds of symlog: within any range of a state. */
export const THRESHOLD_MIN = 1e-100;
export const THRESHOLD_MAX = 1e100;

/** An automatic threshold leaves about so many decades between it and the larger end of the range. */
const AUTO_DECADES = 3;

/** Intervals of a table of edges; a multiple of the 256 colours of a map. */
export const EDGE_INTERVALS = 1024;

/** The ends of a range, and what is between them. */
export interface Placed {
  /** Values are base + baseLow + difference. */
  readonly base: number;
  readonly baseLow: number;
  /** The differences at the two ends of the colour map. */
  readonly min: number;
  readonly max: number;
  /** The edges of an equalised range, as differences; null if it is none. */
  readonly edges: ArrayLike<number> | null;
}

/** A rising map from values, as differences from a base, to places on the colour map, 0 to 1, and back. */
export interface Placing {
  /** 0 and 1 for what lies beyond the ends; 0.5 for everything if the ends are the same. */
  placeOf(difference: number): number;
  differenceAt(place: number): number;
}

/** Linear for an equalised range without edges: then no value lies in it. */
export function placingOf(norm: ShownNorm, placed: Placed): Placing {
  const { min, max, edges } = placed;
  if (!(min < max)) return { placeOf: () => 0.5, differenceAt: () => min };
  if (norm.kind === 'symlog') return symlogPlacing(placed, thresholdOf(norm, placed));
  if (norm.kind === 'equalized' && edges) return equalizedPlacing(edges);
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
  // The linear part, as far as it lies in the range; with the absolute values at its ends.
  const from = inRange(-threshold - base - baseLow);
  const to = inRange(threshold - base - baseLow);
  const [fromSize, toSize] = [from, to].map((end) => Math.abs(base + (baseLow + end)));
  const below = from > min ? decades(from - min, fromSize!) : 0;
  const linear = (LINEAR_ROOM * (to - from)) / threshold;
  const above = max > to ? decades(max - to, toSize!) : 0;
  const room = below + linear + above;
  const roomTo = (difference: number) => {
    if (difference < from) return below - decades(from - difference, fromSize!);
    if (difference <= to) return below + (LINEAR_ROOM * (difference - from)) / threshold;
    return below + linear + decades(difference - to, toSize!);
  };
  return {
    placeOf: (difference) => clampPlace(roomTo(inRange(difference)) / room),
    differenceAt: (place) => {
      const at = place * room;
      if (at < below) return inRange(from - growth(below - at, fromSize!));
      if (at <= below + linear) return inRange(from + ((at - below) * threshold) / LINEAR_ROOM);
      return inRange(to + growth(at - below - linear, toSize!));
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

/** Places by edges that divide the map evenly. */
function equalizedPlacing(edges: ArrayLike<number>): Placing {
  const last = edges.length - 1;
  return {
    placeOf: (difference) => placeAmong(edges, difference),
    differenceAt: (place) => {
      const i = Math.min(last - 1, Math.floor(place * last));
      return mix(edges[i]!, edges[i + 1]!, place * last - i);
    },
  };
}

/**
 * The place, 0 to 1, of a number among rising edges that divide the map evenly, linear between neighbouring ones; where
 * several edges are the same, the middle of them. shaders/color.wgsl does the same.
 */
export function placeAmong(edges: ArrayLike<number>, value: number): number {
  const last = edges.length - 1;
  const before = countEdges(edges, (edge) => edge < value);
  const upTo = countEdges(edges, (edge) => edge <= value);
  if (upTo > before) return (before + upTo - 1) / (2 * last);
  if (before === 0) return 0;
  if (before > last) return 1;
  const [low, high] = [edges[before - 1]!, edges[before]!];
  return (before - 1 + (value - low) / (high - low)) / last;
}

/** How many of rising edges, from the first one on, fulfil a condition. */
function countEdges(edges: ArrayLike<number>, fulfils: (edge: number) => boolean): number {
  let [from, to] = [0, edges.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (fulfils(edges[middle]!)) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The differences that divide the map evenly: [EDGE_INTERVALS + 1], rising. */
export function edgesOf({ differenceAt }: Placing): Float64Array {
  return Float64Array.from({ length: EDGE_INTERVALS + 1 }, (_, i) =>
    differenceAt(i / EDGE_INTERVALS),
  );
}

/**
 * The edges between which equally many of the values lie: [EDGE_INTERVALS + 1], the first one `min`, the last one `max`.
 * Values beyond these do not count. null if none counts.
 *
 * @param values finite; they are sorted in place
 */
export function equalizingEdges(
  values: Float64Array,
  min: number,
  max: number,
): Float64Array | null {
  values.sort();
  const first = countEdges(values, (value) => value < min);
  const counted = values.subarray(
    first,
    countEdges(values, (value) => value <= max),
  );
  if (counted.length === 0) return null;
  const edges = Float64Array.from({ length: EDGE_INTERVALS + 1 }, (_, i) => {
    const at = (i * (counted.length - 1)) / EDGE_INTERVALS;
    const before = Math.floor(at);
    return mix(counted[before]!, counted[Math.min(before + 1, counted.length - 1)]!, at - before);
  });
  edges[0] = min;
  edges[EDGE_INTERVALS] = max;
  return edges;
}

/**
 * The edges of a range that is symmetric about a middle from those of the distances from it: each distance is as far from the middle
 * of the map on both sides.
 */
export function mirrorEdges(distances: ArrayLike<number>, middle: number): Float64Array {
  const half = EDGE_INTERVALS / 2;
  return Float64Array.from({ length: EDGE_INTERVALS + 1 }, (_, i) => {
    return middle + Math.sign(i - half) * distances[2 * Math.abs(i - half)]!;
  });
}

function clampPlace(place: number): number {
  return Math.min(1, Math.max(0, place));
}

/** Without overflow of a difference. */
function mix(low: number, high: number, share: number): number {
  return (1 - share) * low + share * high;
}
