import { InvalidInputError } from '../input/invalidInput.ts';
import { validateActivation } from '../model/activations.ts';
import type { Model, ModelFacts } from '../model/models.ts';
import {
  type FullNetwork,
  MAX_HIDDEN_LAYERS,
  MAX_INPUTS,
  MAX_OUTPUTS,
  MAX_WIDTH,
  type NetworkLayer,
} from '../model/networks.ts';
import { requireFewWeights } from '../model/weightLimits.ts';
import { FLOAT32_MAX } from '../numeric/float32.ts';
import { modelId } from './modelId.ts';
import { printName } from './tensors.ts';

export const NOTES_MAX = 50;
export const NOTE_LENGTH_MAX = 1000;

/**
 * A network that can be shown, with its id.
 * @throws InvalidInputError if it is larger than what can be shown: what was received and what is expected.
 */
export function createModel(network: FullNetwork, facts: ModelFacts): Model {
  const path = facts.name === '' ? 'the network' : printName(facts.name);
  checkShapes(
    network.layers.map(({ inputs, outputs }) => [inputs, outputs]),
    path,
  );
  const layers = network.layers.map((layer, i) => checkLayer(layer, `${path}: layer ${i + 1}`));
  const checked = { layers };
  return { id: modelId(checked), network: checked, facts: printable(facts) };
}

/** @param shapes [inputs, outputs] of each layer. @throws InvalidInputError */
export function checkShapes(
  shapes: readonly (readonly [inputs: number, outputs: number])[],
  path: string,
): void {
  const hidden = shapes.slice(0, -1).map(([, outputs]) => outputs);
  const check = (what: string, count: number, most: number) => {
    if (count <= most) return;
    const expected = `at most ${most} ${what} to be shown`;
    throw new InvalidInputError(path, `${count} ${what}`, expected);
  };
  check('inputs', shapes[0]![0], MAX_INPUTS);
  check('hidden layers', hidden.length, MAX_HIDDEN_LAYERS);
  check('neurons in a hidden layer', Math.max(0, ...hidden), MAX_WIDTH);
  check('outputs', shapes.at(-1)![1], MAX_OUTPUTS);
  requireFewWeights([shapes[0]![0], ...shapes.map(([, outputs]) => outputs)], path);
}

function checkLayer(layer: NetworkLayer, path: string): NetworkLayer {
  const { weight, bias, outputs, activation } = layer;
  for (const values of [weight, bias]) {
    const wrong = values.find((value) => !(Math.abs(value) <= FLOAT32_MAX));
    if (wrong !== undefined) throw new InvalidInputError(path, wrong, 'float32 numbers');
  }
  return { ...layer, activation: validateActivation(activation, `${path}.activation`, outputs) };
}

/** Texts of a file, as people can read them, and as `packModel` holds them. */
function printable(facts: ModelFacts): ModelFacts {
  const print = (text: string | null) => (text === null ? null : printName(text));
  return {
    ...facts,
    name: printName(facts.name) || 'network',
    inputs: facts.inputs.map((input) => ({ ...input, name: print(input.name) })),
    outputNames: facts.outputNames?.map(printName) ?? null,
    notes: facts.notes.slice(0, NOTES_MAX).map((note) => note.slice(0, NOTE_LENGTH_MAX)),
  };
}
