import type { Architecture } from './architecture.ts';

/**
 * How many regions a network of this architecture can have; exact up to 2⁵³, then the nearest
 * float64. Each is for the whole plane, except for the expectation.
 */
export interface RegionBounds {
  /**
   * Activation regions of a network with one hidden layer of n neurons: at most Σ_{j≤2} C(n, j),
   * attained when the hinges are in general position. null for deeper ones.
   *
   * Source: T. Zaslavsky, "Facing up to arrangements", Memoirs AMS 154 (1975); as a bound on
   * regions of networks R. Pascanu, G. Montúfar, Y. Bengio, arXiv:1312.6098, Proposition 2.
   */
  readonly shallow: number | null;
  /**
   * Π_l Σ_{j≤2} C(n_l, j): each layer cuts each region as if it were a whole plane.
   *
   * Source: G. Montúfar, "Notes on the number of linear regions of deep neural networks",
   * SampTA 2017; M. Raghu et al., arXiv:1606.05336. With min(2, n_1, …, n_{l−1}) instead of 2: a
   * narrow layer leaves its successors at most that many dimensions.
   */
  readonly product: number;
  /**
   * Σ over (j_1 … j_L) of Π_l C(n_l, j_l) with j_l ≤ min(2, n_1 − j_1, …, n_{l−1} − j_{l−1}, n_l):
   * where many ReLUs are off, few dimensions are left. null unless all are ReLUs.
   *
   * Source: T. Serra, C. Tjandraatmadja, S. Ramalingam, "Bounding and counting linear regions of
   * deep neural networks", ICML 2018, Theorem 1 (arXiv:1711.02114).
   */
  readonly serra: number | null;
  /**
   * The largest network of this architecture has at least
   * Π_{l<L} ⌊n_l / 2⌋² · Σ_{j≤2} C(n_L, j) linear regions: a lower bound for the maximum, not for
   * a given network. null unless all are ReLUs, and if a layer has fewer than 2 neurons.
   *
   * Source: G. Montúfar, R. Pascanu, K. Cho, Y. Bengio, "On the number of linear regions of deep
   * neural networks", NIPS 2014, Theorem 4 (arXiv:1402.1869).
   */
  readonly montufar: number | null;
  /**
   * Expected number of regions in [−1, 1]² of a shallow network as initialised by PyTorch:
   * 1 + 5n/6 + C(n, 2)/3. null for deeper ones, and for slices of more inputs.
   *
   * Source: the number of cells is 1 + lines + crossings within a convex window. Weights and bias
   * are uniform on the same interval, here scaled to [−1, 1]. A hinge misses the square where
   * |b| ≥ |w₁| + |w₂|, with probability 1/6. By Cramer's rule two hinges cross inside it where
   * |det(w₁, w₂)| is the largest among |det(w₁, w₂)|, |det(b, w₂)| and |det(w₁, b)|, columns of both
   * neurons; the columns are exchangeable, so the probability is 1/3.
   */
  readonly expectedInUnitSquare: number | null;
}

const DIMENSIONS = 2;

/** The bounds for a network's architecture; its weights do not matter. */
export function regionBounds({ hidden, activation, isUnfolded }: Architecture): RegionBounds {
  const isShallow = hidden.length === 1;
  const n = hidden[0];
  const isRelu = activation === 'relu';
  return {
    shallow: isShallow ? Number(cells(n, DIMENSIONS)) : null,
    product: Number(productBound(hidden)),
    serra: isRelu ? Number(serraBound(hidden)) : null,
    montufar: isRelu ? montufarBound(hidden) : null,
    expectedInUnitSquare:
      isShallow && isUnfolded ? 1 + (5 * n) / 6 + Number(choose(n, 2)) / 3 : null,
  };
}

/** Σ_{j ≤ dimensions} C(n, j): the cells of n hyperplanes in general position. */
function cells(n: number, dimensions: number): bigint {
  let sum = 0n;
  for (let j = 0; j <= Math.min(n, dimensions); j++) sum += choose(n, j);
  return sum;
}

function productBound(hidden: readonly number[]): bigint {
  let dimensions = DIMENSIONS;
  let product = 1n;
  for (const n of hidden) {
    product *= cells(n, dimensions);
    dimensions = Math.min(dimensions, n);
  }
  return product;
}

function serraBound(hidden: readonly number[]): bigint {
  // sums[d]: the sum over the layers from the current one on, where d dimensions are left.
  let sums = Array.from({ length: DIMENSIONS + 1 }, () => 1n);
  for (const n of hidden.toReversed()) {
    sums = sums.map((_, dimensions) => {
      let sum = 0n;
      for (let j = 0; j <= Math.min(dimensions, n); j++) {
        sum += choose(n, j) * sums[Math.min(dimensions, n - j)];
      }
      return sum;
    });
  }
  return sums[DIMENSIONS];
}

function montufarBound(hidden: readonly number[]): number | null {
  if (hidden.length === 0 || hidden.some((n) => n < DIMENSIONS)) return null;
  let product = cells(hidden[hidden.length - 1], DIMENSIONS);
  for (const n of hidden.slice(0, -1)) product *= BigInt(Math.floor(n / DIMENSIONS)) ** 2n;
  return Number(product);
}

function choose(n: number, k: number): bigint {
  let result = 1n;
  for (let i = 0; i < k; i++) result = (result * BigInt(n - i)) / BigInt(i + 1);
  return result;
}
