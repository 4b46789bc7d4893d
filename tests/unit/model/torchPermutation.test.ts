import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Mt19937 } from '../../../src/model/random.ts';
import { torchPermutation } from '../../../src/model/torchPermutation.ts';

interface Reference {
  readonly seed: number;
  readonly permutations: readonly {
    readonly count: number;
    readonly order?: readonly number[];
    readonly sha256?: string;
  }[];
}

const references: readonly Reference[] = JSON.parse(
  readFileSync(new URL('../../reference/torch/permutations.json', import.meta.url), 'utf8'),
);

it.each(references)('torchPermutation is torch.randperm, seed $seed', ({ seed, permutations }) => {
  const generator = new Mt19937(seed);
  for (const { count, order, sha256 } of permutations) {
    const drawn = torchPermutation(generator, count);
    if (order !== undefined) expect([...drawn]).toEqual(order);
    else expect(createHash('sha256').update(drawn).digest('hex')).toBe(sha256);
  }
});
