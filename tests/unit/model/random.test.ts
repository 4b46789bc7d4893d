import { describe, expect, it } from 'vitest';
import { Mt19937 } from '../../../src/model/random.ts';

function draw(seed: number, count: number): number[] {
  const generator = new Mt19937(seed);
  return Array.from({ length: count }, () => generator.next32());
}

describe('Mt19937', () => {
  it('gives the published 10000th output for the seed 5489 (as C++ requires of std::mt19937)', () => {
    expect(draw(5489, 10000).at(-1)).toBe(4123659995);
  });

  it('keeps the lower 32 bits of the seed, as two’s complement of 64 bits', () => {
    const pairs: [number, number][] = [
      [2 ** 32, 0],
      [2 ** 32 + 5, 5],
      [-1, 0xffffffff],
      [-(2 ** 32), 0],
      [-(2 ** 40) + 3, 3],
      [Number.MAX_SAFE_INTEGER, 0xffffffff],
      [Number.MIN_SAFE_INTEGER, 1],
    ];
    for (const [seed, low] of pairs) expect(draw(seed, 3), `seed ${seed}`).toEqual(draw(low, 3));
  });

  it('differs between neighbouring seeds', () => {
    expect(draw(0, 4)).not.toEqual(draw(1, 4));
  });
});
