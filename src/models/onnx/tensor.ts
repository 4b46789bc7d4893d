import { MODEL_BYTES_MAX, ModelFileError } from '../modelFile.ts';
import {
  bfloatToNumber,
  halfToNumber,
  NUMBER_TYPES,
  type NumberTypeName,
  readNumbers,
} from '../numberTypes.ts';
import { printName } from '../tensors.ts';
import { MessageReader } from './wire.ts';

/** A tensor of the file, whose numbers are not decoded yet. */
export interface StoredTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dataType: number;
  /** The whole message, for its typed fields. */
  readonly message: Uint8Array;
  readonly raw: Uint8Array | null;
  /** Entries of `external_data` if the numbers are in another file. */
  readonly external: ReadonlyMap<string, string> | null;
}

/** A constant: numbers that do not depend on the network's input, row-major. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float64Array;
  readonly isInteger: boolean;
}

interface DataType {
  /** For people. */
  readonly name: string;
  /** As it is in raw_data, which is little-endian. */
  readonly type: NumberTypeName;
  /** The typed field that may hold the numbers instead. */
  readonly field: 4 | 5 | 7 | 10 | 11;
  /** The number of an entry of the typed field, where it has the bits of a 16-bit float. */
  readonly fromBits?: (bits: number) => number;
  readonly isInteger: boolean;
}

/** TensorProto.DataType of onnx.proto: those that hold real numbers. */
const DATA_TYPES: { readonly [code: number]: DataType } = {
  1: { name: 'float32', type: 'f4', field: 4, isInteger: false },
  2: { name: 'uint8', type: 'u1', field: 5, isInteger: true },
  3: { name: 'int8', type: 'i1', field: 5, isInteger: true },
  4: { name: 'uint16', type: 'u2', field: 5, isInteger: true },
  5: { name: 'int16', type: 'i2', field: 5, isInteger: true },
  6: { name: 'int32', type: 'i4', field: 5, isInteger: true },
  7: { name: 'int64', type: 'i8', field: 7, isInteger: true },
  9: { name: 'bool', type: 'b1', field: 5, isInteger: true },
  10: { name: 'float16', type: 'f2', field: 5, fromBits: halfToNumber, isInteger: false },
  11: { name: 'float64', type: 'f8', field: 10, isInteger: false },
  12: { name: 'uint32', type: 'u4', field: 11, isInteger: true },
  13: { name: 'uint64', type: 'u8', field: 11, isInteger: true },
  16: { name: 'bfloat16', type: 'bf16', field: 5, fromBits: bfloatToNumber, isInteger: false },
};

/** The type of a code for people, e.g. "float32". */
export function dataTypeOf(code: number): { readonly name: string; readonly isInteger: boolean } {
  return DATA_TYPES[code] ?? { name: `data type ${code}`, isInteger: true };
}

const DIMENSIONS_MAX = 16;
/** Entries of external data; ONNX has five. */
const ENTRIES_MAX = 16;

/** Reads everything of a TensorProto but its numbers. */
export function readTensorHeader(message: Uint8Array): StoredTensor {
  const fields = new MessageReader(message, 'a tensor');
  const shape: number[] = [];
  const entries = new Map<string, string>();
  let name = '';
  let [dataType, location] = [0, 0];
  let raw: Uint8Array | null = null;
  for (let field = fields.next(); field !== 0; field = fields.next()) {
    if (field === 1) fields.integers(shape);
    else if (field === 2) dataType = fields.integer();
    else if (field === 8) name = fields.text();
    else if (field === 9) raw = fields.bytes();
    else if (field === 13 && entries.size < ENTRIES_MAX) entries.set(...readEntry(fields.bytes()));
    else if (field === 14) location = fields.integer();
  }
  return { name, shape, dataType, message, raw, external: location === 1 ? entries : null };
}

function readEntry(message: Uint8Array): [key: string, value: string] {
  const fields = new MessageReader(message, 'an entry of external data');
  let [key, value] = ['', ''];
  for (let field = fields.next(); field !== 0; field = fields.next()) {
    if (field === 1) key = fields.text();
    else if (field === 2) value = fields.text();
  }
  return [key, value];
}

