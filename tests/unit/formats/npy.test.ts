import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { encodeNpy } from '../../../src/formats/npy.ts';

interface NpyReference {
  readonly arrays: readonly {
    readonly dtype: 'float64' | 'float32';
    readonly shape: readonly number[];
    readonly values: readonly number[];
    readonly file: string;
  }[];
}

const path = new URL('../../reference/npy/arrays.json', import.meta.url);
const { arrays } = JSON.parse(readFileSync(path, 'utf8')) as NpyReference;

describe('encodeNpy', () => {
  test.each(arrays)('writes $dtype of shape $shape byte for byte as numpy.save does', (array) => {
    const Values = array.dtype === 'float64' ? Float64Array : Float32Array;
    const bytes = encodeNpy(Values.from(array.values), array.shape);
    expect(Buffer.from(bytes).toString('base64')).toBe(array.file);
  });

  test('begins the values at a multiple of 64 bytes', () => {
    for (let sides = 1; sides < 30; sides++) {
      const shape = [...Array<number>(sides - 1).fill(1), 3];
      const bytes = encodeNpy(new Float64Array(3), shape);
      expect((bytes.length - 24) % 64).toBe(0);
      expect(bytes[bytes.length - 25]).toBe('\n'.charCodeAt(0));
    }
  });

  test.each([[[2, 2]], [[-2, -3]], [[1.5, 4]], [[Number.NaN]]])(
    'refuses the shape %j for six values',
    (shape) => {
      expect(() => encodeNpy(new Float64Array(6), shape)).toThrow(
        /shape: received .* expected sides whose product is 6/,
      );
    },
  );

  test('writes values that only a part of a buffer holds', () => {
    const part = Float64Array.from([9, 1, 2, 9]).subarray(1, 3);
    expect(encodeNpy(part, [2])).toEqual(encodeNpy(Float64Array.from([1, 2]), [2]));
  });
});
