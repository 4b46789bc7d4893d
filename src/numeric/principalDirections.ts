import { leadingPair, type Pair } from './symmetric.ts';

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
  readonly directions: Pair;
  /** The standard deviations along them, of rows − 1 degrees of freedom. The second is 0 for points on a line. */
  readonly deviations: readonly [number, number];
  /**
   * How exact they are: an eigenvalue of the covariance, over the largest one, is so near to the variance along each direction, over
   * the largest one, and the direction is from its vector at an angle of at most about this over the distance to the next eigenvalue.
   */
  readonly residuals: readonly [number, number];
}

/** Called with the share of the work that is done, 0 to 1. */
export type OnShare = (share: number) => void;

/** Entries of rows that may be visited, about half a second of them, and bounds of the passes that they make. */
const VISITS_MAX = 2 ** 26;
const PASSES_MIN = 16;
const PASSES_MAX = 256;

/**
 * The first two right singular vectors of centred rows, and the singular values over √(rows − 1): principal component analysis.
 *
 * Both are found by one Lanczos iteration: d × d covariances are never formed, so that many columns cost one pass over the rows for each
 * of some steps. Directions whose deviations differ by little from those of others take more steps; in very large tables these
 * end early, with directions that are as good for a picture. `residuals` say how exact they are.
 *
 * @param data 2 rows at least, of 2 columns at least
 */
export function principalDirections(
  data: Rows,
  onProgress: OnShare = () => undefined,
): PrincipalDirections {
  const mean = meanOf(data);
  const most = VISITS_MAX / (data.rows * data.columns);
  const calls = Math.round(Math.min(PASSES_MAX, Math.max(PASSES_MIN, most)));
  let call = 0;
  const apply = (pair: Pair): Pair => {
    call += 1;
    onProgress(Math.min(1, call / calls));
    return scatter(data, mean, pair);
  };
  const { vectors, values, residuals } = leadingPair(apply, data.columns, calls);
  const deviationOf = (k: 0 | 1) => Math.sqrt(Math.max(0, values[k]) / (data.rows - 1));
  const relative = (residual: number) => (values[0] > 0 ? residual / values[0] : 0);
  return {
    mean,
    directions: [orient(vectors[0]), orient(vectors[1])],
    deviations: [deviationOf(0), deviationOf(1)],
    residuals: [relative(residuals[0]), relative(residuals[1])],
  };
}

function meanOf({ rows, columns, values }: Rows): Float64Array {
  const sums = new Float64Array(columns);
  for (let row = 0, at = 0; row < rows; row += 1) {
    for (let j = 0; j < columns; j += 1, at += 1) sums[j]! += values[at]!;
  }
  return sums.map((sum) => sum / rows);
}

/** Σ over rows of r (r · v) for two vectors v, r = row − mean. */
function scatter({ rows, columns, values }: Rows, mean: Float64Array, [v, w]: Pair): Pair {
  const [first, second] = [new Float64Array(columns), new Float64Array(columns)];
  // Two rows at a time: sums that wait for each other take longer.
  for (let row = 0; row < rows; row += 2) {
    const top = row * columns;
    const isPair = row + 1 < rows;
    const bottom = isPair ? top + columns : top;
    let [topV, topW, bottomV, bottomW] = [0, 0, 0, 0];
    for (let j = 0; j < columns; j += 1) {
      const m = mean[j]!;
      const r = values[top + j]! - m;
      const s = values[bottom + j]! - m;
      topV += r * v[j]!;
      topW += r * w[j]!;
      bottomV += s * v[j]!;
      bottomW += s * w[j]!;
    }
    if (!isPair) bottomV = bottomW = 0;
    for (let j = 0; j < columns; j += 1) {
      const m = mean[j]!;
      const r = values[top + j]! - m;
      const s = values[bottom + j]! - m;
      first[j]! += topV * r + bottomV * s;
      second[j]! += topW * r + bottomW * s;
    }
  }
  return [first, second];
}

/** The vector or its opposite. */
function orient(vector: Float64Array): Float64Array {
  const largest = vector.reduce(
    (best, entry) => (Math.abs(entry) > Math.abs(best) ? entry : best),
    0,
  );
  return largest < 0 ? vector.map((entry) => -entry) : vector;
}
