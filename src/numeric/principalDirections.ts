import { largestEigenvector } from './symmetric.ts';

/** Rows of numbers, row-major. */
export interface Rows {
  readonly rows: number;
  readonly columns: number;
  /** [rows, columns] */
  readonly values: ArrayLike<number>;
}

/** The two main directions of points about their mean. */
export interface PrincipalDirections {
  /** [columns] */
  readonly mean: Float64Array;
  /** Two orthonormal vectors [columns]; the entry of each that is farthest from 0, the first of equal ones, is positive. */
  readonly directions: readonly [Float64Array, Float64Array];
  /** The standard deviations along them, of rows − 1 degrees of freedom. The second is 0 for points on a line. */
  readonly deviations: readonly [number, number];
}

/** Multiplications that may be spent on each direction, about a quarter of a second of them, and bounds of the passes that they make. */
const WORK_MAX = 2 ** 28;
const PASSES_MIN = 24;
const PASSES_MAX = 256;

/**
 * The first two right singular vectors of centred rows, and the singular values over √(rows − 1): principal component analysis.
 *
 * Each direction is found by itself, among those across the ones before, by Lanczos iteration: d × d covariances are never
 * formed, so that many columns cost one pass over the rows for each of some dozen steps. Directions whose deviations differ by
 * little take more steps; in very large tables these end early, with directions that are as good for a picture.
 *
 * @param data 2 rows at least, of 2 columns at least
 */
export function principalDirections(data: Rows): PrincipalDirections {
  const mean = meanOf(data);
  const apply = (vector: Float64Array) => scatter(data, mean, vector);
  const passes = WORK_MAX / (2 * data.rows * data.columns);
  const calls = Math.min(PASSES_MAX, Math.max(PASSES_MIN, passes));
  const found: Float64Array[] = [];
  const deviations = [0, 1].map(() => {
    const { value, vector } = largestEigenvector(apply, data.columns, found, calls);
    found.push(orient(vector));
    return Math.sqrt(Math.max(0, value) / (data.rows - 1));
  });
  return {
    mean,
    directions: found as unknown as PrincipalDirections['directions'],
    deviations: deviations as unknown as PrincipalDirections['deviations'],
  };
}

function meanOf({ rows, columns, values }: Rows): Float64Array {
  const sums = new Float64Array(columns);
  for (let row = 0, at = 0; row < rows; row += 1) {
    for (let j = 0; j < columns; j += 1, at += 1) sums[j]! += values[at]!;
  }
  return sums.map((sum) => sum / rows);
}

/** Rows that are added up together: sums that wait for each other take four times as long. */
const ROWS_AT_ONCE = 4;

/** Σ over rows of r (r · vector), r = row − mean. */
function scatter(
  { rows, columns, values }: Rows,
  mean: Float64Array,
  vector: Float64Array,
): Float64Array {
  const result = new Float64Array(columns);
  let row = 0;
  for (; row + ROWS_AT_ONCE <= rows; row += ROWS_AT_ONCE) {
    const first = row * columns;
    const [second, third, fourth] = [first + columns, first + 2 * columns, first + 3 * columns];
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let j = 0; j < columns; j += 1) {
      const [m, v] = [mean[j]!, vector[j]!];
      a += (values[first + j]! - m) * v;
      b += (values[second + j]! - m) * v;
      c += (values[third + j]! - m) * v;
      d += (values[fourth + j]! - m) * v;
    }
    for (let j = 0; j < columns; j += 1) {
      const m = mean[j]!;
      result[j]! +=
        a * (values[first + j]! - m) +
        b * (values[second + j]! - m) +
        c * (values[third + j]! - m) +
        d * (values[fourth + j]! - m);
    }
  }
  for (; row < rows; row += 1) {
    const start = row * columns;
    let along = 0;
    for (let j = 0; j < columns; j += 1) along += (values[start + j]! - mean[j]!) * vector[j]!;
    for (let j = 0; j < columns; j += 1) result[j]! += along * (values[start + j]! - mean[j]!);
  }
  return result;
}

/** The vector or its opposite. */
function orient(vector: Float64Array): Float64Array {
  const largest = vector.reduce(
    (best, entry) => (Math.abs(entry) > Math.abs(best) ? entry : best),
    0,
  );
  return largest < 0 ? vector.map((entry) => -entry) : vector;
}
