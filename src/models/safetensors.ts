import { strToU8 } from 'fflate';
import { ACTIVATIONS_KEY, INPUTS_KEY, OUTPUTS_KEY } from '../formats/safetensors.ts';
import { type Following, readFollowing } from './activationNames.ts';
import { assemble, type ReadOptions } from './assemble.ts';
import { type DenseLayer, denseLayers } from './denseLayers.ts';
import { membersOf, parseJson } from './jsonText.ts';
import { Memory } from './memory.ts';
import { type ModelFile, ModelFileError, type ModelInput } from './modelFile.ts';
import { bytesInMemory, NUMBER_TYPES, type NumberTypeName, readNumbers } from './numberTypes.ts';
import { countOf, printName, type Tensor } from './tensors.ts';

/** Bytes of the header's length. */
const LENGTH_BYTES = 8;
/** The limit that the format's own library has. */
const HEADER_BYTES_MAX = 1e8;
const OPENING_BRACE = 0x7b;
const METADATA = '__metadata__';
const TYPES: ReadonlyMap<unknown, NumberTypeName> = new Map<unknown, NumberTypeName>([
  ['F16', 'f2'],
  ['BF16', 'bf16'],
  ['F32', 'f4'],
  ['F64', 'f8'],
  ['BOOL', 'b1'],
  ['I8', 'i1'],
  ['U8', 'u1'],
  ['I16', 'i2'],
  ['U16', 'u2'],
  ['I32', 'i4'],
  ['U32', 'u4'],
  ['I64', 'i8'],
  ['U64', 'u8'],
]);

/** A tensor of the header whose place in the file has been checked. */
interface Entry {
  readonly name: string;
  readonly type: NumberTypeName;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/** Whether bytes begin as safetensors do, although the file may be cut off. */
export function isSafetensors(bytes: Uint8Array): boolean {
  if (bytes.length <= LENGTH_BYTES || bytes[LENGTH_BYTES] !== OPENING_BRACE) return false;
  return headerLength(bytes) <= HEADER_BYTES_MAX;
}

/**
 * A network from a safetensors file: layers from weights [outputs, inputs] and biases, by their names. The format knows no
 * activations; a file that Reluscope or its Python package wrote names them in its metadata, where inputs and outputs may have names, too.
 *
 * Source: https://github.com/huggingface/safetensors, "Format".
 * @throws ModelFileError; InvalidInputError if the options do not fit.
 */
export function readSafetensors(bytes: Uint8Array, options: ReadOptions = {}): ModelFile {
  const found = isSafetensors(bytes) ? headerLength(bytes) : Number.POSITIVE_INFINITY;
  const left = bytes.length - LENGTH_BYTES;
  if (found > left) {
    throw new ModelFileError(
      `the header of ${found} bytes does not fit into the ${Math.max(0, left)} that follow its length: the file is not complete`,
    );
  }
  const dataStart = LENGTH_BYTES + headerLength(bytes);
  const header = membersOf(parseJson(bytes.subarray(LENGTH_BYTES, dataStart), 'the header'));
  if (header === null) throw new ModelFileError('the header is no JSON object');
  const data = bytes.subarray(dataStart);
  const entries = [...header].filter(([name]) => name !== METADATA).map(readEntry);
  requireGapless(entries, data.length);
  const memory = new Memory();
  for (const { name, type, shape } of entries) {
    memory.take(bytesInMemory(type, countOf(shape, name)), printName(name));
  }
  const tensors = entries.map(
    ({ name, type, shape, begin, end }): Tensor => ({
      name,
      shape,
      values: readNumbers(type, data.subarray(begin, end), true),
    }),
  );
  const notes: string[] = [];
  const layers = denseLayers(tensors, options.transposed, notes);
  const metadata = header.get(METADATA);
  const file = assemble(layers, ownActivations(metadata, layers), options, notes);
  return {
    ...file,
    inputs: ownInputs(metadata, layers[0]!.inputs) ?? file.inputs,
    outputNames: ownOutputs(metadata, layers.at(-1)!.outputs),
  };
}

/** At most 2⁶⁴; exactness beyond 2⁵³ does not matter, since no file is that long. */
function headerLength(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, LENGTH_BYTES);
  return Number(view.getBigUint64(0, true));
}

