import fc from 'fast-check';
import { expect, test } from 'vitest';
import { add, type DoubleDouble, scale, twoSum } from '../../../src/numeric/doubleDouble.ts';
import { DoubleDoubles, dotFloat32, dotFloat64 } from '../../../src/numeric/doubleDoubles.ts';

// Far from where products underflow.
const number = fc
  .double({ min: -1e6, max: 1e6, noNaN: true })
  .map((value) => (Math.abs(value) < 1e-100 ? 1 : value));
const pair = fc.tuple(number, number).map(([a, b]) => twoSum(a, b * 2 ** -60));

test.each([
  ['dotFloat32', dotFloat32, Math.fround],
  ['dotFloat64', dotFloat64, (value: number) => value],
] as const)('%s is to the last bit what add and scale make of it', (_, dot, round) => {
  const cases = fc.array(fc.tuple(number, pair), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(cases, number, (terms, start) => {
      const weights = terms.map(([w]) => round(w));
      const vector = new DoubleDoubles(terms.length);
      terms.forEach(([, value], j) => {
        vector.set(j, value);
      });
      const target = new DoubleDoubles(1);
      const typed = dot === dotFloat32 ? Float32Array.from(weights) : Float64Array.from(weights);
      dot(typed as Float32Array & Float64Array, 0, vector, start, target, 0);
      const expected = terms.reduce<DoubleDouble>(
        (sum, [, value], j) => add(sum, scale(value, weights[j]!)),
        { high: start, low: 0 },
      );
      expect(target.get(0)).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});
