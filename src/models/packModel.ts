import { strFromU8, strToU8 } from 'fflate';
import { InvalidInputError } from '../input/invalidInput.ts';
import {
  readArray,
  readInteger,
  readNumber,
  readObject,
  readOneOf,
  rejectUnknownKeys,
} from '../input/plainJson.ts';
import { type Activation, validateActivation } from '../model/activations.ts';
import {
  MODEL_ENDINGS,
  type Model,
  type ModelFacts,
  type ModelInput,
  type ModelUnit,
} from '../model/models.ts';
import { MAX_HIDDEN_LAYERS, MAX_INPUTS, MAX_WIDTH, type NetworkLayer } from '../model/networks.ts';
import { checkShapes, createModel, NOTE_LENGTH_MAX, NOTES_MAX } from './createModel.ts';
import { type Numbers, readNumbers } from './numberTypes.ts';

/**
 * The form in which links and the browser's storage hold a model: the length of the header (uint32), the header (JSON, UTF-8), and then
 * each layer's weight and bias as float32 where that holds all numbers of the network, else as float64; all little-endian.
 */

const VERSION = 1;
const LENGTH_BYTES = 4;
const HEADER_BYTES_MAX = 2 ** 22;
const BYTES = { f4: 4, f8: 8 } as const;

const HEADER_KEYS = ['version', 'numbers', 'layers', 'facts'] as const;
const FACT_KEYS = ['name', 'inputs', 'outputNames', 'outputUnit', 'ending', 'notes'] as const;
const INPUT_KEYS = ['name', 'range', 'unit'] as const;

const NO_FACTS: ModelInput = { name: null, range: null, unit: null };

/** The packed form of a model. */
export function packModel({ network, facts }: Model): Uint8Array {
  const arrays = network.layers.flatMap(({ weight, bias }) => [weight, bias]);
  const isSingle = arrays.every((values) => values.every((value) => Math.fround(value) === value));
  const numbers = isSingle ? 'f4' : 'f8';
  const hasFacts = facts.inputs.some((input) => Object.values(input).some((fact) => fact !== null));
  const header = strToU8(
    JSON.stringify({
      version: VERSION,
      numbers,
      layers: network.layers.map(({ inputs, outputs, activation }) => [
        inputs,
        outputs,
        activation,
      ]),
      facts: { ...facts, inputs: hasFacts ? facts.inputs : null },
    }),
  );
  const count = arrays.reduce((sum, values) => sum + values.length, 0);
  const start = LENGTH_BYTES + header.length;
  const bytes = new Uint8Array(start + count * BYTES[numbers]);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, header.length, true);
  bytes.set(header, LENGTH_BYTES);
  let at = start;
  for (const values of arrays) {
    for (const value of values) {
      if (isSingle) view.setFloat32(at, value + 0, true);
      else view.setFloat64(at, value + 0, true);
      at += BYTES[numbers];
    }
  }
  return bytes;
}

/**
 * @param bytes hostile until they are checked: nothing is allocated that they do not fill.
 * @param path their name in messages
 * @throws InvalidInputError
 */
export function unpackModel(bytes: Uint8Array, path = 'model'): Model {
  const { header, rest } = splitHeader(bytes, path);
  rejectUnknownKeys(header, HEADER_KEYS, path, 'the header');
  readOneOf(header.version, `${path}.version`, [VERSION]);
  const numbers = readOneOf(header.numbers as keyof typeof BYTES, `${path}.numbers`, [
    'f4',
    'f8',
  ] as const);
  const shapes = readShapes(header.layers, `${path}.layers`);
  const count = shapes.reduce((sum, { inputs, outputs }) => sum + (inputs + 1) * outputs, 0);
  if (rest.length !== count * BYTES[numbers]) {
    const expected = `${count * BYTES[numbers]} bytes of weights`;
    throw new InvalidInputError(path, `${rest.length} bytes of weights`, expected);
  }
  let at = 0;
  const take = (length: number): Numbers => {
    const part = rest.subarray(at, at + length * BYTES[numbers]);
    at += part.length;
    return readNumbers(numbers, part, true);
  };
  const layers = shapes.map(
    (shape): NetworkLayer => ({
      ...shape,
      weight: take(shape.inputs * shape.outputs),
      bias: take(shape.outputs),
    }),
  );
  const outputs = shapes.at(-1)!.outputs;
  const facts = readFacts(header.facts, `${path}.facts`, shapes[0]!.inputs, outputs);
  return createModel({ layers }, facts);
}

