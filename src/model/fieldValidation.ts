import { InvalidInputError } from '../input/invalidInput.ts';
import {
  deepFreeze,
  type PlainObject,
  readArray,
  readFloat32,
  readInteger,
  readNumber,
  readObject,
  readOneOf,
  readSeed,
  rejectUnknownKeys,
} from '../input/plainJson.ts';
import { FLOAT32_MAX } from '../numeric/float32.ts';
import { type Activation, isPiecewiseLinear, validateActivation } from './activations.ts';
import {
  activationsOf,
  hasRegions,
  isAffine,
  isSmooth,
  shapeOf,
  widthsOf,
} from './drawnNetwork.ts';
import type { Field, Quantity } from './field.ts';
import { modelOf } from './models.ts';
import {
  type DrawnSource,
  type ExplicitLayer,
  type ExplicitSource,
  MAX_EXPLICIT_PARAMETERS,
  MAX_HIDDEN_LAYERS,
  MAX_INPUTS,
  MAX_OUTPUTS,
  MAX_WIDTH,
  type ModelSource,
  type NetworkSource,
} from './networks.ts';
import { PRESETS } from './presets.ts';
import { QUANTITIES } from './quantities.ts';
import { DEFAULT_READOUTS, validateReadout } from './readouts.ts';
import { readShorthand } from './shorthand.ts';
import { validateSlice } from './slice.ts';
import { requireFewWeights } from './weightLimits.ts';

const NETWORK_KINDS: readonly NetworkSource['kind'][] = ['identity', 'drawn', 'explicit', 'model'];

/** What a drawn network leaves out. Frozen. */
export const DEFAULT_DRAWN: DrawnSource = deepFreeze({
  kind: 'drawn',
  widths: PRESETS.shallow,
  activation: 'relu',
  seed: 0,
  outputBias: null,
});

/** The network 2-20-1 as `torch.manual_seed(0)` draws it. Frozen. */
export const DEFAULT_FIELD: Field = deepFreeze({
  network: DEFAULT_DRAWN,
  slice: null,
  readout: DEFAULT_READOUTS.output,
});

const KEYS: readonly (keyof Field)[] = ['network', 'slice', 'readout'];

/**
 * Turns unchecked JSON into a field: {network, slice, readout}, or a shorthand {kind, …} (shorthand.ts). Missing parts get
 * their defaults. If no slice is given and the network has not two inputs, the first two vary and the others are 0.
 *
 * @param path the input's name in messages.
 * @returns a field that shares nothing with the input.
 * @throws InvalidInputError that names the wrong part, what was received and what is expected.
 */
export function validateField(input: unknown, path = 'field'): Field {
  const given = readObject(input, path, 'an object {network, slice, readout} or {kind, …}');
  if ('kind' in given) return readShorthand(given, path);
  rejectUnknownKeys(given, KEYS, path, 'a field');
  const network = validateNetwork(given.network ?? DEFAULT_DRAWN, `${path}.network`);
  const { inputs, hidden, outputs } = shapeOf(network);
  return {
    network,
    slice: validateSlice(given.slice, `${path}.slice`, inputs),
    readout: validateReadout(
      given.readout ?? DEFAULT_READOUTS.output,
      `${path}.readout`,
      hidden,
      outputs,
    ),
  };
}

/** Networks that were validated before; they are frozen, so they are valid still. */
const valid = new WeakSet<object>([DEFAULT_DRAWN]);

/** Whether an input is a network that comes from `validateNetwork`: it is whole, and a model keeps its weights by it. */
export function isValidated(input: unknown): input is NetworkSource {
  return valid.has(input as object);
}

/**
 * @returns a frozen network; the input itself if it comes from here, so that nothing is read or drawn again for it.
 * @throws InvalidInputError
 */
export function validateNetwork(input: unknown, path: string): NetworkSource {
  // Before it is read, which copies it.
  if (isValidated(input)) return input;
  const given = readObject(input, path, 'an object {kind, …}');
  const network = deepFreeze(readNetwork(given, path));
  valid.add(network);
  return network;
}

