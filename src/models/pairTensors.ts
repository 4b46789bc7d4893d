import { ModelFileError } from './modelFile.ts';
import { readTensorName, type TensorName } from './tensorNames.ts';
import { listTensors, printName, printTensor, requireFinite, type Tensor } from './tensors.ts';

/** A weight and its bias, before it is known which side of the weight are the inputs. */
export interface WeightAndBias extends TensorName {
  /** [rows, columns] */
  readonly weight: Tensor;
  /** null if the file has none: then it is 0. */
  readonly bias: Tensor | null;
}

/**
 * Names of arrays that belong to layers other than dense ones: without them the network would be another one. A name may have 65,535
 * characters, so that no pattern may look for its end from each of them.
 */
const OTHER_LAYERS: readonly (readonly [name: RegExp, what: string])[] = [
  [
    /running_(mean|var)|moving_(mean|variance)|(^|[^a-z])(gamma|beta)([^a-z]|$)|norm\w{0,20}[./]scale/i,
    'a normalisation',
  ],
  [
    /(weight|kernel)[._]?scale|zero_?point|absmax|(^|[._/])q(uantized_)?weight|weight[._]packed/i,
    'a quantised layer',
  ],
  [/(weight|bias)_[ih]h(_|$)|recurrent_(kernel|weight)/i, 'a recurrent layer'],
  [/in_proj_(weight|bias)$/, 'an attention'],
  [/weight_(g|orig)$|parametrizations\./, 'a weight that is computed from others'],
];
const LAYERS_MAX = 1000;

/**
 * Puts weights and biases together by their names.
 * @param notes gets a sentence about what is left out.
 * @throws ModelFileError that names an array which no chain of dense layers has.
 */
export function pairTensors(tensors: readonly Tensor[], notes: string[]): WeightAndBias[] {
  const weights = new Map<string, Tensor>();
  const biases = new Map<string, Tensor>();
  const leftOut: Tensor[] = [];
  for (const tensor of tensors) {
    const { role, words, numbers } = readTensorName(tensor.name);
    const other = OTHER_LAYERS.find(([name]) => name.test(tensor.name));
    if (other) throw refuse(tensor, `belongs to ${other[1]}`);
    const isSingle = tensor.shape.length === 0 && role !== 'bias';
    if (role === null || isSingle) {
      leftOut.push(tensor);
      continue;
    }
    const key = `${words} ${numbers}`;
    const found = role === 'weight' ? weights : biases;
    const same = found.get(key);
    if (same !== undefined) throw refuse(tensor, `has the name of ${printTensor(same)}`);
    found.set(key, role === 'weight' ? asMatrix(tensor) : asVector(tensor));
    requireFinite(tensor);
  }
  if (leftOut.length > 0) {
    notes.push(`Left out, being neither weights nor biases: ${listTensors(leftOut)}.`);
  }
  for (const [key, bias] of biases) {
    if (!weights.has(key)) throw refuse(bias, 'is a bias without a weight of the same name');
  }
  if (weights.size === 0 || weights.size > LAYERS_MAX) throw refuseCount(weights.size, tensors);
  const unbiased = [...weights].filter(([key]) => !biases.has(key)).map(([, weight]) => weight);
  if (unbiased.length > 0) {
    notes.push(`The biases of ${unbiased.map(({ name }) => printName(name)).join(', ')} are 0.`);
  }
  return [...weights].map(([key, weight]) => ({
    ...readTensorName(weight.name),
    weight,
    bias: biases.get(key) ?? null,
  }));
}

function asMatrix(tensor: Tensor): Tensor {
  if (tensor.shape.length !== 2) throw refuse(tensor, 'is no matrix');
  if (tensor.values.length === 0) throw refuse(tensor, 'is empty');
  return tensor;
}

/** A vector; also as a column or a row. */
function asVector(tensor: Tensor): Tensor {
  if (tensor.shape.filter((side) => side !== 1).length > 1) throw refuse(tensor, 'is no vector');
  return { ...tensor, shape: [tensor.values.length] };
}

function refuse(tensor: Tensor, reason: string): ModelFileError {
  return new ModelFileError(
    `${printTensor(tensor)} ${reason}; a chain of dense layers can be read, each with a weight (a matrix) and a bias (a vector)`,
  );
}

function refuseCount(count: number, tensors: readonly Tensor[]): ModelFileError {
  if (count > 0) return new ModelFileError(`${count} weights; at most ${LAYERS_MAX} can be read`);
  return new ModelFileError(
    `no weights among ${listTensors(tensors) || 'no arrays at all'}; they are found by names such as W1 and b1, or fc1.weight and fc1.bias`,
  );
}
