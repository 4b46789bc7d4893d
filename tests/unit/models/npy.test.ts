import { describe, expect, test } from 'vitest';
import { encodeNpy } from '../../../src/formats/npy.ts';
import { Memory } from '../../../src/models/memory.ts';
import { MODEL_BYTES_MAX } from '../../../src/models/modelFile.ts';
import { readNpy } from '../../../src/models/npy.ts';

/** A file of any version with a header of any kind. */
function npy(header: string, data: readonly number[] | Uint8Array, version = 1): Uint8Array {
  const text = new TextEncoder().encode(header);
  const lengthBytes =
    version === 1 ? [text.length & 255, text.length >> 8] : [text.length, 0, 0, 0];
  const magic = Array.from('\x93NUMPY', (c) => c.charCodeAt(0));
  return Uint8Array.from([...magic, version, 0, ...lengthBytes, ...text, ...data]);
}

const header = (descr: string, shape: string, order = 'False') =>
  `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }\n`;
const read = (bytes: Uint8Array) => readNpy(bytes, 'a', new Memory());

describe('npy', () => {
  test('float32 and float64 are read as they are saved', () => {
    for (const values of [Float32Array.of(1, -0.1, 3e38), Float64Array.of(1, -0.1, 1e300)]) {
      expect(read(encodeNpy(values, [3, 1]))).toEqual({ name: 'a', shape: [3, 1], values });
    }
  });

  test('versions 1 to 3 are read, and no other', () => {
    const text = `{'descr': '|u1', 'fortran_order': False, 'shape': (2L,), }`;
    for (const version of [1, 2, 3]) {
      expect(read(npy(text, [7, 8], version))).toMatchObject({ shape: [2] });
    }
    expect(() => read(npy(text, [7, 8], 4))).toThrow('formats 1 to 3');
  });

  test('either byte order, and a single number', () => {
    expect([...read(npy(header('>f4', '(1,)'), [0x3f, 0xc0, 0, 0])).values]).toEqual([1.5]);
    expect([...read(npy(header('<f4', '()'), [0, 0, 0xc0, 0x3f])).values]).toEqual([1.5]);
    expect([...read(npy(header('>i8', '()'), [...new Array(7).fill(0xff), 0xfe])).values]).toEqual([
      -2,
    ]);
  });

  test('float16: normal, subnormal and infinite numbers', () => {
    const halves = [0x3e00, 0xc001, 0x7bff, 1, 0x8000, 0x7c00];
    const data = halves.flatMap((half) => [half & 255, half >> 8]);
    expect([...read(npy(header('<f2', '(6,)'), data)).values]).toEqual([
      ...[1.5, -2.001953125, 65504, 2 ** -24, -0, Number.POSITIVE_INFINITY],
    ]);
  });

  test("Fortran's order becomes row-major", () => {
    const matrix = npy(header('|i1', '(2, 3)', 'True'), [1, 4, 2, 5, 3, 6]);
    expect([...read(matrix).values]).toEqual([1, 2, 3, 4, 5, 6]);
    const cube = npy(header('|i1', '(2, 1, 2)', 'True'), [1, 3, 2, 4]);
    expect([...read(cube).values]).toEqual([1, 2, 3, 4]);
  });

  test('types that are no real numbers are refused', () => {
    expect(() => read(npy(header('|O', '(1,)'), [0x80, 4]))).toThrow('pickle');
    expect(() => read(npy(header('<c8', '(1,)'), new Uint8Array(8)))).toThrow('has the type <c8');
    const fields = `{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,), }`;
    expect(() => read(npy(fields, [0, 0, 0, 0]))).toThrow('no type, order and shape');
  });

  test('a shape that does not fit the data is refused before anything is allocated', () => {
    expect(() => read(npy(header('<f4', '(2,)'), [0, 0, 0, 0]))).toThrow(
      '4 bytes follow the header, expected 8',
    );
    expect(() => read(npy(header('<f4', '(99999999999, 9999999)'), []))).toThrow(
      'list of at most 8 sizes',
    );
    expect(() => read(npy(header('<f4', '(1, 1, 1, 1, 1, 1, 1, 1, 1)'), [0, 0, 0, 0]))).toThrow(
      'sizes',
    );
  });

  test('one-byte numbers count as what they take in memory', () => {
    const bytes = npy(header('|i1', `(${MODEL_BYTES_MAX / 4 + 1},)`), []);
    const long = new Uint8Array(bytes.length + MODEL_BYTES_MAX / 4 + 1);
    long.set(bytes);
    expect(() => read(long)).toThrow('a is too large');
  });
});