function readNetwork(given: PlainObject, path: string): NetworkSource {
  const kind = readOneOf(given.kind as NetworkSource['kind'], `${path}.kind`, NETWORK_KINDS);
  switch (kind) {
    case 'identity':
      rejectUnknownKeys(given, ['kind'], path, 'the identity');
      return { kind };
    case 'drawn':
      return validateDrawn(given, path);
    case 'explicit':
      return validateExplicit(given, path);
    case 'model':
      return validateModel(given, path);
  }
}

/** The field, if its network has hidden layers. @throws InvalidInputError */
function requireNetwork(field: Field): Field {
  if (!isAffine(field.network)) return field;
  throw new InvalidInputError(
    'field.network',
    widthsOf(field.network),
    'a network with hidden layers',
  );
}

/** The field, if its network has hinges and is affine between them. @throws InvalidInputError */
export function requireHinges(field: Field): Field {
  return requireRegions(requireNetwork(field));
}

/** The field, if the exact regions of its network can be counted. @throws InvalidInputError */
export function requireRegions(field: Field): Field {
  if (hasRegions(field.network)) return field;
  if (isAffine(field.network)) {
    const expected = 'a network with hidden layers or with several outputs';
    throw new InvalidInputError('field.network', widthsOf(field.network), expected);
  }
  const activation = activationsOf(field.network).find((one) => !isPiecewiseLinear(one));
  const expected = 'piecewise linear activations: a smooth network has no linear regions';
  throw new InvalidInputError('field.network.activation', activation, expected);
}

/** @throws InvalidInputError if a field has no such quantity: a smooth network has no regions. */
export function requireQuantity({ network }: Field, quantity: Quantity, path = 'quantity'): void {
  if (quantity !== 'region' || !isSmooth(network)) return;
  const expected = 'another quantity: a network with a smooth activation has no linear regions';
  throw new InvalidInputError(path, quantity, expected);
}

/** @throws InvalidInputError if the input is not one of QUANTITIES. */
export function validateQuantity(input: unknown, path = 'quantity'): Quantity {
  return readOneOf(input, path, QUANTITIES);
}

function validateDrawn(given: PlainObject, path: string): DrawnSource {
  rejectUnknownKeys(given, Object.keys(DEFAULT_DRAWN), path, 'a drawn network');
  const { activation, seed, outputBias, ...all }: PlainObject = { ...DEFAULT_DRAWN, ...given };
  const widths = readWidths(all.widths, `${path}.widths`);
  return {
    kind: 'drawn',
    widths,
    activation: readActivations(activation, `${path}.activation`, widths.slice(1, -1)),
    seed: readSeed(seed, `${path}.seed`),
    outputBias: outputBias === null ? null : readFloat32(outputBias, `${path}.outputBias`),
  };
}

function readWidths(input: unknown, path: string): readonly number[] {
  const expected = `[inputs, …hidden, outputs] with at most ${MAX_HIDDEN_LAYERS} hidden layers`;
  const sizes = readArray(input, path, [2, MAX_HIDDEN_LAYERS + 2], expected);
  const widths = sizes.map((size, i) => {
    const max = i === 0 ? MAX_INPUTS : i === sizes.length - 1 ? MAX_OUTPUTS : MAX_WIDTH;
    return readInteger(size, `${path}[${i}]`, 1, max);
  });
  requireFewWeights(widths, path);
  return widths;
}

/** One activation if all hidden layers have the same. */
function readActivations(
  input: unknown,
  path: string,
  hidden: readonly number[],
): DrawnSource['activation'] {
  if (!Array.isArray(input)) {
    // A parameter for each neuron fits several layers only if these are equally wide.
    const width = hidden.every((size) => size === hidden[0]) ? (hidden[0] ?? 1) : 1;
    return validateActivation(input, path, width);
  }
  const expected = `one activation, or ${hidden.length}: one for each hidden layer`;
  const list = readArray(input, path, [hidden.length, hidden.length], expected);
  const read = list.map((one, i) => validateActivation(one, `${path}[${i}]`, hidden[i]!));
  const texts = new Set(read.map((one) => JSON.stringify(one)));
  return texts.size === 1 ? read[0]! : read.length === 0 ? 'relu' : read;
}

