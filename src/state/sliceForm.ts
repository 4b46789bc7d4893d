import { fromBase64url, toBase64url } from '../formats/base64url.ts';
import { InvalidInputError } from '../input/invalidInput.ts';
import type { Slice } from '../model/slice.ts';
import { readNumber, type UrlForm, writeNumber } from './urlValues.ts';

const SLICE_KEYS = ['origin', 'axis1', 'axis2'] as const satisfies readonly (keyof Slice)[];
/** A vector with as many entries that are not 0 is shorter as bytes. */
const DENSE_MIN = 32;

/** How the entries of a dense vector are spelled: their bytes, little-endian, in base64url after a letter. */
const BYTES = {
  f: { size: 4, read: 'getFloat32', write: 'setFloat32' },
  d: { size: 8, read: 'getFloat64', write: 'setFloat64' },
} as const;
type Letter = keyof typeof BYTES;

/**
 * d~ORIGIN~AXIS1~AXIS2; a vector is its entries that are not 0, each INDEX:VALUE, with ',' between them, or f:BYTES or d:BYTES, all
 * its entries as float32 or float64.
 */
export const sliceForm: UrlForm = {
  write: (value) => {
    const slice = value as Slice;
    return [slice.origin.length, ...SLICE_KEYS.map((key) => writeVector(slice[key]))].join('~');
  },
  read: (text, key) => {
    const [size, ...vectors] = text.split('~');
    if (!/^[1-9]\d{0,3}$/.test(size!) || vectors.length !== SLICE_KEYS.length) {
      throw new InvalidInputError(key, text, 'INPUTS~ORIGIN~AXIS1~AXIS2');
    }
    const read = vectors.map((vector) => readVector(vector, Number(size), key));
    return Object.fromEntries(SLICE_KEYS.map((name, i) => [name, read[i]]));
  },
};

function writeVector(vector: readonly number[]): string {
  const listed = vector.flatMap((entry, i) => (entry === 0 ? [] : `${i}:${writeNumber(entry)}`));
  if (listed.length < DENSE_MIN) return listed.join(',');
  const letter = vector.every((entry) => Math.fround(entry) === entry) ? 'f' : 'd';
  const { size, write } = BYTES[letter];
  const view = new DataView(new ArrayBuffer(size * vector.length));
  vector.forEach((entry, i) => {
    view[write](size * i, entry, true);
  });
  return `${letter}:${toBase64url(new Uint8Array(view.buffer))}`;
}

function readVector(text: string, inputs: number, key: string): number[] {
  const letter = text.slice(0, text.indexOf(':'));
  if (letter === 'f' || letter === 'd') return readBytes(text.slice(2), letter, inputs, key);
  const entries = new Array<number>(inputs).fill(0);
  for (const pair of text === '' ? [] : text.split(',')) {
    const [index, value, ...rest] = pair.split(':');
    const isIndex = /^\d+$/.test(index!) && Number(index) < inputs;
    if (!isIndex || value === undefined || rest.length > 0) {
      throw new InvalidInputError(key, pair, `INDEX:VALUE, an index below ${inputs}`);
    }
    entries[Number(index)] = readNumber(value, key);
  }
  return entries;
}

function readBytes(text: string, letter: Letter, inputs: number, key: string): number[] {
  const { size, read } = BYTES[letter];
  const bytes = fromBase64url(text);
  if (bytes?.length !== size * inputs) {
    throw new InvalidInputError(key, text, `${size * inputs} bytes in base64url`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return Array.from({ length: inputs }, (_, i) => view[read](size * i, true));
}
