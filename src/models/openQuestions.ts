import type { Activation } from '../model/activations.ts';
import type { Model, ModelFacts } from '../model/models.ts';
import type { NetworkLayer } from '../model/networks.ts';
import { GUESSED_ACTIVATIONS } from './assemble.ts';
import { createModel } from './createModel.ts';
import { orientationNote } from './denseLayers.ts';
import { transpose } from './tensors.ts';

/** What a file leaves open, and a person may answer: the answer makes another network, with another id. */

/** In place of the note about the guess. */
const CHOSEN_ACTIVATIONS =
  'The file does not name the activations of the hidden layers; they were chosen here.';

export function hasOpenActivations({ notes }: ModelFacts): boolean {
  return notes.includes(GUESSED_ACTIVATIONS) || notes.includes(CHOSEN_ACTIVATIONS);
}

/** @param activations one for each hidden layer. @throws InvalidInputError */
export function withActivations(
  { network, facts }: Model,
  activations: readonly Activation[],
): Model {
  const layers = network.layers.map((layer, i) => ({
    ...layer,
    activation: activations[i] ?? layer.activation,
  }));
  const notes = facts.notes.map((note) =>
    note === GUESSED_ACTIVATIONS ? CHOSEN_ACTIVATIONS : note,
  );
  return createModel({ layers }, { ...facts, notes });
}

/** Whether weights were read as [inputs, outputs], where the file does not say it and all are square; null if it is certain. */
export function openOrientation({ network, facts }: Model): 'inputsFirst' | 'outputsFirst' | null {
  if (!network.layers.every(isSquare)) return null;
  if (facts.notes.includes(orientationNote(true))) return 'inputsFirst';
  return facts.notes.includes(orientationNote(false)) ? 'outputsFirst' : null;
}

/** The model with its weights read the other way. */
export function withTransposedWeights({ network, facts }: Model): Model {
  const layers = network.layers.map((layer) => ({
    ...layer,
    weight: transpose(layer.weight, layer.outputs, layer.inputs),
  }));
  const wasInputsFirst = facts.notes.includes(orientationNote(true));
  const notes = facts.notes.map((note) =>
    note === orientationNote(wasInputsFirst) ? orientationNote(!wasInputsFirst) : note,
  );
  return createModel({ layers }, { ...facts, notes });
}

function isSquare({ inputs, outputs }: NetworkLayer): boolean {
  return inputs === outputs;
}
