import { InvalidInputError } from '../input/invalidInput.ts';
import { asciiBytes } from './ascii.ts';

const MAGIC = '\x93NUMPY\x01\x00';
/** Magic, version, and the header's length as a 16-bit number. */
const PREFIX_BYTES = MAGIC.length + 2;
/** The data begin at a multiple of this, so that they can be mapped into memory. */
const ALIGNMENT = 64;

/**
 * A file that `numpy.load` reads: format 1.0, little-endian, C order.
 *
 * Source: numpy/lib/format.py, "NPY Format".
 *
 * @param values row-major; as many as the shape has elements.
 * @throws InvalidInputError unless the shape matches the values.
 */
export function encodeNpy(
  values: Float64Array | Float32Array,
  shape: readonly number[],
): Uint8Array {
  const count = shape.reduce((product, side) => product * side, 1);
  if (!shape.every((side) => Number.isInteger(side) && side >= 0) || count !== values.length) {
    throw new InvalidInputError('shape', shape, `sides whose product is ${values.length}`);
  }
  const header = npyHeader(`<f${values.BYTES_PER_ELEMENT}`, shape);
  const bytes = new Uint8Array(header.length + values.byteLength);
  bytes.set(header);
  const view = new DataView(bytes.buffer, header.length);
  if (values instanceof Float64Array) {
    values.forEach((value, i) => {
      view.setFloat64(8 * i, value, true);
    });
  } else {
    values.forEach((value, i) => {
      view.setFloat32(4 * i, value, true);
    });
  }
  return bytes;
}

function npyHeader(descr: string, shape: readonly number[]): Uint8Array {
  // A tuple of one element needs its comma.
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const total = Math.ceil((PREFIX_BYTES + text.length + 1) / ALIGNMENT) * ALIGNMENT;
  const length = total - PREFIX_BYTES;
  const lengthBytes = String.fromCharCode(length & 255, length >> 8);
  return asciiBytes(`${MAGIC}${lengthBytes}${text.padEnd(length - 1)}\n`);
}
