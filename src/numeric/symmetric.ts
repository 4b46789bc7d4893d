/** A symmetric, positive semidefinite map of ℝⁿ. */
export type SymmetricMap = (vector: Float64Array) => Float64Array;

export interface Eigenvector {
  readonly value: number;
  /** Of length 1. */
  readonly vector: Float64Array;
}

/** Steps after which the estimate is looked at, and after the last of which iteration begins anew from there. */
const CHECKS: readonly number[] = [4, 8, 12, 16, 24, 32, 48, 64];
/** Relative to the eigenvalue: the error of the vector is about this over the relative gap to the next one. */
const RESIDUAL = 1e-11;
const EPSILON = 2 ** -52;

/**
 * The eigenvector of the largest eigenvalue among vectors across some that are known, by Lanczos iteration with full
 * orthogonalisation. The start is the same in each call.
 *
 * Source: G. H. Golub and C. F. Van Loan, Matrix Computations, 4th edition, section 10.1.
 * @param size n, more than there are known vectors
 * @param known orthonormal
 * @param calls of `apply` after which the next estimate is taken, whatever its error
 */
export function largestEigenvector(
  apply: SymmetricMap,
  size: number,
  known: readonly Float64Array[],
  calls: number,
): Eigenvector {
  // Of irrational frequency: across no vector that data would have by design.
  const start = Float64Array.from({ length: size }, (_, i) => Math.sin(1 + Math.SQRT2 * i * i));
  let vector = normalized(orthogonalized(start, known));
  for (let left = calls; ; ) {
    const estimate = lanczos(apply, vector, known, left);
    left -= estimate.steps;
    if (estimate.isExact || left <= 0) return estimate;
    vector = estimate.vector;
  }
}

interface Estimate extends Eigenvector {
  readonly isExact: boolean;
  readonly steps: number;
}

function lanczos(
  apply: SymmetricMap,
  start: Float64Array,
  known: readonly Float64Array[],
  calls: number,
): Estimate {
  const basis = [start];
  const diagonal: number[] = [];
  const beside: number[] = [];
  for (;;) {
    const last = basis.at(-1)!;
    const image = apply(last);
    diagonal.push(dot(image, last));
    const rest = orthogonalized(image, [...known, ...basis]);
    const length = Math.sqrt(dot(rest, rest));
    const steps = diagonal.length;
    const isComplete = basis.length + known.length === start.length;
    const isWhole = isComplete || !(length > EPSILON * Math.sqrt(dot(image, image)));
    if (isWhole || CHECKS.includes(steps)) {
      const { value, vector } = largestOf(tridiagonal(diagonal, beside));
      const residual = isWhole ? 0 : length * Math.abs(vector.at(-1)!);
      const isExact = residual <= RESIDUAL * value;
      if (isExact || steps >= calls || steps === CHECKS.at(-1)) {
        return { value, vector: normalized(combine(basis, vector)), isExact, steps };
      }
    }
    beside.push(length);
    basis.push(rest.map((entry) => entry / length));
  }
}

/** A symmetric matrix as rows. */
function tridiagonal(diagonal: readonly number[], beside: readonly number[]): number[][] {
  return diagonal.map((entry, i) =>
    diagonal.map((_, j) => {
      if (i === j) return entry;
      return Math.abs(i - j) === 1 ? beside[Math.min(i, j)]! : 0;
    }),
  );
}

const SWEEPS_MAX = 30;

/**
 * The largest eigenvalue of a small symmetric matrix and its vector, by Jacobi's rotations.
 * Source: G. H. Golub and C. F. Van Loan, Matrix Computations, 4th edition, section 8.5.
 * @param matrix rows; they are overwritten
 */
function largestOf(matrix: number[][]): { readonly value: number; readonly vector: number[] } {
  const size = matrix.length;
  // Rows are the vectors.
  const vectors = matrix.map((row, i) => row.map((_, j) => Number(i === j)));
  for (let sweep = 0, turned = true; turned && sweep < SWEEPS_MAX; sweep += 1) {
    turned = false;
    for (let p = 0; p < size; p += 1) {
      for (let q = p + 1; q < size; q += 1) turned = annihilate(matrix, vectors, p, q) || turned;
    }
  }
  const values = matrix.map((row, i) => row[i]!);
  const largest = values.indexOf(Math.max(...values));
  return { value: values[largest]!, vector: vectors[largest]! };
}

/** Turns two axes so that the matrix has 0 between them. @returns whether that was not so before */
function annihilate(matrix: number[][], vectors: number[][], p: number, q: number): boolean {
  const between = matrix[p]![q]!;
  const [first, second] = [matrix[p]![p]!, matrix[q]![q]!];
  if (!(Math.abs(between) > EPSILON * Math.sqrt(Math.abs(first * second)))) return false;
  const ratio = (second - first) / (2 * between);
  const tangent = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.hypot(1, ratio));
  const cosine = 1 / Math.hypot(1, tangent);
  const sine = tangent * cosine;
  for (const row of matrix) [row[p], row[q]] = turn(row[p]!, row[q]!, cosine, sine);
  for (const rows of [matrix, vectors]) {
    const [rowP, rowQ] = [rows[p]!, rows[q]!];
    rowP.forEach((entry, k) => {
      [rowP[k], rowQ[k]] = turn(entry, rowQ[k]!, cosine, sine);
    });
  }
  return true;
}

function turn(a: number, b: number, cosine: number, sine: number): [number, number] {
  return [cosine * a - sine * b, sine * a + cosine * b];
}

/** Twice: the first time leaves what cancellation has cost. */
function orthogonalized(vector: Float64Array, basis: readonly Float64Array[]): Float64Array {
  const result = vector.slice();
  for (let pass = 0; pass < 2; pass += 1) {
    for (const direction of basis) {
      const along = dot(result, direction);
      for (let i = 0; i < result.length; i += 1) result[i]! -= along * direction[i]!;
    }
  }
  return result;
}

function combine(basis: readonly Float64Array[], factors: readonly number[]): Float64Array {
  const result = new Float64Array(basis[0]!.length);
  basis.forEach((direction, k) => {
    for (let i = 0; i < result.length; i += 1) result[i]! += factors[k]! * direction[i]!;
  });
  return result;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!;
  return sum;
}

function normalized(vector: Float64Array): Float64Array {
  const length = Math.sqrt(dot(vector, vector));
  return vector.map((entry) => entry / length);
}
