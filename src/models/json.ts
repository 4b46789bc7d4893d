import { type Following, readFollowing } from './activationNames.ts';
import { assemble, type ReadOptions } from './assemble.ts';
import { type DenseLayer, denseLayers } from './denseLayers.ts';
import { membersOf, parseJson } from './jsonText.ts';
import { Memory } from './memory.ts';
import { type ModelFile, ModelFileError } from './modelFile.ts';
import { readTensorName } from './tensorNames.ts';
import { printName, type Tensor } from './tensors.ts';
import { kerasProgram } from './unreadable.ts';

type Members = ReadonlyMap<string, unknown>;

/** Members by which the JSON of Keras and of TensorFlow.js is known; neither holds weights. */
const KERAS_KEYS = ['class_name', 'keras_version', 'modelTopology'];
/** What may follow the hidden layers and the last one, as people and scikit-learn call it. */
const HIDDEN_KEYS = ['activations', 'activation'];
const OUTPUT_KEYS = ['output_activation', 'out_activation_'];

/** More blanks before the first bracket are no JSON that anybody writes. */
const PROBE_BYTES = 1000;

/** Whether a text begins as a JSON object or list does. Numbers in binary may begin with its bytes, but soon have others. */
export function isJson(bytes: Uint8Array): boolean {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const probe = bytes.subarray(start, start + PROBE_BYTES);
  const first = probe.find((byte) => byte > 0x20);
  return (first === 0x7b || first === 0x5b) && !probe.some(isControl);
}

/** A byte that no text has: none but tabs and ends of lines. */
function isControl(byte: number): boolean {
  return byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d);
}

/**
 * A network from JSON, float64, in one of the forms
 * - {layers: [{weight, bias, activation}, …]}, weight [outputs][inputs]: what Reluscope writes; or that list alone;
 * - {weights: [W, …], biases: [b, …], activations}, biases also as columns, in either orientation;
 * - {"fc1.weight": W, "fc1.bias": b, …} or {W1, b1, …}: arrays under the names that npz and safetensors files have;
 * - {fc1: {weight: W, bias: b}, …}: the same in objects.
 * Each may be the only member of an object.
 *
 * @throws ModelFileError; InvalidInputError if the options do not fit.
 */
export function readJson(bytes: Uint8Array, options: ReadOptions = {}): ModelFile {
  const content = parseJson(bytes, 'the file');
  const members = unwrapped(membersOf(content) ?? new Map([['layers', content]]));
  const kerasKey = KERAS_KEYS.find((key) => members.has(key));
  if (kerasKey !== undefined) {
    throw new ModelFileError(
      `this is the JSON of Keras or TensorFlow.js (it has ${kerasKey}), which describes layers without their weights; in Python, save these:\n${kerasProgram('"model.keras"', 'model').join('\n')}`,
    );
  }
  const layers = members.get('layers');
  const list = Array.isArray(layers) ? layers.map(membersOf) : [];
  return list.length > 0 && list.every((layer) => layer !== null)
    ? readLayerList(list, options)
    : readArrays(members, options);
}

/** What an object has whose only member is an object. */
function unwrapped(members: Members): Members {
  const [only] = members.size === 1 ? members.values() : [];
  const inner = membersOf(only);
  return inner === null ? members : unwrapped(inner);
}

function readLayerList(list: readonly Members[], options: ReadOptions): ModelFile {
  const memory = new Memory();
  const notes: string[] = [];
  const tensors = list.flatMap((layer, i) =>
    [...layer]
      .filter(([key, value]) => readTensorName(key).role !== null && value !== null)
      .map(([key, value]) => arrayTensor(`layers[${i}].${key}`, value, memory)),
  );
  const isOurs = list.every((layer) => layer.has('weight'));
  const transposed = options.transposed ?? (isOurs ? false : undefined);
  const layers = denseLayers(tensors, transposed, notes);
  if (layers.length !== list.length) {
    throw new ModelFileError(`${list.length} layers, but ${layers.length} of them have weights`);
  }
  const isNamed = list.some((layer) => layer.has('activation'));
  const following = layers.map(({ outputs }, i) =>
    readFollowing(list[i]!.get('activation'), `layers[${i}].activation`, outputs),
  );
  return assemble(layers, isNamed ? following : null, options, notes);
}

