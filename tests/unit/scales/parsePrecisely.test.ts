import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { twoSum } from '../../../src/numeric/doubleDouble.ts';
import { formatCoordinate } from '../../../src/scales/format.ts';
import { parsePrecisely } from '../../../src/scales/parsePrecisely.ts';

describe('parsePrecisely', () => {
  it('keeps the digits that float64 drops', () => {
    const { high, low } = parsePrecisely('1000000.00000000000002')!;
    expect(high).toBe(1e6);
    // A float64 of its own.
    expect(Math.abs(low - 2e-14) <= 2e-14 * 2 ** -52).toBe(true);
    expect(parsePrecisely('−0.5')).toEqual({ high: -0.5, low: 0 });
    expect(parsePrecisely('1e12')).toEqual({ high: 1e12, low: 0 });
    expect(parsePrecisely('0,25')).toEqual({ high: 0.25, low: 0 });
    expect(parsePrecisely('−1/3')).toEqual({ high: -1 / 3, low: 0 });
    expect(parsePrecisely('one')).toBeNull();
  });

  it('reads back every coordinate of a deep view as it is written', () => {
    const part = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(part, fc.double({ min: -1e-11, max: 1e-11, noNaN: true }), (a, b) => {
        const { high, low } = twoSum(a, b);
        const text = formatCoordinate(high, low, 1e-12);
        const read = parsePrecisely(text)!;
        expect(formatCoordinate(read.high, read.low, 1e-12)).toBe(text);
      }),
    );
  });
});
