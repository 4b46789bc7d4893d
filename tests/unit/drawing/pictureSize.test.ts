import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assertRequest,
  DPI_MAX,
  DPI_MIN,
  describeSize,
  formatSize,
  parseSize,
  resolveSize,
  SIDE_MAX,
  SIDE_MIN,
  type SizeRequest,
} from '../../../src/drawing/pictureSize.ts';
import { InvalidInputError } from '../../../src/input/invalidInput.ts';

const NATURAL = { width: 800, height: 600 };
/** A byte more of rounding than a product and a quotient of float64. */
const ROUNDING = 1e-12;

describe('the size of a file', () => {
  test.each<[SizeRequest, number, number, number, number]>([
    // Nothing requested, then pixels, then lengths: width, height, dpi, scale.
    [{}, 1600, 1200, 192, 2],
    [{ scale: 3 }, 2400, 1800, 288, 3],
    [{ dpi: 300 }, 2500, 1875, 300, 3.125],
    [{ width: 1600 }, 1600, 1200, 192, 2],
    [{ height: 1500 }, 2000, 1500, 192, 2],
    [{ width: 360, height: 330, scale: 1 }, 360, 330, 96, 1],
    [{ width: 1600, height: 1200, dpi: 300, scale: 4 }, 1600, 1200, 300, 4],
    [{ width: '12 cm', height: '12 cm' }, 1417, 1417, 300, 3.125],
    [{ width: '12 cm' }, 1417, 1063, 300, 3.125],
    [{ width: '120mm', height: '5 in', dpi: 96 }, 454, 480, 96, 1],
    [{ width: '12 cm', scale: 2 }, 1417, 1063, 300, 2],
  ])('%j', (request, widthPx, heightPx, dpi, scale) => {
    expect(resolveSize(request, NATURAL)).toEqual({ widthPx, heightPx, dpi, scale });
  });

  test('is that on paper, to half a pixel', () => {
    const centimetres = fc.integer({ min: 60, max: 250 }).map((tenths) => tenths / 10);
    const resolutions = fc.integer({ min: 150, max: 600 });
    fc.assert(
      fc.property(centimetres, centimetres, resolutions, (width, height, dpi) => {
        const request = { width: `${width} cm`, height: `${height}cm`, dpi };
        const { widthPx, heightPx } = resolveSize(request, NATURAL);
        expect(Math.abs(widthPx - (width / 2.54) * dpi) <= 0.5 + ROUNDING * widthPx).toBe(true);
        expect(Math.abs(heightPx - (height / 2.54) * dpi) <= 0.5 + ROUNDING * heightPx).toBe(true);
      }),
    );
  });

  test('keeps the proportions that suit the panels where one side is missing', () => {
    fc.assert(
      fc.property(fc.integer({ min: SIDE_MIN * 2, max: 8000 }), (width) => {
        const { heightPx } = resolveSize({ width }, NATURAL);
        expect(Math.abs(heightPx - 0.75 * width) <= 0.5).toBe(true);
      }),
    );
  });

  test.each<[SizeRequest, string]>([
    [{ width: 299 }, `width: received 299, expected ${SIDE_MIN} to ${SIDE_MAX} pixels`],
    [{ width: SIDE_MAX + 1 }, 'width: received 16385'],
    [{ width: 1600.5 }, 'width: received 1600.5'],
    [{ height: Number.NaN }, 'height: received NaN'],
    [{ height: '1 cm' }, 'height: received 118, expected 300 to 16384 pixels'],
    [{ width: '12' }, 'width: received "12", expected a number of pixels, or a text with a unit'],
    [{ width: '12 px' }, 'width: received "12 px"'],
    [{ width: '12 furlongs' }, 'width: received "12 furlongs"'],
    [{ dpi: DPI_MIN - 1 }, `dpi: received 47, expected a number from ${DPI_MIN} to ${DPI_MAX}`],
    [{ dpi: Number.POSITIVE_INFINITY }, 'dpi: received Infinity'],
    [{ scale: 0 }, 'scale: received 0, expected a number from 0.5 to 16'],
    [{ scale: '2' as unknown as number }, 'scale: received "2"'],
  ])('%j is refused before it is known what is drawn', (request, says) => {
    expect(() => assertRequest(request)).toThrow(InvalidInputError);
    expect(() => assertRequest(request)).toThrow(says);
  });

  test('is refused if the missing side would be too long', () => {
    const tall = { width: 100, height: 6000 };
    expect(() => assertRequest({ width: 1000 })).not.toThrow();
    expect(() => resolveSize({ width: 1000 }, tall)).toThrow('height: received 60000');
  });

  test('is described in pixels and on paper', () => {
    const size = resolveSize({ width: '12 cm', height: '9 cm' }, NATURAL);
    expect(describeSize(size)).toBe('1417 × 1063 px, 12 × 9 cm');
    expect(describeSize(resolveSize({}, NATURAL))).toBe('1600 × 1200 px, 21.2 × 15.9 cm');
  });
});

describe('a size as text', () => {
  test.each([
    ['1600x1200', { width: 1600, height: 1200 }],
    [' 1600 × 1200 px ', { width: 1600, height: 1200 }],
    ['1600', { width: 1600 }],
    ['12cm', { width: '12 cm' }],
    ['12 x 9.5 cm', { width: '12 cm', height: '9.5 cm' }],
    ['12cm x 9', { width: '12 cm', height: '9 cm' }],
    ['12cm x 900px', { width: '12 cm', height: 900 }],
    ['5in*80mm', { width: '5 in', height: '80 mm' }],
  ])('"%s"', (text, size) => {
    expect(parseSize(text, 'size')).toEqual(size);
  });

  test.each(['', 'x', '12x', 'x9', '12 9', '-12cm', '12 cm x', '12kmx9', '12,5cm', '1e3', '1x2x3'])(
    '"%s" is refused',
    (text) => {
      expect(() => parseSize(text, 'size')).toThrow(`size: received ${JSON.stringify(text)}`);
    },
  );

  test('is read as it was written', () => {
    const side = fc.oneof(
      fc.integer({ min: 1, max: 20_000 }),
      fc
        .tuple(fc.integer({ min: 1, max: 9999 }), fc.constantFrom('cm', 'mm', 'in'))
        .map(([tenths, unit]) => `${tenths / 10} ${unit}`),
    );
    fc.assert(
      fc.property(side, fc.option(side, { nil: undefined }), (width, height) => {
        const size = height === undefined ? { width } : { width, height };
        expect(parseSize(formatSize(size), 'size')).toEqual(size);
      }),
    );
  });
});
