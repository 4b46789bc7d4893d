import { MODEL_BYTES_MAX, ModelFileError } from '../modelFile.ts';
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
  readonly name: string;
  readonly bytes: number;
  /** From raw_data, which is little-endian. */
  read(view: DataView, offset: number): number;
  /** The typed field that may hold the numbers instead. */
  readonly field: 4 | 5 | 7 | 10 | 11;
  /** The number of an entry of the typed field, which for 16-bit floats has the bits. */
  fromField(entry: number): number;
  readonly isInteger: boolean;
}

const same = (entry: number) => entry;
const integerType = (
  name: string,
  bytes: number,
  field: DataType['field'],
  read: DataType['read'],
): DataType => ({ name, bytes, read, field, fromField: same, isInteger: true });
const floatType = (
  name: string,
  bytes: number,
  field: DataType['field'],
  read: DataType['read'],
  fromField = same,
): DataType => ({ name, bytes, read, field, fromField, isInteger: false });

/** TensorProto.DataType of onnx.proto: those that hold real numbers. */
const DATA_TYPES: { readonly [code: number]: DataType } = {
  1: floatType('float32', 4, 4, (view, at) => view.getFloat32(at, true)),
  2: integerType('uint8', 1, 5, (view, at) => view.getUint8(at)),
  3: integerType('int8', 1, 5, (view, at) => view.getInt8(at)),
  4: integerType('uint16', 2, 5, (view, at) => view.getUint16(at, true)),
  5: integerType('int16', 2, 5, (view, at) => view.getInt16(at, true)),
  6: integerType('int32', 4, 5, (view, at) => view.getInt32(at, true)),
  7: integerType('int64', 8, 7, (view, at) => Number(view.getBigInt64(at, true))),
  9: integerType('bool', 1, 5, (view, at) => view.getUint8(at)),
  10: floatType('float16', 2, 5, (view, at) => fromHalf(view.getUint16(at, true)), fromHalf),
  11: floatType('float64', 8, 10, (view, at) => view.getFloat64(at, true)),
  12: integerType('uint32', 4, 11, (view, at) => view.getUint32(at, true)),
  13: integerType('uint64', 8, 11, (view, at) => Number(view.getBigUint64(at, true))),
  16: floatType('bfloat16', 2, 5, (view, at) => fromBfloat(view.getUint16(at, true)), fromBfloat),
};

/** The type of a code for people, e.g. "float32". */
export function dataTypeOf(code: number): { readonly name: string; readonly isInteger: boolean } {
  return DATA_TYPES[code] ?? { name: `data type ${code}`, isInteger: true };
}

/** @param bits IEEE 754 binary16. */
export function fromHalf(bits: number): number {
  const exponent = (bits >>> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0
    ? sign * fraction * 2 ** -24
    : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** @param bits the upper half of an IEEE 754 binary32. */
export function fromBfloat(bits: number): number {
  return new Float32Array(Uint32Array.of(bits << 16).buffer)[0]!;
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
  const label = `Tensor "${stored.name}"`;
  const type = DATA_TYPES[stored.dataType];
  if (!type) {
    const names = Object.values(DATA_TYPES).map(({ name }) => name);
    const readable = `can be read: ${names.join(', ')}`;
    throw new ModelFileError(`${label} has ${dataTypeOf(stored.dataType).name}; ${readable}.`);
  }
  const size = sizeOf(stored.shape);
  const bytes = stored.external
    ? externalBytes(stored.external, size * type.bytes, externalFiles, label)
    : stored.raw;
  const data = bytes ? fromRaw(bytes, type, size, label) : fromFields(stored, type, size, label);
  if (!data.every(Number.isFinite)) {
    throw new ModelFileError(`${label} has infinite numbers or NaN; finite ones can be read.`);
  }
  return { shape: stored.shape, data, isInteger: type.isInteger };
}

function fromRaw(bytes: Uint8Array, type: DataType, size: number, label: string): Float64Array {
  if (bytes.length !== size * type.bytes) {
    const expected = `${size} numbers of ${type.name} take ${size * type.bytes}`;
    throw new ModelFileError(`${label} has ${bytes.length} bytes, but ${expected}.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data = new Float64Array(size);
  for (let i = 0; i < size; i += 1) data[i] = type.read(view, i * type.bytes);
  return data;
}

function fromFields(
  { message }: StoredTensor,
  { field: own, fromField }: DataType,
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
      if (count < size) data[count] = fromField(entry);
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
      `${label} is in another file, "${name}": open it together with the model.`,
    );
  }
  const offset = wholeNumber(entries.get('offset') ?? '0');
  const stated = wholeNumber(entries.get('length') ?? String(length));
  if (!(stated === length && offset + length <= file.length)) {
    const wanted = `${length} bytes from byte ${offset}`;
    throw new ModelFileError(
      `${label} is ${wanted} of "${name}", which has ${file.length}; the file states a length of ${stated}.`,
    );
  }
  return file.subarray(offset, offset + length);
}

/** NaN unless the text is one. */
function wholeNumber(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : NaN;
}
