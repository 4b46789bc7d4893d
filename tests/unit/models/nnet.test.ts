import { describe, expect, test } from 'vitest';
import { isNnet, readNnet } from '../../../src/models/nnet.ts';
import { modelBytes } from './files.ts';

const TEXT = new TextDecoder().decode(modelBytes('small.nnet'));
const read = (text: string) => readNnet(new TextEncoder().encode(text));
const line = (number: number, replacement: string) =>
  TEXT.split('\n')
    .map((old, i) => (i + 1 === number ? replacement : old))
    .join('\n');

describe('readNnet', () => {
  test('inputs have ranges in the units of the network, and units', () => {
    const { inputs, outputUnit } = read(TEXT);
    expect(inputs).toEqual([
      { name: null, range: [-0.55, 0.45], unit: { mean: 10, scale: 200 } },
      { name: null, range: [-0.5, 0.5], unit: { mean: 0, scale: 7 } },
    ]);
    expect(outputUnit).toEqual({ mean: -1.5, scale: 20 });
  });

  test('trailing commas, blanks, comments and the end of lines do not matter', () => {
    const { network } = read(TEXT);
    expect(read(TEXT.replaceAll(',\n', '\n')).network).toEqual(network);
    expect(read(TEXT.replaceAll('\n', '\r\n')).network).toEqual(network);
    expect(read(TEXT.replaceAll(',', ' , ')).network).toEqual(network);
    expect(read(line(5, '0, // a flag, of no use')).network).toEqual(network);
    expect(read(`\ufeff${TEXT}`).network).toEqual(network);
  });

  test('it is known behind long comments, and the mark that Windows writes', () => {
    const isKnown = (text: string) => isNnet(new TextEncoder().encode(text));
    expect(isKnown(`${'// a comment\r\n'.repeat(1000)}\r\n${TEXT}`)).toBe(true);
    expect(isKnown(`\ufeff${TEXT}`)).toBe(true);
    expect(isKnown(`// a comment\nhello, world\n${TEXT}`)).toBe(false);
    expect(isKnown('// a comment alone')).toBe(false);
  });

  test('what is wrong is named with its line', () => {
    expect(() => read(line(3, '0,2,1,2,'))).toThrow(
      'line 3: 0; expected the number of layers, from 1 to 1000',
    );
    expect(() => read(line(4, '3,2,1,'))).toThrow(
      'line 4: the widths 3, 2, 1; expected 2 first and 1 last',
    );
    expect(() => read(line(6, '-100,x,'))).toThrow(
      'line 6: "x"; expected a number, one of 2 minima',
    );
    expect(() => read(line(6, '200,-3.5,'))).toThrow('input 1 goes from 200 to 100');
    expect(() => read(line(9, '200,0,20,'))).toThrow('range 2 is 0; expected more than 0');
    expect(() => read(line(10, '1,1e999,'))).toThrow(
      '"1e999"; expected a number, a weight of layer 1',
    );
    expect(() => read(`${TEXT}7,\n`)).toThrow('"7"; expected the end of the file');
    expect(() => read(TEXT.slice(0, -14))).toThrow('the file ends');
  });

  test('counts that the file cannot hold are refused before anything is allocated', () => {
    const widths = line(4, '2,10000000,1,');
    expect(() => read(widths)).toThrow('the network is too large');
    expect(() => read(line(4, '2,1000000,1,'))).toThrow(
      'the file ends too early; expected 4000001 weights',
    );
    expect(() => read(line(3, '1000,2,1,2,'))).toThrow('expected 1001 widths');
  });
});
