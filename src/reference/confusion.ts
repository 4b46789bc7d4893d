/** Which classes are taken for which. */
export interface Confusion {
  /** [K, K], row-major: how many of class r were given class c. */
  readonly counts: Int32Array;
  /** [K, K, d], row-major: the mean of the points of each cell; 0 where there are none. */
  readonly means: Float64Array;
}

/**
 * @param x [n, d], row-major
 * @param labels [n], 0 … classes − 1, and so `predicted`
 */
export function confusionOf(
  x: Float64Array,
  labels: Int32Array,
  predicted: Int32Array,
  classes: number,
): Confusion {
  const inputs = x.length / labels.length;
  const counts = new Int32Array(classes * classes);
  const means = new Float64Array(classes * classes * inputs);
  const cellOf = (i: number) => labels[i]! * classes + predicted[i]!;
  labels.forEach((_, i) => {
    counts[cellOf(i)]! += 1;
  });
  labels.forEach((_, i) => {
    const cell = cellOf(i);
    for (let j = 0; j < inputs; j += 1) {
      means[cell * inputs + j]! += x[i * inputs + j]! / counts[cell]!;
    }
  });
  return { counts, means };
}
