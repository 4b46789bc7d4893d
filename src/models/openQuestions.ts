import { type Activation, kindOfActivation } from '../model/activations.ts';
import type { Model, ModelFacts } from '../model/models.ts';
import type { NetworkLayer } from '../model/networks.ts';
import { GUESSED_ACTIVATIONS, NO_INPUT_FACTS } from './assemble.ts';
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

/** Whether weights were read as [inputs, outputs], where the file does not say it and either way makes a network; null if it is certain. */
export function openOrientation(model: Model): 'inputsFirst' | 'outputsFirst' | null {
  const { notes } = model.facts;
  const read = [true, false].find((isInputsFirst) =>
    notes.includes(orientationNote(isInputsFirst)),
  );
  if (read === undefined || !fitsOtherWay(model)) return null;
  return read ? 'inputsFirst' : 'outputsFirst';
}

/** The model with its weights read the other way; call it where the orientation is open. */
export function withTransposedWeights({ network, facts }: Model): Model {
  const layers = network.layers.map((layer) => ({
    ...layer,
    inputs: layer.outputs,
    outputs: layer.inputs,
    weight: transpose(layer.weight, layer.outputs, layer.inputs),
    // Of layers that are not square there is none.
    bias: isSquare(layer) ? layer.bias : new Float32Array(layer.inputs),
  }));
  const wasInputsFirst = facts.notes.includes(orientationNote(true));
  const notes = facts.notes.map((note) =>
    note === orientationNote(wasInputsFirst) ? orientationNote(!wasInputsFirst) : note,
  );
  const inputs = Array.from(
    { length: layers[0]!.inputs },
    (_, i) => facts.inputs[i] ?? NO_INPUT_FACTS,
  );
  return createModel({ layers }, { ...facts, inputs, notes });
}

/** Whether the layers follow each other in the other reading, too, and nothing is said of single neurons. */
function fitsOtherWay({ network: { layers }, facts }: Model): boolean {
  const first = layers[0]!;
  const last = layers.at(-1)!;
  const isNamed = facts.inputs.some(({ name, range, unit }) => name ?? range ?? unit);
  return (
    layers.every((layer, i) => i === 0 || layer.outputs === layers[i - 1]!.inputs) &&
    layers.every((layer) => isSquare(layer) || isWithoutNeurons(layer)) &&
    (first.inputs === first.outputs || !isNamed) &&
    (last.inputs === last.outputs || facts.outputNames === null)
  );
}

function isWithoutNeurons({ bias, activation }: NetworkLayer): boolean {
  return bias.every((value) => value === 0) && kindOfActivation(activation) !== 'prelu';
}

function isSquare({ inputs, outputs }: NetworkLayer): boolean {
  return inputs === outputs;
}
