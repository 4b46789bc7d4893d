import { describe, expect, it } from 'vitest';
import { NumpyRandom } from '../../../src/model/numpyRandom.ts';
import { DATA_REFERENCE, decode } from '../data/dataReference.ts';
import { EPSILON } from '../expectNear.ts';

const list = <T>(count: number, draw: () => T) => Array.from({ length: count }, draw);

/** Two roundings of a logarithm may differ by its last digit, which a square root halves; then a product and a sum are rounded. */
function expectNormal(drawn: readonly number[], expected: readonly number[]): void {
  expect(drawn).toHaveLength(expected.length);
  const errors = drawn.map((value, i) => Math.abs(value - expected[i]!));
  const isNear = errors.every((error, i) => error <= 1.5 * EPSILON * Math.abs(expected[i]!));
  expect(isNear, `${drawn} instead of ${expected}`).toBe(true);
}

describe.each(DATA_REFERENCE.draws)('NumpyRandom, seed $seed', (reference) => {
  it('draws what NumPy draws, from one stream', () => {
    const random = new NumpyRandom(reference.seed);
    expect(list(5, () => random.uniform(-2, 3))).toEqual(decode(reference.uniform));
    expectNormal(
      list(3, () => random.normal(1, 0.5)),
      decode(reference.normal),
    );
    expect([...random.permutation(100)]).toEqual(reference.permutation);
    expectNormal(
      list(4, () => random.normal()),
      decode(reference.normalAgain),
    );
    expect(list(700, () => random.random()).slice(-3)).toEqual(decode(reference.random));
  });
});

it('permutes nothing, and one thing, without drawing', () => {
  const random = new NumpyRandom(0);
  expect([...random.permutation(0), ...random.permutation(1)]).toEqual([0]);
  expect(random.random()).toBe(new NumpyRandom(0).random());
});
