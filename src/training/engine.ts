/**
 * The arithmetic of affine layers on one heap of float64 numbers. Arguments that name an array are positions in the heap.
 *
 * Samples lie side by side: an array [rows, stride] holds one feature, neuron or output in each row, and `stride` samples in each of
 * them, a multiple of STRIDE_UNIT. All engines add in the same order, so that their results agree bit for bit.
 */
export interface Engine {
  readonly kind: 'plain' | 'simd';
  readonly heap: Float64Array;
  /**
   * z[r][s] = start[r] + Σ_k weight[r · rowStep + k · columnStep] · x[k][s]. With steps (inner, 1) that is weight · x, with (1, rows) it is
   * the transposed weight · x.
   */
  affine(
    weight: number,
    rowStep: number,
    columnStep: number,
    start: number,
    x: number,
    z: number,
    rows: number,
    inner: number,
    stride: number,
  ): void;
  /**
   * sums[r][c] += Σ_s d[r][s] · x[c][s], those of even and of odd samples added up apart: the gradient by a weight [rows, columns], from
   * that by its pre-activations.
   */
  accumulate(
    d: number,
    x: number,
    sums: number,
    rows: number,
    columns: number,
    stride: number,
  ): void;
  /** a[i] = max(z[i], 0) for `count` numbers, a multiple of STRIDE_UNIT. */
  rectify(z: number, a: number, count: number): void;
  /** d[i] = 0 where z[i] is not above 0. */
  closeGates(z: number, d: number, count: number): void;
}

/** Samples that an engine takes at once. */
export const STRIDE_UNIT = 4;

/** The number of places for `samples`. */
export function strideOf(samples: number): number {
  return Math.ceil(samples / STRIDE_UNIT) * STRIDE_UNIT;
}
