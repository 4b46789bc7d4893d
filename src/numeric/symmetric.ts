/** Two vectors of ℝⁿ. */
export type Pair = readonly [Float64Array, Float64Array];

/** The images of two vectors under a symmetric, positive semidefinite map of ℝⁿ: both at once cost little more than one. */
export type PairMap = (pair: Pair) => Pair;

export interface LeadingPair {
  /** Orthonormal. */
  readonly vectors: Pair;
  /** vᵀ A v of each, the larger one first up to rounding. */
  readonly values: readonly [number, number];
  /**
   * ‖A v − value v‖ of each: an eigenvalue of A is so near to the value, and v is from its vector at an angle of at most about the
   * residual over the distance to the next eigenvalue.
   */
  readonly residuals: readonly [number, number];
}

/** Steps after which the estimate is looked at, and after the last of which iteration begins anew from there. */
const CHECKS: readonly number[] = [2, 4, 6, 8, 12, 16, 24, 32, 48];
/** Of an estimate that is exact enough, relative to the largest eigenvalue. */
const RESIDUAL = 1e-11;
/** Relative to an image: what is left of it across the basis, if it is shorter, is rounding. */
const NOTHING = 2 ** -43;
const EPSILON = 2 ** -52;

/**
 * The eigenvectors of the two largest eigenvalues, by block Lanczos iteration with full orthogonalisation: two at a time, so that it
 * does not matter whether their eigenvalues differ. The start is the same in each call.
 *
 * Source: G. H. Golub and C. F. Van Loan, Matrix Computations, 4th edition, section 10.3.
 * @param size n, two at least
 * @param calls of `apply` after which the next estimate is taken, whatever its error
 */
export function leadingPair(apply: PairMap, size: number, calls: number): LeadingPair {
  // Of irrational frequency: across no vector that data would have by design.
  const startOf = (phase: number) =>
    Float64Array.from({ length: size }, (_, i) => Math.sin(phase + Math.SQRT2 * i * i));
  let pair = orthonormal([startOf(1), startOf(2)]);
  for (let left = calls; ; ) {
    const { vectors, steps, isWhole } = iterate(apply, pair, left - 1);
    const found = measure(apply, vectors);
    left -= steps + 1;
    const isExact = Math.max(...found.residuals) <= RESIDUAL * found.values[0];
    if (isWhole || isExact || left <= 1) return found;
    pair = vectors;
  }
}

/** In one more call, so that also a small value has all its digits. */
function measure(apply: PairMap, vectors: Pair): LeadingPair {
  const images = apply(vectors);
  const values = [dot(images[0], vectors[0]), dot(images[1], vectors[1])] as const;
  const residualOf = (k: 0 | 1) =>
    lengthOf(images[k].map((entry, i) => entry - values[k] * vectors[k][i]!));
  return { vectors, values, residuals: [residualOf(0), residualOf(1)] };
}

interface Iteration {
  readonly vectors: Pair;
  readonly steps: number;
  /** Whether further images would be combinations of those before. */
  readonly isWhole: boolean;
}

function iterate(apply: PairMap, start: Pair, calls: number): Iteration {
  const basis: Float64Array[] = [];
  const images: Float64Array[] = [];
  let block: readonly Float64Array[] = start;
  for (let steps = 1; ; steps += 1) {
    const ofBlock = apply([block[0]!, block.at(-1)!]).slice(0, block.length);
    basis.push(...block);
    images.push(...ofBlock);
    block = nextBlock(ofBlock, basis);
    const isWhole = block.length === 0;
    const isLast = isWhole || steps >= calls || steps === CHECKS.at(-1);
    if (!isLast && !CHECKS.includes(steps)) continue;
    const { vectors, error } = estimate(basis, images);
    if (isLast || error <= RESIDUAL) return { vectors, steps, isWhole };
  }
}

/** The leading pair of the map within a basis, and its residual over the largest eigenvalue. */
function estimate(
  basis: readonly Float64Array[],
  images: readonly Float64Array[],
): { readonly vectors: Pair; readonly error: number } {
  const matrix = basis.map(() => basis.map(() => 0));
  images.forEach((image, i) => {
    for (let j = 0; j <= i; j += 1) matrix[i]![j] = matrix[j]![i] = dot(image, basis[j]!);
  });
  const parts = largestTwo(matrix);
  const vectors = orthonormal([combine(basis, parts[0]), combine(basis, parts[1])]);
  const found = measure(() => [combine(images, parts[0]), combine(images, parts[1])], vectors);
  return { vectors, error: Math.max(...found.residuals) / found.values[0] };
}

/** What images have across a basis, orthonormal: two vectors, one or none. */
function nextBlock(
  images: readonly Float64Array[],
  basis: readonly Float64Array[],
): readonly Float64Array[] {
  const block: Float64Array[] = [];
  for (const image of images) {
    const known = [...basis, ...block];
    const rest = orthogonalized(image, known);
    const isNew = known.length < image.length && lengthOf(rest) > NOTHING * lengthOf(image);
    if (isNew) block.push(normalized(rest));
  }
  return block;
}

const SWEEPS_MAX = 30;

/**
 * The vectors of the two largest eigenvalues of a small symmetric matrix, that of the largest first, by Jacobi's rotations.
 * Source: G. H. Golub and C. F. Van Loan, Matrix Computations, 4th edition, section 8.5.
 * @param matrix rows, two at least; they are overwritten
 */
function largestTwo(matrix: number[][]): [number[], number[]] {
  const size = matrix.length;
  // Rows are the vectors.
  const vectors = matrix.map((row, i) => row.map((_, j) => Number(i === j)));
  for (let sweep = 0, turned = true; turned && sweep < SWEEPS_MAX; sweep += 1) {
    turned = false;
    for (let p = 0; p < size; p += 1) {
      for (let q = p + 1; q < size; q += 1) turned = annihilate(matrix, vectors, p, q) || turned;
    }
  }
  const order = vectors.map((_, i) => i).sort((i, j) => matrix[j]![j]! - matrix[i]![i]!);
  return [vectors[order[0]!]!, vectors[order[1]!]!];
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

function lengthOf(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector));
}

function normalized(vector: Float64Array): Float64Array {
  const length = lengthOf(vector);
  return vector.map((entry) => entry / length);
}

function orthonormal([a, b]: Pair): Pair {
  const first = normalized(a);
  return [first, normalized(orthogonalized(b, [first]))];
}
