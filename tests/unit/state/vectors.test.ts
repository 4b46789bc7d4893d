import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findInputs, formatVector, parseVector } from '../../../src/state/vectors.ts';

describe('parseVector', () => {
  it('reads what formatVector writes', () => {
    const numbers = fc.array(fc.integer({ min: -99999, max: 99999 }), { minLength: 1 });
    fc.assert(
      fc.property(numbers, (vector) => {
        const plain = vector.map((value) => value / 8);
        const read = parseVector(formatVector(plain), plain.length);
        expect(read).toHaveLength(plain.length);
        // Six digits of each entry.
        expect(
          read.every((value, i) => Math.abs(value - plain[i]!) <= 1e-5 * Math.abs(plain[i]!)),
        ).toBe(true);
      }),
    );
  });

  it.each([
    ['1, 2, 3', [1, 2, 3]],
    ['[0.5; -1/4; pi]', [0.5, -0.25, Math.PI]],
    ['(1 −2 3e2)', [1, -2, 300]],
  ])('reads %s', (text, expected) => {
    expect(parseVector(text, 3)).toEqual(expected);
  });

  it.each([
    ['1, 2', '2 numbers; there are 3 inputs. Write 3 numbers with commas between them.'],
    ['', '0 numbers; there are 3 inputs. Write 3 numbers with commas between them.'],
    ['1, two, 3', '“two”, for x₂, is not a number.'],
    ['1, , 3', '“”, for x₂, is not a number.'],
  ])('says what is wrong with “%s”', (text, message) => {
    expect(() => parseVector(text, 3)).toThrow(message);
  });
});

describe('findInputs', () => {
  const inputs = Array.from({ length: 784 }, (_, i) => i);

  it('finds inputs by the beginning of their numbers, the exact one first', () => {
    const names = (text: string) => findInputs(text, inputs).map((input) => input + 1);
    expect(names('39')).toEqual([39, 390, 391, 392, 393, 394, 395, 396, 397, 398, 399]);
    expect(names('x783')).toEqual([783]);
    expect(names('x₇₈₃')).toEqual([783]);
    expect(findInputs(' ', inputs)).toEqual(inputs);
  });

  it('finds them by a part of their names, those that are called so first', () => {
    const names = ['distance', 'angle', 'own angle', 'x', 'speed 2'];
    const find = (text: string) => findInputs(text, [0, 1, 2, 3, 4], (input) => names[input]!);
    expect(find('Angle')).toEqual([1, 2]);
    expect(find('own')).toEqual([2]);
    expect(find('2')).toEqual([1, 4]);
    expect(() => find('height')).toThrow(
      '“height”. Type its number, e.g. 7, or a part of its name.',
    );
  });

  it('says that there is none', () => {
    expect(() => findInputs('785', inputs)).toThrow('No input that can be set is called “785”.');
  });
});
