import { InvalidInputError } from '../input/invalidInput.ts';

/** Seeds that follow each other: first, first + 1, … as `torch.manual_seed` takes them. */
export interface SeedRange {
  readonly first: bigint;
  readonly count: number;
}

/** One of several equal parts of a range: `index` 1 … `of`. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** What `torch.manual_seed` takes. */
const LEAST = -(2n ** 63n);
const GREATEST = 2n ** 64n - 1n;
const COUNT_MAX = 1_000_000_000;
const EXPECTED = `FIRST:END without END, or one seed, e.g. 0:100000; seeds from −2⁶³ to 2⁶⁴ − 1`;

/**
 * Reads `0:100000` (without the last), or a single seed.
 *
 * @throws InvalidInputError
 */
export function parseSeeds(text: string): SeedRange {
  const found = /^([-−]?\d+)(?::([-−]?\d+))?$/.exec(text.trim());
  if (!found) throw new InvalidInputError('--seeds', text, EXPECTED);
  const first = bigint(found[1]!);
  const end = found[2] === undefined ? first + 1n : bigint(found[2]);
  if (first < LEAST || end - 1n > GREATEST || end <= first) {
    throw new InvalidInputError('--seeds', text, EXPECTED);
  }
  if (end - first > BigInt(COUNT_MAX)) {
    throw new InvalidInputError('--seeds', text, `at most ${COUNT_MAX} seeds`);
  }
  return { first, count: Number(end - first) };
}

function bigint(digits: string): bigint {
  return BigInt(digits.replace('−', '-'));
}

/** Reads `3/16`. @throws InvalidInputError */
export function parseShard(text: string): Shard {
  const [index, of] = (/^(\d{1,9})\/(\d{1,9})$/.exec(text.trim()) ?? []).slice(1).map(Number);
  if (index === undefined || of === undefined || index < 1 || index > of) {
    throw new InvalidInputError('--shard', text, 'PART/PARTS, e.g. 3/16, counted from 1');
  }
  return { index, of };
}

/** The seeds of a part. Parts follow each other and differ by one seed at most, so that their results join by concatenation. */
export function shardOf({ first, count }: SeedRange, { index, of }: Shard): SeedRange {
  const start = Math.floor((count / of) * (index - 1));
  const end = index === of ? count : Math.floor((count / of) * index);
  return { first: first + BigInt(start), count: end - start };
}

/** The seed as a source of the state takes it: PyTorch's generator uses its lower 32 bits. */
export function generatorSeed(seed: bigint): number {
  return Number(BigInt.asUintN(32, seed));
}
