/** A curve of numbers by step, for a narrow strip: at most one point up and one down for each column. */

export interface CurveRange {
  readonly min: number;
  readonly max: number;
  /** Whether heights are those of logarithms: losses often fall over several powers of ten. */
  readonly logarithmic: boolean;
}

/** From this ratio of the largest to the smallest on. */
const LOGARITHMIC_FROM = 30;

/** A range that holds all numbers; those that are not finite do not count. */
export function curveRange(numbers: Iterable<number>): CurveRange {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const number of numbers) {
    if (!Number.isFinite(number)) continue;
    min = Math.min(min, number);
    max = Math.max(max, number);
  }
  if (min > max) return { min: 0, max: 1, logarithmic: false };
  const logarithmic = min > 0 && max / min > LOGARITHMIC_FROM;
  if (logarithmic) return { min, max, logarithmic };
  const least = Math.min(0, min);
  return { min: least, max: max > least ? max : least + 1, logarithmic };
}

/** Where a number lies between the range's ends, 0 to 1. */
function heightOf(value: number, { min, max, logarithmic }: CurveRange): number {
  if (!logarithmic) return (value - min) / (max - min);
  return Math.log(value / min) / Math.log(max / min);
}

export interface CurvePoint {
  readonly step: number;
  readonly value: number;
}

/**
 * The curve as path data in a box of this size, whose left edge is step 0 and whose right edge is `last`.
 *
 * @param points in the order of their steps
 */
export function curvePath(
  points: Iterable<CurvePoint>,
  last: number,
  range: CurveRange,
  { width, height }: { readonly width: number; readonly height: number },
): string {
  const columns = new Map<number, { low: number; high: number }>();
  for (const { step, value } of points) {
    if (!Number.isFinite(value)) continue;
    const column = Math.round((step / Math.max(1, last)) * width);
    const y = height * (1 - heightOf(value, range));
    const known = columns.get(column);
    if (known) {
      known.low = Math.max(known.low, y);
      known.high = Math.min(known.high, y);
    } else columns.set(column, { low: y, high: y });
  }
  const places = [...columns].flatMap(([x, { low, high }]) =>
    low === high
      ? [[x, low]]
      : [
          [x, low],
          [x, high],
        ],
  );
  const path = places.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x} ${y!.toFixed(1)}`).join('');
  // A round line cap makes a dot of it.
  return places.length === 1 ? `${path}h0` : path;
}
