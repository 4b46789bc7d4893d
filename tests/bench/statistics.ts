/** @returns the middle value, or the mean of the two in the middle; NaN of nothing */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle]!;
  return sorted.length === 0 ? Number.NaN : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
  /** How many values there were. */
  readonly count: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    min: sorted[0] ?? Number.NaN,
    median: median(values),
    max: sorted.at(-1) ?? Number.NaN,
    count: values.length,
  };
}

/**
 * The exponent e of y ~ xᵉ by least squares through the logarithms.
 * @returns null for fewer than two different x
 */
export function fitExponent(pairs: readonly (readonly [number, number])[]): number | null {
  if (new Set(pairs.map(([x]) => x)).size < 2) return null;
  const logs = pairs.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (part: 0 | 1) => logs.reduce((sum, pair) => sum + pair[part], 0) / logs.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const covariance = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return covariance / logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}

/** The step in which a clock counts, as far as its readings tell: their greatest common divisor. */
export function commonStep(readings: readonly bigint[]): bigint {
  return readings.reduce((a, b) => {
    let [x, y] = [a, b];
    while (y !== 0n) [x, y] = [y, x % y];
    return x;
  }, 0n);
}
