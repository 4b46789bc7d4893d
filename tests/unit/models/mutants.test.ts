import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { FullNetwork } from '../../../src/model/networks.ts';
import { ModelFileError } from '../../../src/models/modelFile.ts';
import { readModelFile } from '../../../src/models/readModelFile.ts';
import { modelBytes } from './files.ts';

const IS_LONG = process.env.RELUSCOPE_LONG !== undefined;
/** Of each reader. */
const MUTANTS = IS_LONG ? 1_000_000 : 20_000;

type Random = () => number;

/** Numbers below 1 from a seed. Source: T. Ettinger, mulberry32. */
function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Numbers that lengths, counts and offsets often get wrong. */
const TELLING = [0, 1, 0x7f, 0x80, 0xff];
const TELLING_TEXTS = [
  '-1',
  '1e999',
  '99999999',
  '9007199254740993',
  'NaN',
  '[',
  ']',
  '{',
  '"',
  ',',
  '//',
  '\n',
];

const MUTATIONS: readonly ((bytes: Uint8Array, at: number, random: Random) => Uint8Array)[] = [
  (bytes, at, random) => bytes.with(at, random() * 256),
  (bytes, at, random) => bytes.with(at, bytes[at]! ^ (1 << (random() * 8))),
  (bytes, at, random) => bytes.map((byte, i) => (i >= at && i < at + 4 ? telling(random) : byte)),
  (bytes, at) => bytes.slice(0, at),
  (bytes, at, random) => join(bytes.subarray(0, at), bytes.subarray(at + 1 + random() * 16)),
  (bytes, at, random) => join(bytes.subarray(0, at + random() * 64), bytes.subarray(at)),
  (bytes, at, random) =>
    join(join(bytes.subarray(0, at), strToU8(pick(TELLING_TEXTS, random))), bytes.subarray(at + 1)),
];

function pick<T>(list: readonly T[], random: Random): T {
  return list[Math.floor(random() * list.length)]!;
}

const telling = (random: Random) => pick(TELLING, random);

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}

function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  let mutant = bytes;
  for (let left = 1 + Math.floor(random() * 3); left > 0 && mutant.length > 0; left -= 1) {
    mutant = pick(MUTATIONS, random)(mutant, Math.floor(random() * mutant.length), random);
  }
  return mutant;
}

/** One member is another, with a checksum that is right: the zip alone would keep mutants from its members. */
function mutateMember(bytes: Uint8Array, random: Random): Uint8Array {
  const members = unzipSync(bytes);
  const name = pick(Object.keys(members), random);
  return zipSync({ ...members, [name]: mutate(members[name]!, random) }, { level: 0 });
}

/** The header of a safetensors file is another, with a length that is right. */
function mutateHeader(bytes: Uint8Array, random: Random): Uint8Array {
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const header = mutate(bytes.subarray(8, 8 + length), random);
  const lengthBytes = new Uint8Array(8);
  new DataView(lengthBytes.buffer).setUint32(0, header.length, true);
  return join(join(lengthBytes, header), bytes.subarray(8 + length));
}

function isSound({ layers }: FullNetwork): boolean {
  return layers.every(
    ({ inputs, outputs, weight, bias }, i) =>
      inputs === (layers[i - 1]?.outputs ?? inputs) &&
      weight.length === inputs * outputs &&
      bias.length === outputs &&
      [...weight, ...bias].every(Number.isFinite),
  );
}

type Case = readonly [file: string, make: typeof mutate];

/** The files from which the mutants of each reader are made. */
const READERS: readonly (readonly Case[])[] = [
  [
    ['small.npz', mutate],
    ['small_fortran.npz', mutate],
    ['small_inputs_first.npz', mutateMember],
  ],
  [
    ['small_half.safetensors', mutate],
    ['small.safetensors', mutateHeader],
  ],
  [['small.nnet', mutate]],
  [
    ['small_layers.json', mutate],
    ['small_columns.json', mutate],
  ],
  [
    ['torch.pt', mutate],
    ['pickle.pkl', mutate],
  ],
];
const CASES = READERS.flatMap((cases) =>
  cases.map(([file, make]) => ({ file, make, count: MUTANTS / cases.length })),
);
const LIMIT_MS = IS_LONG ? 3_600_000 : 600_000;

for (const { file, make, count } of CASES) {
  test(`mutants of ${file} by ${make.name} are read, or refused by a ModelFileError`, {
    timeout: LIMIT_MS,
  }, () => {
    const bytes = modelBytes(file);
    const random = randomFrom(1);
    const wrong: string[] = [];
    let refused = 0;
    let slowest = 0;
    for (let i = 0; i < count; i += 1) {
      const mutant = make(bytes, random);
      const start = performance.now();
      try {
        const { network } = readModelFile([{ name: file, bytes: mutant }]);
        if (!isSound(network)) wrong.push(`mutant ${i} is no network`);
      } catch (error) {
        if (error instanceof ModelFileError) refused += 1;
        else wrong.push(`mutant ${i}: ${error}\n${strFromU8(mutant, true)}`);
      }
      slowest = Math.max(slowest, performance.now() - start);
    }
    expect(wrong).toEqual([]);
    expect(refused).toBeGreaterThan(count / 10);
    if (IS_LONG) console.info(`the slowest of ${file} took ${Math.round(slowest)} ms`);
  });
}
