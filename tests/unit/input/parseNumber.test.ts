import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNumber } from '../../../src/input/parseNumber.ts';
import { formatNumber } from '../../../src/scales/format.ts';

describe('parseNumber', () => {
  it.each([
    ['4', 4],
    [' -1.5 ', -1.5],
    ['−1.5', -1.5],
    ['+2', 2],
    ['.5', 0.5],
    ['3.', 3],
    ['1e-9', 1e-9],
    ['1E3', 1000],
    ['−1.5×10⁻⁹', -1.5e-9],
    ['2×10¹²', 2e12],
  ])('reads %j as %d', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  it.each(['', ' ', 'x', '1,5', '0x10', '1e', 'Infinity', 'NaN', '1 2', '--1', '×10³'])(
    'reads %j as no number',
    (text) => {
      expect(parseNumber(text)).toBeNaN();
    },
  );

  it('reads back what formatNumber writes with 17 digits, which tell every float64 apart', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        // −0 is written as 0.
        expect(parseNumber(formatNumber(value, 17))).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});