/** Numbers in a tensor of this shape. */
export function sizeOf(shape: readonly number[]): number {
  const size = shape.reduce((product, length) => product * length, 1);
  const isValid = shape.every((length) => Number.isSafeInteger(length) && length >= 1);
  if (!isValid || shape.length > DIMENSIONS_MAX || !(size <= MODEL_BYTES_MAX / 8)) {
    const limit = `up to ${DIMENSIONS_MAX} sizes of 1 or more, ${MODEL_BYTES_MAX / 8} numbers in all, can be read`;
    throw new ModelFileError(`A tensor has the shape ${shapeText(shape)}; ${limit}.`);
  }
  return size;
}

/** E.g. "[1, 28, 28]"; of many sizes, the first ones. */
export function shapeText(shape: readonly (number | string)[]): string {
  const shown = shape.slice(0, DIMENSIONS_MAX);
  return `[${shown.join(', ')}${shown.length < shape.length ? ', …' : ''}]`;
}

/**
 * The numbers of a stored tensor.
 *
 * @param externalFiles other files' bytes by their names, for external data.
 * @throws ModelFileError that names the tensor.
 */
export function decodeTensor(
  stored: StoredTensor,
  externalFiles: ReadonlyMap<string, Uint8Array>,
): Tensor {
  const label = `Tensor "${printName(stored.name)}"`;
  const type = DATA_TYPES[stored.dataType];
  if (!type) {
    const names = Object.values(DATA_TYPES).map(({ name }) => name);
    const readable = `can be read: ${names.join(', ')}`;
    throw new ModelFileError(`${label} has ${dataTypeOf(stored.dataType).name}; ${readable}.`);
  }
  const size = sizeOf(stored.shape);
  const bytes = stored.external
    ? externalBytes(stored.external, size * NUMBER_TYPES[type.type].bytes, externalFiles, label)
    : stored.raw;
  const data = bytes ? fromRaw(bytes, type, size, label) : fromFields(stored, type, size, label);
  // A bound of a clip may be infinite; what else takes a single number checks it.
  const isBound = size === 1 && !Number.isNaN(data[0]);
  if (!isBound && !data.every(Number.isFinite)) {
    throw new ModelFileError(`${label} has infinite numbers or NaN; finite ones can be read.`);
  }
  return { shape: stored.shape, data, isInteger: type.isInteger };
}

function fromRaw(
  bytes: Uint8Array,
  { name, type }: DataType,
  size: number,
  label: string,
): Float64Array {
  const length = size * NUMBER_TYPES[type].bytes;
  if (bytes.length !== length) {
    const expected = `${size} numbers of ${name} take ${length}`;
    throw new ModelFileError(`${label} has ${bytes.length} bytes, but ${expected}.`);
  }
  return Float64Array.from(readNumbers(type, bytes, true));
}

function fromFields(
  { message }: StoredTensor,
  { field: own, fromBits }: DataType,
  size: number,
  label: string,
): Float64Array {
  // An entry takes a byte at least.
  if (size > message.length) {
    throw new ModelFileError(`${label} has too few bytes for its ${size} numbers.`);
  }
  const data = new Float64Array(size);
  const fields = new MessageReader(message, 'a tensor');
  let count = 0;
  for (let field = fields.next(); field !== 0; field = fields.next()) {
    if (field !== own) continue;
    fields.numbers(own === 4 ? 'float' : own === 10 ? 'double' : 'integer', (entry) => {
      if (count < size) data[count] = fromBits ? fromBits(entry) : entry;
      count += 1;
    });
  }
  if (count !== size) {
    throw new ModelFileError(`${label} has ${count} numbers, but its shape has ${size}.`);
  }
  return data;
}

function externalBytes(
  entries: ReadonlyMap<string, string>,
  length: number,
  files: ReadonlyMap<string, Uint8Array>,
  label: string,
): Uint8Array {
  const location = entries.get('location') ?? '';
  // Only the name counts: a path in a file says nothing about this machine.
  const name = location.split(/[\\/]/).at(-1)!;
  const file = files.get(name);
  if (!file) {
    throw new ModelFileError(
      `${label} is in another file, "${printName(name)}": open it together with the model.`,
    );
  }
  const offset = wholeNumber(entries.get('offset') ?? '0');
  const stated = wholeNumber(entries.get('length') ?? String(length));
  if (!(stated === length && offset + length <= file.length)) {
    const wanted = `${length} bytes from byte ${offset}`;
    throw new ModelFileError(
      `${label} is ${wanted} of "${printName(name)}", which has ${file.length}; the file states a length of ${stated}.`,
    );
  }
  return file.subarray(offset, offset + length);
}

/** NaN unless the text is one. */
function wholeNumber(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : NaN;
}
