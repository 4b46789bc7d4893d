import { InvalidInputError } from '../input/invalidInput.ts';
import {
  ACTIVATION_KINDS,
  type Activation,
  DEFAULT_ACTIVATIONS,
  validateActivation,
} from '../model/activations.ts';
import { ModelFileError } from './modelFile.ts';
import { printName } from './tensors.ts';

/** What follows a layer: an activation, or a softmax over all its outputs. */
export type Following = Activation | 'softmax';

/** Other names that libraries give to activations, in small letters without signs. */
const OTHER_NAMES: ReadonlyMap<string, Activation> = new Map<string, Activation>([
  ['linear', 'identity'],
  ['none', 'identity'],
  ['logistic', 'sigmoid'],
  ['swish', 'silu'],
  ['sin', 'sine'],
]);

const plainName = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The activation that a library calls by a name, in any spelling, e.g. 'ReLU' or 'leaky_relu'; null if it is none. */
export function findActivation(name: string): Following | null {
  const plain = plainName(name);
  if (plain === 'softmax') return 'softmax';
  const kind = ACTIVATION_KINDS.find((candidate) => plainName(candidate) === plain);
  return kind === undefined ? (OTHER_NAMES.get(plain) ?? null) : DEFAULT_ACTIVATIONS[kind];
}

/**
 * An activation as a file has it: a name, or an object {kind, …}.
 * @param width neurons of the layer.
 * @throws ModelFileError
 */
export function readFollowing(input: unknown, path: string, width: number): Following {
  if (input === null || input === undefined) return 'identity';
  const named = typeof input === 'string' ? findActivation(input) : null;
  if (named !== null) return named;
  const shown = typeof input === 'string' ? printName(input) : input;
  try {
    return validateActivation(shown, path, width);
  } catch (error) {
    if (error instanceof InvalidInputError) throw new ModelFileError(error.message);
    throw error;
  }
}
