import { InvalidInputError } from '../input/invalidInput.ts';

/** Weights of all layers: 80 MB of float64. */
const MAX_WEIGHTS = 10_000_000;
/** Of all layers but the first, which a plane makes one of two inputs: kernels multiply by these for each sample. With more, a frame of a software adapter takes seconds. */
const MAX_INNER_WEIGHTS = 1_200_000;

/** A number of weights that is too large, and the largest that can be shown. */
export interface ExcessOfWeights {
  readonly received: string;
  readonly expected: string;
}

/**
 * @param sizes of all layers, [inputs, …hidden, outputs]
 * @returns null if a network of these sizes can be shown
 */
export function excessOfWeights(sizes: readonly number[]): ExcessOfWeights | null {
  const [first = 0, ...inner] = sizes.slice(1).map((size, i) => size * sizes[i]!);
  const behind = inner.reduce((sum, weights) => sum + weights, 0);
  if (behind > MAX_INNER_WEIGHTS) {
    return excess(behind, MAX_INNER_WEIGHTS, 'weights behind the first layer');
  }
  const all = first + behind;
  return all > MAX_WEIGHTS ? excess(all, MAX_WEIGHTS, 'weights') : null;
}

function excess(count: number, most: number, what: string): ExcessOfWeights {
  return { received: `${count} ${what}`, expected: `at most ${most} ${what}` };
}

/** @throws InvalidInputError if a network of these sizes cannot be shown */
export function requireFewWeights(sizes: readonly number[], path: string): void {
  const found = excessOfWeights(sizes);
  if (found) throw new InvalidInputError(path, found.received, found.expected);
}