/** @returns a source that keeps its model, even if that is removed later */
function validateModel(given: PlainObject, path: string): ModelSource {
  rejectUnknownKeys(given, ['kind', 'id'], path, 'a network from a file');
  const source: ModelSource = { kind: 'model', id: given.id as string };
  modelOf(source, `${path}.id`);
  return source;
}

function validateExplicit(given: PlainObject, path: string): ExplicitSource {
  rejectUnknownKeys(given, ['kind', 'layers'], path, 'an explicit network');
  const expected = `1 to ${MAX_HIDDEN_LAYERS + 1} layers {weight, bias, activation}`;
  const layers = readArray(given.layers, `${path}.layers`, [1, MAX_HIDDEN_LAYERS + 1], expected);
  checkSize(layers, `${path}.layers`);
  let inputs: number | null = null;
  return {
    kind: 'explicit',
    layers: layers.map((layer, i) => {
      const isLast = i === layers.length - 1;
      const read = readLayer(layer, `${path}.layers[${i}]`, inputs, isLast);
      inputs = read.bias.length;
      return read;
    }),
  };
}

/** Refuses a network that is too large before it is read. */
function checkSize(layers: readonly unknown[], path: string): void {
  let count = 0;
  for (const layer of layers) {
    const weight = (layer as { readonly weight?: unknown } | null)?.weight;
    if (!Array.isArray(weight)) continue;
    for (const row of weight) count += Array.isArray(row) ? row.length + 1 : 0;
  }
  if (count > MAX_EXPLICIT_PARAMETERS) {
    const expected = `at most ${MAX_EXPLICIT_PARAMETERS} weights and biases in JSON`;
    throw new InvalidInputError(path, `${count} weights and biases`, expected);
  }
}

/** @param inputs outputs of the layer before; null for the first layer */
function readLayer(
  input: unknown,
  path: string,
  inputs: number | null,
  isLast: boolean,
): ExplicitLayer {
  const given = readObject(input, path, 'an object {weight, bias, activation}');
  rejectUnknownKeys(given, ['weight', 'bias', 'activation'], path, 'a layer');
  const most = isLast ? MAX_OUTPUTS : MAX_WIDTH;
  const rows = readArray(given.weight, `${path}.weight`, [1, most], `1 to ${most} rows of numbers`);
  const first = rows[0];
  const columns = inputs ?? (Array.isArray(first) ? first.length : 0);
  const width: readonly [number, number] = inputs === null ? [1, MAX_INPUTS] : [inputs, inputs];
  const weight = rows.map((row, i) => {
    const rowPath = `${path}.weight[${i}]`;
    const length = i === 0 ? width : ([columns, columns] as const);
    const count = length[0] === length[1] ? `${length[0]}` : `1 to ${MAX_INPUTS}`;
    return readArray(row, rowPath, length, `${count} numbers, one for each input`).map((w, j) =>
      readParameter(w, `${rowPath}[${j}]`),
    );
  });
  const oneEach = `${weight.length} numbers, one for each row of the weight`;
  const bias = 'bias' in given ? given.bias : weight.map(() => 0);
  const activation: unknown = given.activation ?? (isLast ? 'identity' : 'relu');
  const read: Activation = validateActivation(activation, `${path}.activation`, weight.length);
  if (isLast && read !== 'identity') {
    throw new InvalidInputError(`${path}.activation`, activation, "'identity' in the last layer");
  }
  return {
    weight,
    bias: readArray(bias, `${path}.bias`, [weight.length, weight.length], oneEach).map((b, i) =>
      readParameter(b, `${path}.bias[${i}]`),
    ),
    activation: read,
  };
}

/** The network itself, frozen and from now on valid: validated layers, put together anew. */
export function vouchFor<N extends NetworkSource>(network: N): N {
  valid.add(deepFreeze(network));
  return network;
}

/** A weight or a bias. @throws InvalidInputError */
export function readParameter(input: unknown, path: string): number {
  return readNumber(input, path, -FLOAT32_MAX, FLOAT32_MAX);
}