function readArrays(given: Members, options: ReadOptions): ModelFile {
  const memory = new Memory();
  const notes: string[] = [];
  const tensors: Tensor[] = [];
  const leftOut: string[] = [];
  const roleOf = (key: string) => readTensorName(key).role;
  const members = [...given].some(([key, value]) => roleOf(key) === 'weight' && depthOf(value) > 0)
    ? given
    : flattened(given);
  const isListed = [...members].some(
    ([key, value]) => roleOf(key) === 'weight' && depthOf(value) > 2,
  );
  for (const [key, value] of members) {
    const isArray = roleOf(key) !== null && typeof value === 'object' && value !== null;
    if (isArray && isListed && Array.isArray(value)) {
      value.forEach((part, i) => {
        tensors.push(arrayTensor(`${key}[${i}]`, part, memory));
      });
    } else if (isArray) tensors.push(arrayTensor(key, value, memory));
    else if (![...HIDDEN_KEYS, ...OUTPUT_KEYS].includes(key)) leftOut.push(printName(key));
  }
  if (tensors.length === 0) {
    throw new ModelFileError(
      'no weights; expected {layers: [{weight, bias, activation}, …]}, {weights, biases}, or arrays under names such as W1 and b1',
    );
  }
  if (leftOut.length > 0) notes.push(`Members left out: ${leftOut.slice(0, 20).join(', ')}.`);
  const layers = denseLayers(tensors, options.transposed, notes);
  return assemble(layers, followingOf(members, layers), options, notes);
}

/** Members of objects in objects under their names together, e.g. fc1.weight. */
function flattened(members: Members, path = '', into = new Map<string, unknown>()): Members {
  for (const [key, value] of members) {
    const name = path + key;
    const inner = membersOf(value);
    if (inner !== null) {
      flattened(inner, `${name}.`, into);
      continue;
    }
    if (path !== '' && HIDDEN_KEYS.includes(key)) {
      throw new ModelFileError(
        `${printName(name)} is not read there; expected {layers: [{weight, bias, activation}, …]}`,
      );
    }
    if (into.has(name)) throw new ModelFileError(`${printName(name)} comes twice`);
    into.set(name, value);
  }
  return into;
}

/** Levels of lists, counted along first elements. */
function depthOf(value: unknown): number {
  return Array.isArray(value) ? 1 + depthOf(value[0]) : 0;
}

function followingOf(members: Members, layers: readonly DenseLayer[]): Following[] | null {
  const find = (keys: readonly string[]) => keys.find((key) => members.has(key));
  const hiddenKey = find(HIDDEN_KEYS);
  if (hiddenKey === undefined) return null;
  const hidden = members.get(hiddenKey);
  const last = layers.length - 1;
  const outputKey = find(OUTPUT_KEYS);
  const output = outputKey === undefined ? 'identity' : members.get(outputKey);
  if (Array.isArray(hidden) && hidden.length !== last && hidden.length !== layers.length) {
    throw new ModelFileError(
      `${hiddenKey} names ${hidden.length}, expected ${last} or ${layers.length}`,
    );
  }
  return layers.map(({ outputs }, i) => {
    const listed: unknown = Array.isArray(hidden) ? hidden[i] : hidden;
    const isListed = i < last || (Array.isArray(hidden) && hidden.length > last);
    return readFollowing(
      isListed ? listed : output,
      isListed ? hiddenKey : `${outputKey}`,
      outputs,
    );
  });
}

/** A single number, or a vector or matrix of nested lists. */
function arrayTensor(name: string, input: unknown, memory: Memory): Tensor {
  const shown = printName(name);
  const list: readonly unknown[] = Array.isArray(input) ? input : [input];
  const columns = Array.isArray(list[0]) ? list[0].length : null;
  const count = list.length * (columns ?? 1);
  memory.take(count * Float64Array.BYTES_PER_ELEMENT, shown);
  const values = new Float64Array(count);
  if (columns === null) {
    fill(values, list, shown);
    return { name, shape: Array.isArray(input) ? [list.length] : [], values };
  }
  list.forEach((row, i) => {
    if (!Array.isArray(row) || row.length !== columns) {
      throw new ModelFileError(
        `${shown}[${i}] is no list of ${columns} numbers, as the first row is`,
      );
    }
    fill(values.subarray(i * columns, (i + 1) * columns), row, `${shown}[${i}]`);
  });
  return { name, shape: [list.length, columns], values };
}

function fill(values: Float64Array, list: readonly unknown[], shown: string): void {
  list.forEach((value, i) => {
    if (typeof value !== 'number') throw new ModelFileError(`${shown}: element ${i} is no number`);
    values[i] = value;
  });
}
