import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInputError } from '../../../src/input/invalidInput.ts';
import type { Quantity } from '../../../src/model/field.ts';
import { linspace, npGradient, referenceGrid } from '../../../src/reference/grid.ts';
import { validateGridRequest } from '../../../src/reference/gridRequest.ts';
import { evaluatorOf } from './evaluatorOf.ts';
import { numpyReference } from './numpyReference.ts';

describe('linspace', () => {
  it.each(numpyReference.linspace)(
    '$start … $stop in $count equals numpy.linspace bit for bit',
    ({ start, stop, count, points }) => {
      const actual = Array.from(linspace(start, stop, count));
      expect(actual).toHaveLength(count);
      expect(actual.findIndex((point, i) => !Object.is(point, points[i]))).toBe(-1);
    },
  );
});

describe('npGradient', () => {
  it('takes central differences inside and one-sided ones at the border', () => {
    const values = Float64Array.of(0, 1, 4, 9, 10, 21, 34, 49);
    expect([...npGradient(values, 4, 2, 1)]).toEqual([1, 2, 4, 5, 11, 12, 14, 15]);
    expect([...npGradient(values, 4, 2, 0)]).toEqual([10, 20, 30, 40, 10, 20, 30, 40]);
  });

  it('needs two samples along its axis, and one across it', () => {
    const column = Float64Array.of(1, 2, 4);
    expect([...npGradient(column, 1, 3, 0)]).toEqual([1, 1.5, 2]);
    expect(() => npGradient(column, 1, 3, 1)).toThrow(InvalidInputError);
    expect(() => npGradient(column, 1, 3, 1)).toThrow('width: received 1, expected at least 2');
    expect(() => npGradient(column, 3, 1, 0)).toThrow('height: received 1, expected at least 2');
  });

  it('is exact for affine values, at the border too', () => {
    const sides = fc.integer({ min: 2, max: 9 });
    const slopes = fc.integer({ min: -100, max: 100 });
    fc.assert(
      fc.property(sides, sides, slopes, slopes, (width, height, down, right) => {
        const values = Float64Array.from(
          { length: width * height },
          (_, i) => down * Math.floor(i / width) + right * (i % width),
        );
        expect(npGradient(values, width, height, 0).every((slope) => slope === down)).toBe(true);
        expect(npGradient(values, width, height, 1).every((slope) => slope === right)).toBe(true);
      }),
    );
  });
});

describe('referenceGrid', () => {
  const quantities: readonly (keyof (typeof numpyReference.grids)[number]['quantities'])[] = [
    'value',
    'partial1',
    'partial2',
    'gradientNorm',
    'gradientDirection',
    'npGradientRows',
    'npGradientColumns',
  ];

  it.each(quantities)('%s equals NumPy’s', (quantity) => {
    expect(numpyReference.grids.length).toBeGreaterThanOrEqual(6);
    for (const { request, quantities: expected } of numpyReference.grids) {
      const grid = referenceGrid(validateGridRequest({ ...request, quantity }));
      const size = Math.max(1, ...expected.value.map(Math.abs));
      // A few roundings of the largest value; a direction divides by a gradient that may be 0.01.
      const tolerance = 16 * Number.EPSILON * (quantity === 'gradientDirection' ? 100 : size);
      expect(grid).toHaveLength(expected[quantity].length);
      grid.forEach((value, i) => {
        const where = `${JSON.stringify(request)} [${i}]`;
        const error = Math.abs(value - expected[quantity][i]!);
        expect(error, where).toBeLessThanOrEqual(tolerance);
      });
    }
  });

  it('has columns along x and rows along y, end points included', () => {
    const request = { field: { kind: 'max', logits: null }, x: [0, 2], y: [-4, -3] };
    const logits = {
      weight: [
        [1, 10],
        [1, 10],
      ],
      bias: [0, 0],
    };
    const field = { kind: 'max', logits };
    const grid = referenceGrid(validateGridRequest({ ...request, field, width: 3, height: 2 }));
    expect([...grid]).toEqual([-40, -39, -38, -30, -29, -28]);
    expect([
      ...referenceGrid(validateGridRequest({ ...request, field, width: 1, height: 1 })),
    ]).toEqual([-40]);
  });

  it('gives 0 for the direction of a zero gradient, and unsigned numbers for regions', () => {
    const field = { kind: 'mlp', widths: [2, 20, 1], seed: 4 };
    const base = { field, x: [-9, 9], y: [-9, 9], width: 12, height: 11 };
    const regions = referenceGrid(validateGridRequest({ ...base, quantity: 'region' }));
    expect(new Set(regions).size).toBeGreaterThan(10);
    expect(regions.every((id) => id === id >>> 0)).toBe(true);
    const flat = { ...base, field: { kind: 'argmax' }, quantity: 'gradientDirection' };
    expect(referenceGrid(validateGridRequest(flat)).every((angle) => Object.is(angle, 0))).toBe(
      true,
    );
  });

  it('uses the evaluator that it is given', () => {
    const request = validateGridRequest({
      field: { kind: 'max' },
      x: [1, 1],
      y: [2, 2],
      width: 1,
      height: 1,
    });
    const other = evaluatorOf({ kind: 'sigmoid', weight: [0, 0], bias: 0 });
    expect([...referenceGrid(request)]).toEqual([2]);
    expect([...referenceGrid(request, other)]).toEqual([0.5]);
  });

  it.each([
    ['npGradientRows', 5, 1],
    ['npGradientColumns', 1, 5],
  ] as [Quantity, number, number][])('%s of %i × %i samples is an error', (quantity, w, h) => {
    const request = { field: { kind: 'max' }, x: [0, 1], y: [0, 1], width: w, height: h, quantity };
    expect(() => referenceGrid(validateGridRequest(request))).toThrow(InvalidInputError);
  });
});
