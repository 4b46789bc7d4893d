import { toNumber } from '../numeric/doubleDouble.ts';
import { logarithm } from '../numeric/elementary.ts';
import { Mt19937 } from './random.ts';

/** NumPy's legacy seeds are 32 bits. */
export const MAX_NUMPY_SEED = 2 ** 32 - 1;

/**
 * NumPy's legacy generator, `np.random.RandomState(seed)`, or `np.random` after `np.random.seed(seed)`. NumPy keeps its
 * stream as it is for ever (NEP 19).
 *
 * Logarithms are rounded correctly, so that the numbers are the same in every browser. The C library's logarithm, which
 * NumPy uses, sometimes has another last digit.
 *
 * Source: numpy/random/mtrand.pyx, src/legacy/legacy-distributions.c, src/distributions/distributions.c
 */
export class NumpyRandom {
  readonly #generator: Mt19937;
  /** The second number of the pair that `normal` has drawn. */
  #kept: number | null = null;

  /** @param seed an integer, 0 … 2³² − 1 */
  constructor(seed: number) {
    this.#generator = new Mt19937(seed);
  }

  /** `random_sample()`: uniform on [0, 1), with 53 bits. */
  random(): number {
    const high = this.#generator.next32() >>> 5;
    const low = this.#generator.next32() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  /** `uniform(low, high)`: uniform on [low, high). */
  uniform(low: number, high: number): number {
    return low + (high - low) * this.random();
  }

  /** `normal(mean, standardDeviation)`, by G. Marsaglia's polar method, which draws two at once. */
  normal(mean = 0, standardDeviation = 1): number {
    return mean + standardDeviation * this.#standardNormal();
  }

  /** `permutation(count)`: 0 … count − 1 in random order. */
  permutation(count: number): Int32Array {
    const order = Int32Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i -= 1) {
      const j = this.#integerUpTo(i);
      const moved = order[i]!;
      order[i] = order[j]!;
      order[j] = moved;
    }
    return order;
  }

  #standardNormal(): number {
    const kept = this.#kept;
    if (kept !== null) {
      this.#kept = null;
      return kept;
    }
    for (;;) {
      const x1 = 2 * this.random() - 1;
      const x2 = 2 * this.random() - 1;
      const square = x1 * x1 + x2 * x2;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * toNumber(logarithm(square))) / square);
      this.#kept = factor * x1;
      return factor * x2;
    }
  }

  /** Uniform on 0 … max, max < 2³²: as many bits as max has, drawn until they are not above it. */
  #integerUpTo(max: number): number {
    const unused = Math.clz32(max);
    for (;;) {
      const value = (this.#generator.next32() << unused) >>> unused;
      if (value <= max) return value;
    }
  }
}
