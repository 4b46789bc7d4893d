import { InvalidInputError } from '../../input/invalidInput.ts';
import type { Activation } from '../../model/activations.ts';
import { firstReadout } from '../../model/firstField.ts';
import {
  findModel,
  listModel,
  listModels,
  type Model,
  type ModelInput,
  unlistModel,
} from '../../model/models.ts';
import type { Readout } from '../../model/readouts.ts';
import { type ModelOptions, readModel } from '../../models/readModel.ts';
import { readOutputs } from '../../reference/pointReading.ts';
import { type ModelBytes, readModelInput, readModelOptions } from './modelInput.ts';

/** A network from a file, in a few words. */
export interface ModelSummary {
  /** Names it in states: `{network: {kind: 'model', id}}`. The same network has the same id, whatever file it comes from. */
  readonly id: string;
  readonly name: string;
  /** [d] names, ranges and units; null where the file has none. */
  readonly inputs: readonly ModelInput[];
  /** [K] */
  readonly outputs: readonly { readonly name: string | null }[];
  readonly layers: readonly LayerSummary[];
  /** What was folded, left out or guessed. */
  readonly notes: readonly string[];
  /** With which the page shows it: softmax if the file ends in one. */
  readonly readout: Readout;
}

/** A layer of a network from a file. */
export interface LayerSummary {
  readonly inputs: number;
  readonly outputs: number;
  /** What follows the layer; 'identity' after the last one. */
  readonly activation: Activation;
}

/** The networks from files that all Reluscopes of a document share. Nothing in a file is run, and nothing is fetched. */
export interface Models {
  /**
   * Reads a network from the bytes of a file: ONNX, safetensors, .npz, .npy, .nnet or JSON.
   * @param input a file or its bytes; or a list: a model and the files with its weights, or .npy files of single arrays
   * @param options `name` for people (the file's by default); `activations` of the hidden layers, for files that do not name them:
   *   one, or one for each; `transposed`, whether weights are [inputs, outputs], where shapes and names do not say it
   * @throws ModelFileError or InvalidInputError (as a rejection): what was received, and what can be read
   */
  add(
    input: ModelBytes | readonly ModelBytes[],
    options?: Partial<ModelOptions>,
  ): Promise<ModelSummary>;
  /** Oldest first; those of links that were opened, too. */
  list(): ModelSummary[];
  /**
   * Takes a model from the list, and from the browser's storage if the page keeps it there. What shows it goes on, and can be
   * undone to: its weights are freed when nothing shows them any more.
   * @throws InvalidInputError
   */
  remove(id: string): void;
  /**
   * The outputs [K] for an input vector, in float64, before the softmax with which the file may end.
   *
   * @param x [d] flattened row-major, in the network's own numbers: where `inputs[i].unit` is not null these are (value − mean) / scale
   *   of a value in the file's units
   * @throws InvalidInputError
   */
  outputs(id: string, x: ArrayLike<number>): number[];
}

export const MODELS: Models = {
  async add(input, options = {}) {
    const checked = readModelOptions(options);
    const model = readModel(await readModelInput(input), checked);
    listModel(model);
    return summaryOf(model);
  },
  list: () => listModels().map(summaryOf),
  remove(id) {
    requireModel(id);
    unlistModel(id);
  },
  outputs(id, x) {
    requireModel(id);
    return readOutputs({ network: { kind: 'model', id } }, x);
  },
};

function requireModel(id: string): void {
  if (findModel(id) === null) {
    throw new InvalidInputError('id', id, 'the id of a model in models.list()');
  }
}

function summaryOf({ id, network, facts }: Model): ModelSummary {
  const { name, inputs, outputNames, notes } = facts;
  const { outputs } = network.layers.at(-1)!;
  return structuredClone({
    id,
    name,
    inputs,
    outputs: Array.from({ length: outputs }, (_, k) => ({ name: outputNames?.[k] ?? null })),
    layers: network.layers.map((layer) => ({
      inputs: layer.inputs,
      outputs: layer.outputs,
      activation: layer.activation,
    })),
    notes,
    readout: firstReadout({ network, facts }),
  });
}
