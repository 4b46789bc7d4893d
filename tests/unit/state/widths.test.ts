import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWidths, WidthsError } from '../../../src/state/widths.ts';

describe('parseWidths', () => {
  it.each([
    ['2-20-1', [2, 20, 1]],
    ['2 - 5 – 5 − 1', [2, 5, 5, 1]],
    ['20', [2, 20, 1]],
    ['20, 20', [2, 20, 20, 1]],
    ['20 20', [2, 20, 20, 1]],
    [' 5;5 ; 5 ', [2, 5, 5, 5, 1]],
    ['[8, 8]', [2, 8, 8, 1]],
    ['[2, 20, 1]', [2, 20, 1]],
    ['2 20 1', [2, 20, 1]],
    ['2, 1', [2, 2, 1, 1]],
    ['2-2-20-1-1', [2, 2, 20, 1, 1]],
    ['5-10-10-5', [5, 10, 10, 5]],
    ['2-1', [2, 1]],
    ['784-100-10', [784, 100, 10]],
    ['256', [2, 256, 1]],
    ['1', [2, 1, 1]],
  ])('reads %j', (text, widths) => {
    expect(parseWidths(text)).toEqual(widths);
  });

  it.each([
    ['', /e\.g\./],
    ['  ', /e\.g\./],
    ['4097-20-1', /“4097” is not a number of inputs: use whole numbers from 1 to 4096/],
    ['2-20-257', /“257” is not a number of outputs: use whole numbers from 1 to 256/],
    ['2-4097-1', /“4097” is not a width: use whole numbers from 1 to 4096/],
    [
      '1100, 1100',
      /2-1100-1100-1 has 1211100 weights behind the first layer; use at most 1200000 weights/,
    ],
    ['0', /“0” is not a width/],
    ['4097', /“4097” is not a width/],
    ['2-0-1', /“0” is not a width/],
    ['20, , 20', /“” is not a width/],
    ['20, 3.5', /“3.5” is not a width/],
    ['twenty', /“twenty” is not a width/],
    ['1e2', /“1e2” is not a width/],
    [Array(17).fill('3').join(' '), /17 hidden layers/],
  ])('rejects %j', (text, message) => {
    expect(() => parseWidths(text)).toThrow(WidthsError);
    expect(() => parseWidths(text)).toThrow(message);
  });

  it('keeps the inputs and outputs of the current network if only hidden layers are typed', () => {
    expect(parseWidths('7, 8', [5, 10, 3])).toEqual([5, 7, 8, 3]);
  });

  it('reads back every network, with dashes and with commas', () => {
    const hidden = fc.array(fc.integer({ min: 1, max: 256 }), { minLength: 1, maxLength: 16 });
    fc.assert(
      fc.property(hidden, (widths) => {
        const all = [2, ...widths, 1];
        expect(parseWidths(all.join('-'))).toEqual(all);
        expect(parseWidths(JSON.stringify(all))).toEqual(all);
        // A list from 2 to 1 names every layer.
        const namesAll = widths.length > 2 && widths[0] === 2 && widths.at(-1) === 1;
        expect(parseWidths(widths.join(', '))).toEqual(namesAll ? widths : all);
      }),
    );
  });
});
