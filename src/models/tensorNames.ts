/** What the name of an array says of it. */
export interface TensorName {
  readonly role: 'weight' | 'bias' | null;
  /** The rest of the name, e.g. 'fc' of 'fc1.weight': layers with the same words are in the order of their numbers. */
  readonly words: string;
  /** [1] of 'fc1.weight' */
  readonly numbers: readonly number[];
  /** Whether weights by this name are usually [inputs, outputs]. */
  readonly isInputsFirst: boolean;
}

const WEIGHTS = ['weight', 'weights', 'w'];
/** As Keras, Flax, scikit-learn and formulas x · A + b have them. */
const INPUTS_FIRST_WEIGHTS = ['kernel', 'kernels', 'coef', 'coefs', 'a'];
const BIASES = ['bias', 'biases', 'b', 'intercept', 'intercepts'];

/** Reads names as people give them: W1, b1, fc1.weight, layers.0.bias, coefs_0, dense_1/kernel:0, 0002.dense.A. */
export function readTensorName(name: string): TensorName {
  const parts = name.match(/\d+|[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? [];
  const tokens = parts.map((part) => part.toLowerCase());
  const isWeight = (token: string) =>
    WEIGHTS.includes(token) || INPUTS_FIRST_WEIGHTS.includes(token);
  const at = tokens.findLastIndex((token) => isWeight(token) || BIASES.includes(token));
  const role = at < 0 ? null : isWeight(tokens[at]!) ? 'weight' : 'bias';
  const rest = tokens.filter((_, i) => i !== at);
  return {
    role,
    words: rest.filter((token) => !/^\d/.test(token)).join('.'),
    numbers: rest.filter((token) => /^\d/.test(token)).map(Number),
    isInputsFirst: at >= 0 && INPUTS_FIRST_WEIGHTS.includes(tokens[at]!),
  };
}

/** Lexicographic. */
export function compareNumbers(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((number, i) => number !== b[i]);
  return at < 0 ? a.length - b.length : a[at]! - (b[at] ?? Number.NEGATIVE_INFINITY);
}