function readEntry([name, input]: readonly [string, unknown]): Entry {
  const shown = printName(name);
  const members = membersOf(input);
  const [dtype, shape, offsets] = ['dtype', 'shape', 'data_offsets'].map((key) =>
    members?.get(key),
  );
  const type = TYPES.get(dtype);
  if (type === undefined) {
    const received = typeof dtype === 'string' ? printName(dtype) : 'none';
    throw new ModelFileError(
      `${shown} has the type ${received}, expected one of ${[...TYPES.keys()].join(', ')}`,
    );
  }
  if (!Array.isArray(shape)) throw new ModelFileError(`${shown} has no shape`);
  const size = countOf(shape, name) * NUMBER_TYPES[type].bytes;
  const [begin, end]: readonly unknown[] = Array.isArray(offsets) ? offsets : [];
  if (
    !Number.isSafeInteger(begin) ||
    !Number.isSafeInteger(end) ||
    Number(end) - Number(begin) !== size
  ) {
    throw new ModelFileError(
      `${shown}: its data_offsets do not enclose the ${size} bytes of its shape`,
    );
  }
  return { name, type, shape: shape.map(Number), begin: Number(begin), end: Number(end) };
}

/** The format has neither gaps nor overlaps. */
function requireGapless(entries: readonly Entry[], length: number): void {
  let at = 0;
  for (const { name, begin, end } of [...entries].sort(
    (a, b) => a.begin - b.begin || a.end - b.end,
  )) {
    if (begin !== at) {
      throw new ModelFileError(
        `${printName(name)} begins at byte ${begin} of the data, expected ${at}`,
      );
    }
    at = end;
  }
  if (at !== length) {
    throw new ModelFileError(`the data have ${length} bytes, but the tensors in the header ${at}`);
  }
}

function ownActivations(metadata: unknown, layers: readonly DenseLayer[]): Following[] | null {
  const list = ownList(metadata, ACTIVATIONS_KEY, layers.length);
  return (
    list &&
    layers.map(({ outputs }, i) => readFollowing(list[i], `${ACTIVATIONS_KEY}[${i}]`, outputs))
  );
}

function ownInputs(metadata: unknown, count: number): ModelInput[] | null {
  const list = ownList(metadata, INPUTS_KEY, count);
  return list?.map((input, i) => readInput(membersOf(input), `${INPUTS_KEY}[${i}]`)) ?? null;
}

function ownOutputs(metadata: unknown, count: number): string[] | null {
  const list = ownList(metadata, OUTPUTS_KEY, count);
  return list?.map((name, i) => readName(name, `${OUTPUTS_KEY}[${i}]`)) ?? null;
}

/** null if the metadata has none. @throws ModelFileError */
function ownList(metadata: unknown, key: string, count: number): readonly unknown[] | null {
  const text = membersOf(metadata)?.get(key);
  if (typeof text !== 'string') return null;
  const list = parseJson(strToU8(text), key);
  if (!Array.isArray(list) || list.length !== count) {
    throw new ModelFileError(`${key} is no list of ${count}, as the network has them`);
  }
  return list;
}

function readInput(members: ReadonlyMap<string, unknown> | null, path: string): ModelInput {
  const name = members?.get('name') ?? null;
  const range = members?.get('range') ?? null;
  return {
    name: name === null ? null : readName(name, `${path}.name`),
    range: range === null ? null : readRange(range, `${path}.range`),
    unit: null,
  };
}

function readRange(input: unknown, path: string): readonly [number, number] {
  const [least, greatest]: readonly unknown[] = Array.isArray(input) ? input : [];
  if (Number.isFinite(least) && Number.isFinite(greatest) && Number(least) <= Number(greatest)) {
    return [Number(least), Number(greatest)];
  }
  throw new ModelFileError(`${path} is no pair of numbers, the least first`);
}

function readName(input: unknown, path: string): string {
  if (typeof input === 'string') return input;
  throw new ModelFileError(`${path} is no text`);
}
