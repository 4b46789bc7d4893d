import { describe, expect, it } from 'vitest';
import { nextSeed, previousSeed, randomSeed, seedOf, withSeed } from '../../../src/model/seeds.ts';
import { FIRST_DRAFTS, fieldOf } from '../../../src/state/fieldDrafts.ts';

const drawn = { count: 5, seed: 3 };

describe('seeds', () => {
  const mlp = fieldOf('mlp', FIRST_DRAFTS);
  const lse = fieldOf('lse', { ...FIRST_DRAFTS, logits: drawn });
  const plain = fieldOf('lse', FIRST_DRAFTS);

  it('are found and replaced where something is drawn', () => {
    expect([mlp, lse, plain].map(seedOf)).toEqual([0, 3, null]);
    expect(withSeed(mlp, 8)).toEqual({ ...mlp, network: { ...mlp.network, seed: 8 } });
    expect(withSeed(lse, 8)).toEqual({ ...lse, network: { ...lse.network, seed: 8 } });
    expect(withSeed(plain, 8)).toBeNull();
  });

  it('go on by one and never leave the safe integers', () => {
    expect(nextSeed(-1)).toBe(0);
    expect(nextSeed(Number.MAX_SAFE_INTEGER)).toBe(Number.MIN_SAFE_INTEGER);
    for (const seed of [0, 7, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]) {
      expect([previousSeed(nextSeed(seed)), nextSeed(previousSeed(seed))]).toEqual([seed, seed]);
      expect(Number.isSafeInteger(previousSeed(seed))).toBe(true);
    }
    const random = Array.from({ length: 20 }, randomSeed);
    expect(random.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)).toBe(
      true,
    );
    expect(new Set(random).size).toBeGreaterThan(1);
  });
});
