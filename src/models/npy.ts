import { bytesToText } from '../formats/ascii.ts';
import type { Memory } from './memory.ts';
import { ModelFileError } from './modelFile.ts';
import {
  bytesInMemory,
  isNumberType,
  NUMBER_TYPES,
  type Numbers,
  readNumbers,
} from './numberTypes.ts';
import { countOf, printName, type Tensor } from './tensors.ts';

const MAGIC = '\x93NUMPY';
/** The limit that NumPy itself has. */
const HEADER_BYTES_MAX = 10_000;

export function isNpy(bytes: Uint8Array): boolean {
  return bytesToText(bytes.subarray(0, MAGIC.length)) === MAGIC;
}

/**
 * One array as NumPy saves it: format 1 to 3, C or Fortran order, either byte order, numbers of any type but complex
 * ones and long doubles.
 *
 * Source: numpy/lib/format.py, "NPY Format".
 * @param name of the array, for messages and for the tensor.
 * @throws ModelFileError
 */
export function readNpy(bytes: Uint8Array, name: string, memory: Memory): Tensor {
  const shown = printName(name);
  const { text, dataStart } = readHeader(bytes, shown);
  const descr = /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const sides = /'shape'\s*:\s*\(([\d\sL,]*)\)/.exec(text)?.[1];
  if (descr === undefined || order === undefined || sides === undefined) {
    throw new ModelFileError(`${shown}: its header has no type, order and shape of a plain array`);
  }
  const shape = (sides.match(/\d+/g) ?? []).map(Number);
  const [, byteOrder, type] = /^([<>|=]?)(\w+)$/.exec(descr) ?? [];
  if (type === undefined || !isNumberType(type)) {
    throw new ModelFileError(
      type === 'O'
        ? `${shown} holds Python objects (a pickle, which can run code); save each array by itself`
        : `${shown} has the type ${printName(descr)}; only real numbers can be read`,
    );
  }
  const count = countOf(shape, name);
  const data = bytes.subarray(dataStart);
  if (data.length !== count * NUMBER_TYPES[type].bytes) {
    throw new ModelFileError(
      `${shown} [${shape.join(', ')}]: ${data.length} bytes follow the header, expected ${count * NUMBER_TYPES[type].bytes}`,
    );
  }
  memory.take(bytesInMemory(type, count), shown);
  const values = readNumbers(type, data, byteOrder !== '>');
  return { name, shape, values: order === 'True' ? toRowMajor(values, shape) : values };
}

function readHeader(bytes: Uint8Array, shown: string): { text: string; dataStart: number } {
  const version = bytes[MAGIC.length]!;
  const lengthBytes = version === 1 ? 2 : 4;
  const start = MAGIC.length + 2 + lengthBytes;
  if (!isNpy(bytes) || bytes.length < start || !(version >= 1 && version <= 3)) {
    throw new ModelFileError(`${shown} is no array of NumPy's formats 1 to 3`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = MAGIC.length + 2;
  const length = lengthBytes === 2 ? view.getUint16(at, true) : view.getUint32(at, true);
  if (length > HEADER_BYTES_MAX || start + length > bytes.length) {
    throw new ModelFileError(`${shown}: a header of ${length} bytes does not fit`);
  }
  return { text: bytesToText(bytes.subarray(start, start + length)), dataStart: start + length };
}

/** From Fortran's order, in which the first index runs fastest. */
function toRowMajor(values: Numbers, shape: readonly number[]): Numbers {
  const result = values.slice();
  const index = shape.map(() => 0);
  for (let i = 0; i < result.length; i += 1) {
    result[i] = values[index.reduceRight((sum, k, axis) => sum * shape[axis]! + k, 0)]!;
    for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
      index[axis]! += 1;
      if (index[axis]! < shape[axis]!) break;
      index[axis] = 0;
    }
  }
  return result;
}
