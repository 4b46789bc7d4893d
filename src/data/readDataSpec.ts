import { InvalidInputError } from '../input/invalidInput.ts';
import {
  deepFreeze,
  readInteger,
  readNumber,
  readObject,
  readOneOf,
  rejectUnknownKeys,
} from '../input/plainJson.ts';
import { MAX_NUMPY_SEED } from '../model/numpyRandom.ts';
import type { DataSource, DataSpec, Split } from './dataSpec.ts';
import { DATA_KINDS, type Member, type SourceKind, traitsOf } from './kinds.ts';
import { testCount } from './split.ts';

export const DATA_KIND_NAMES = Object.keys(DATA_KINDS) as readonly SourceKind[];

const SPLIT_KEYS: readonly (keyof Split)[] = ['testSize', 'seed'];
/** What `train_test_split` takes without a word. */
const DEFAULT_TEST_SIZE = 0.25;

/** What has been read before; it is frozen, so it is valid still. */
const valid = new WeakSet<object>();

/**
 * Turns unchecked JSON into the spec of a data set; missing members get their defaults.
 * @param path the input's name in messages
 * @returns a frozen spec; the input itself if it comes from here
 * @throws InvalidInputError that names the wrong part, what was received and what is expected
 */
export function readDataSpec(input: unknown, path = 'data'): DataSpec {
  // Before it is read, which copies it.
  if (valid.has(input as object)) return input as DataSpec;
  const given = readObject(input, path, 'an object {kind, …}');
  const kind = readOneOf(given.kind as SourceKind, `${path}.kind`, DATA_KIND_NAMES);
  const traits = traitsOf(kind);
  const members = Object.entries<Member<unknown>>(traits.members);
  rejectUnknownKeys(given, ['kind', ...members.map(([key]) => key), 'split'], path, kind);
  // scikit-learn's None is no number here: what is given as null is refused, not taken for a default.
  const read = members.map(([key, { read, initial }]) => [
    key,
    read(given[key] === undefined ? initial : given[key], `${path}.${key}`),
  ]);
  const source = { kind, ...Object.fromEntries(read) } as DataSource;
  traits.check?.(source, path);
  const split = readSplit(given.split ?? null, `${path}.split`, traits.count(source));
  const spec = deepFreeze({ ...source, split });
  valid.add(spec);
  return spec;
}

/** @param count the points to be split @throws InvalidInputError */
function readSplit(input: unknown, path: string, count: number): Split | null {
  if (input === null) return null;
  const given = readObject(input, path, 'null, or an object {testSize, seed}');
  rejectUnknownKeys(given, SPLIT_KEYS, path, 'a split');
  const { testSize = DEFAULT_TEST_SIZE, seed = 0 } = given;
  const split = {
    testSize: readNumber(testSize, `${path}.testSize`, 0, 1),
    seed: readInteger(seed, `${path}.seed`, 0, MAX_NUMPY_SEED),
  };
  const test = testCount(count, split);
  if (test === 0 || test === count) {
    const expected = `a share that leaves some of ${count} points for training and some for testing`;
    throw new InvalidInputError(`${path}.testSize`, testSize, expected);
  }
  return split;
}