function splitHeader(bytes: Uint8Array, path: string) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length < LENGTH_BYTES ? -1 : view.getUint32(0, true);
  const end = LENGTH_BYTES + length;
  if (length < 0 || length > HEADER_BYTES_MAX || end > bytes.length) {
    throw new InvalidInputError(path, `${bytes.length} bytes`, 'a header and weights');
  }
  let content: unknown;
  try {
    content = JSON.parse(strFromU8(bytes.subarray(LENGTH_BYTES, end)));
  } catch {
    throw new InvalidInputError(path, 'a damaged header', 'JSON');
  }
  return { header: readObject(content, path), rest: bytes.subarray(end) };
}

function readShapes(
  input: unknown,
  path: string,
): { inputs: number; outputs: number; activation: Activation }[] {
  const most = MAX_HIDDEN_LAYERS + 1;
  const list = readArray(input, path, [1, most], `1 to ${most} layers`);
  const shapes = list.map((layer, i) => {
    const own = `${path}[${i}]`;
    const [inputs, outputs, activation] = readArray(layer, own, [3, 3], '[in, out, activation]');
    const height = readInteger(outputs, own, 1, MAX_WIDTH);
    return {
      inputs: readInteger(inputs, own, 1, MAX_INPUTS),
      outputs: height,
      activation: validateActivation(activation, own, height),
    };
  });
  checkShapes(
    shapes.map(({ inputs, outputs }) => [inputs, outputs]),
    path,
  );
  shapes.forEach(({ inputs, activation }, i) => {
    if (i > 0) readInteger(inputs, `${path}[${i}]`, shapes[i - 1]!.outputs, shapes[i - 1]!.outputs);
    if (i === shapes.length - 1) readOneOf(activation, `${path}[${i}]`, ['identity']);
  });
  return shapes;
}

function readFacts(input: unknown, path: string, inputs: number, outputs: number): ModelFacts {
  const given = readObject(input, path);
  rejectUnknownKeys(given, FACT_KEYS, path, 'the facts of a model');
  const notes = readArray(given.notes, `${path}.notes`, [0, NOTES_MAX], 'sentences');
  return {
    name: readText(given.name, `${path}.name`),
    inputs:
      given.inputs === null
        ? Array.from({ length: inputs }, () => NO_FACTS)
        : readArray(given.inputs, `${path}.inputs`, [inputs, inputs], 'one for each input').map(
            (own, i) => readInput(own, `${path}.inputs[${i}]`),
          ),
    outputNames: orNull(given.outputNames, (names) =>
      readArray(names, `${path}.outputNames`, [outputs, outputs], 'one for each output').map(
        (name, i) => readText(name, `${path}.outputNames[${i}]`),
      ),
    ),
    outputUnit: orNull(given.outputUnit, (unit) => readUnit(unit, `${path}.outputUnit`)),
    ending: orNull(given.ending, (ending) =>
      readOneOf(ending as (typeof MODEL_ENDINGS)[number], `${path}.ending`, MODEL_ENDINGS),
    ),
    notes: notes.map((note, i) => readText(note, `${path}.notes[${i}]`)),
  };
}

function readInput(input: unknown, path: string): ModelInput {
  const given = readObject(input, path);
  rejectUnknownKeys(given, INPUT_KEYS, path, 'an input');
  return {
    name: orNull(given.name, (name) => readText(name, `${path}.name`)),
    range: orNull(given.range, (range) => {
      const [least, greatest] = readArray(range, `${path}.range`, [2, 2], '[least, greatest]');
      const first = readFinite(least, `${path}.range[0]`);
      return [first, readNumber(greatest, `${path}.range[1]`, first, Number.MAX_VALUE)] as const;
    }),
    unit: orNull(given.unit, (unit) => readUnit(unit, `${path}.unit`)),
  };
}

function readUnit(input: unknown, path: string): ModelUnit {
  const { mean, scale } = readObject(input, path, '{mean, scale}');
  return {
    mean: readFinite(mean, `${path}.mean`),
    scale: readNumber(scale, `${path}.scale`, Number.MIN_VALUE, Number.MAX_VALUE),
  };
}

function readFinite(input: unknown, path: string): number {
  return readNumber(input, path, -Number.MAX_VALUE, Number.MAX_VALUE);
}

function readText(input: unknown, path: string): string {
  if (typeof input === 'string' && input.length <= NOTE_LENGTH_MAX) return input;
  throw new InvalidInputError(path, input, `a text of at most ${NOTE_LENGTH_MAX} characters`);
}

function orNull<T>(input: unknown, read: (input: unknown) => T): T | null {
  return input === null ? null : read(input);
}
