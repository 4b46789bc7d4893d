import { InvalidInputError } from '../input/invalidInput.ts';
import { type Activation, validateActivation } from '../model/activations.ts';
import type { NetworkLayer } from '../model/networks.ts';
import type { Following } from './activationNames.ts';
import type { DenseLayer } from './denseLayers.ts';
import { Memory } from './memory.ts';
import { type ModelFile, ModelFileError, type ModelInput } from './modelFile.ts';

/** What the person says of a file that does not say it itself. */
export interface ReadOptions {
  /** Those of the hidden layers: one for all, or a list of one for each. Otherwise they are taken to be ReLU. */
  readonly activations?: Activation | readonly Activation[];
  /** Whether weights are [inputs, outputs]. Otherwise their shapes say it, and where these do not, their names. */
  readonly transposed?: boolean;
}

/** The note for options of a file that knows better. */
export const UNUSED_ACTIVATIONS = 'The file names its activations; those given were not used.';

/** The note for a file that does not name activations, of which none was given either. */
export const GUESSED_ACTIVATIONS =
  'The file does not name the activations of the hidden layers; they were taken to be ReLU.';

export const NO_INPUT_FACTS: ModelInput = { name: null, range: null, unit: null };

/**
 * A network of dense layers with what follows each of them.
 * @param following as many as there are layers; null if the file does not say it.
 * @throws ModelFileError if a softmax is followed by another layer; InvalidInputError if the options do not fit.
 */
export function assemble(
  layers: readonly DenseLayer[],
  following: readonly Following[] | null,
  options: ReadOptions,
  givenNotes: readonly string[],
): ModelFile {
  const notes = [...givenNotes];
  const chosen = chooseFollowing(layers, following, options, notes);
  const ending = chosen.at(-1) === 'softmax' ? 'softmax' : null;
  const activations = chosen.map((one, i) => {
    if (one !== 'softmax') return one;
    if (i < layers.length - 1) {
      throw new ModelFileError(
        `a softmax follows layer ${i + 1}; it can be read after the last one`,
      );
    }
    return 'identity';
  });
  const withActivations = layers.map((layer, i) => ({ ...layer, activation: activations[i]! }));
  return {
    network: { layers: endInIdentity(withActivations) },
    inputs: Array.from({ length: layers[0]!.inputs }, () => NO_INPUT_FACTS),
    outputNames: null,
    outputUnit: null,
    notes,
    ending,
  };
}

function chooseFollowing(
  layers: readonly DenseLayer[],
  following: readonly Following[] | null,
  { activations }: ReadOptions,
  notes: string[],
): readonly Following[] {
  if (following !== null) {
    if (activations !== undefined) {
      notes.push(UNUSED_ACTIVATIONS);
    }
    return following;
  }
  const hidden = layers.slice(0, -1);
  if (activations === undefined) {
    if (hidden.length > 0) notes.push(GUESSED_ACTIVATIONS);
    return [...hidden.map(() => 'relu' as const), 'identity'];
  }
  const isList = Array.isArray(activations);
  if (isList && activations.length !== hidden.length) {
    const expected = `${hidden.length}: one for each hidden layer`;
    throw new InvalidInputError('activations.length', activations.length, expected);
  }
  const read = ({ outputs }: DenseLayer, i: number) =>
    isList
      ? validateActivation(activations[i], `activations[${i}]`, outputs)
      : validateActivation(activations, 'activations', outputs);
  return [...hidden.map(read), 'identity'];
}

/** Where an activation follows the last layer, a layer z = h ends the network, as FullNetwork has it. */
function endInIdentity(layers: readonly NetworkLayer[]): readonly NetworkLayer[] {
  const { outputs, activation } = layers.at(-1)!;
  if (activation === 'identity') return layers;
  new Memory().take(outputs ** 2 * Float32Array.BYTES_PER_ELEMENT, 'the output layer');
  const weight = Float32Array.from({ length: outputs ** 2 }, (_, i) =>
    i % (outputs + 1) === 0 ? 1 : 0,
  );
  const bias = new Float32Array(outputs);
  return [...layers, { inputs: outputs, outputs, weight, bias, activation: 'identity' }];
}
