import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNumber, separatorHint } from '../../../src/input/parseNumber.ts';
import { formatNumber } from '../../../src/scales/format.ts';

describe('separatorHint', () => {
  it('says how to write a number if a comma is ambiguous', () => {
    expect(separatorHint('1,000')).toMatch(/decimals with a point/);
    expect(separatorHint('1000x')).toBe('');
  });
});

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
    ['0,5', 0.5],
    ['−0,125', -0.125],
    [',5', 0.5],
    ['1,5', 1.5],
    ['12,25', 12.25],
    ['1000,125', 1000.125],
    ['1,5e-3', 0.0015],
    ['1,5×10⁻³', 0.0015],
    ['1/3', 1 / 3],
    ['−π/2', -Math.PI / 2],
    ['2 × 10^3', 2000],
    ['2×10³/4', 500],
    ['3·2 ÷ 4', 1.5],
  ])('reads %j as %d', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  it.each([
    '',
    ' ',
    'x',
    '1,000',
    '12,345',
    '1,234.5',
    '1.234,5',
    '1,2,3',
    '1,',
    '0x10',
    '1e',
    'Infinity',
    '1/0',
    '1,5/2',
    'NaN',
    '1 2',
    '--1',
    '×10³',
  ])('reads %j as no number', (text) => {
    expect(parseNumber(text)).toBeNaN();
  });

  it('reads back what formatNumber writes with 17 digits, which distinguish every float64', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        // −0 is written as 0.
        expect(parseNumber(formatNumber(value, 17))).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});
