import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateField } from '../../../src/model/fieldValidation.ts';
import {
  drawImage,
  enlarge,
  grayRange,
  guessImage,
  type ImageShape,
  imageShapeOf,
  imageShapes,
  printShape,
  validateImageChoice,
} from '../../../src/model/imageShape.ts';
import { sourceOfFile } from '../models/modelFields.ts';

const fieldOf = (inputs: number, slice?: object) =>
  validateField({ network: { kind: 'drawn', widths: [inputs, 2] }, ...(slice ? { slice } : {}) });
const guess = (inputs: number) => {
  const shape = guessImage(fieldOf(inputs));
  return shape && printShape(shape);
};
const choices = (inputs: number) => imageShapes(inputs).map(printShape);

describe('the shape of an image', () => {
  it('is a square, grey or of three channels, from 8 × 8 on', () => {
    expect([64, 784, 1024, 4096].map(guess)).toEqual(['8x8', '28x28', '32x32', '64x64']);
    expect([192, 3072].map(guess)).toEqual(['3x8x8', '3x32x32']);
    expect([2, 5, 9, 49, 63, 65, 128, 785, 3000].map(guess)).toEqual(Array(9).fill(null));
  });

  it('is none where a file gives names or units', () => {
    const network = sourceOfFile('small.nnet');
    expect(guessImage(validateField({ network }))).toBe(null);
  });

  it('can be chosen among those that are not too oblong, squares first', () => {
    expect(choices(128)).toEqual(['8x16', '16x8']);
    expect(choices(192)).toEqual(['3x8x8', '8x8x3', '12x16', '16x12']);
    expect(choices(784)).toEqual(['28x28']);
    expect(choices(50)).toEqual([]);
  });

  it('is that of the choice if the network has as many inputs', () => {
    const print = (inputs: number, choice: string) => {
      const shape = imageShapeOf(fieldOf(inputs), validateImageChoice(choice, 'image'));
      return shape && printShape(shape);
    };
    expect(print(784, 'auto')).toBe('28x28');
    expect(print(784, 'none')).toBe(null);
    expect(print(784, '14x56')).toBe('14x56');
    expect(print(784, '8x8')).toBe(null);
    expect(print(192, '8x8x3')).toBe('8x8x3');
    expect(print(2, 'auto')).toBe(null);
  });

  it.each(['', '28', '28x', '0x28', '28x28x2', '1x2x3x4', 'x', '99999x1', 28, null, '28X28'])(
    'is not %j',
    (input) => {
      expect(() => validateImageChoice(input, 'image')).toThrow(
        "expected 'auto', 'none', or a shape",
      );
    },
  );
});

describe('drawImage', () => {
  const bytesOf = (point: number[], shape: ImageShape) => [...drawImage(point, shape, [0, 10])];
  const shape = { height: 1, width: 2, channels: 3, order: 'channelsFirst' } as const;

  it('draws black, white and what is between, and cuts off what is beyond', () => {
    const gray = { height: 2, width: 2, channels: 1, order: 'channelsFirst' } as const;
    const rgba = (value: number) => [value, value, value, 255];
    expect(bytesOf([-3, 0, 4, 25], gray)).toEqual([0, 0, 102, 255].flatMap(rgba));
  });

  it('is enlarged by whole pixels', () => {
    const pixels = Uint8ClampedArray.from([1, 2, 3, 4, 5, 6, 7, 8]);
    const [first, second] = [
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ];
    const row = [...first!, ...first!, ...second!, ...second!];
    expect([...enlarge(pixels, 2, 2)]).toEqual([...row, ...row]);
  });

  it('takes channels first or last', () => {
    const expected = [0, 51, 102, 255, 153, 204, 255, 255];
    expect(bytesOf([0, 6, 2, 8, 4, 10], shape)).toEqual(expected);
    expect(bytesOf([0, 2, 4, 6, 8, 10], { ...shape, order: 'channelsLast' })).toEqual(expected);
  });
});

describe('grayRange', () => {
  it('is that of the file', () => {
    // From −100 to 100 and from −3.5 to 3.5, less 10 and 0, over 200 and 7.
    expect(grayRange(validateField({ network: sourceOfFile('small.nnet') }))).toEqual([-0.55, 0.5]);
  });

  it('is that of the points that span the slice, and of two pixels at least from 0 to 1', () => {
    const zeros = Array.from({ length: 64 }, () => 0);
    const with16 = zeros.with(5, 16);
    const slice = { origin: zeros, axis1: with16, axis2: zeros.with(9, -2) };
    expect(grayRange(fieldOf(64, slice))).toEqual([-2, 16]);
    expect(grayRange(fieldOf(64))).toEqual([0, 1]);
    const dark = zeros.map(() => -1);
    const oblique = { origin: dark, axis1: dark.with(0, 0), axis2: dark.with(1, 0) };
    expect(grayRange(fieldOf(64, oblique))).toEqual([-2, -1]);
  });

  it('has another white than black for any slice', () => {
    const vector = fc.array(fc.constantFrom<number>(-1, 0, 2), { minLength: 64, maxLength: 64 });
    fc.assert(
      fc.property(vector, vector, (origin, axis) => {
        const [black, white] = grayRange(
          fieldOf(64, { origin, axis1: axis.with(0, 5), axis2: axis.with(1, 7) }),
        );
        expect(black < white).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
