import type { Slice } from './slice.ts';

/** Points of an input space, seen on a slice. */
export interface ProjectedPoints {
  /** [n, 2], row-major: the coordinates u of the nearest points of the slice. */
  readonly places: Float64Array;
  /** [n] How far from the slice each is; null on the plane itself, where all are on it. */
  readonly distances: Float64Array | null;
}

/**
 * Projects points orthogonally onto a slice. On the slice of a single input, whose second axis is 0, u₂ is 0.
 * @param x [n, d], row-major; on the plane itself (null) d is 2
 */
export function projectOnSlice(slice: Slice | null, x: Float64Array): ProjectedPoints {
  if (slice === null) return { places: x, distances: null };
  const { origin, axis1, axis2 } = slice;
  const inputs = origin.length;
  const count = x.length / inputs;
  const [a11, a12, a22] = [dot(axis1, axis1), dot(axis1, axis2), dot(axis2, axis2)];
  const determinant = a11 * a22 - a12 * a12;
  const places = new Float64Array(2 * count);
  const distances = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    const from = Float64Array.from(origin, (o, j) => x[i * inputs + j]! - o);
    const [b1, b2] = [dot(axis1, from), dot(axis2, from)];
    // Least squares.
    const isPlane = determinant > 0;
    const u1 = isPlane ? (a22 * b1 - a12 * b2) / determinant : a11 > 0 ? b1 / a11 : 0;
    const u2 = isPlane ? (a11 * b2 - a12 * b1) / determinant : a11 > 0 ? 0 : b2 / a22;
    places.set([u1, u2], 2 * i);
    distances[i] = Math.hypot(...from.map((part, j) => part - u1 * axis1[j]! - u2 * axis2[j]!));
  }
  return { places, distances };
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!;
  return sum;
}
