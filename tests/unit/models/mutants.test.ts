import { unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { readPoints } from '../../../src/models/points.ts';
import { readModelFile } from '../../../src/models/readModelFile.ts';
import { countAllocated } from './countAllocated.ts';
import { modelBytes, pointsBytes } from './files.ts';
import {
  faultOf,
  join,
  MUTANTS,
  MUTANTS_LIMIT_MS,
  type Mutate,
  mutate,
  pick,
  readMutants,
} from './mutants.ts';

/** One member is another, with a checksum that is right: the zip alone would keep mutants from its members. */
const mutateMember: Mutate = (bytes, random) => {
  const members = unzipSync(bytes);
  const name = pick(Object.keys(members), random);
  return zipSync({ ...members, [name]: mutate(members[name]!, random) }, { level: 0 });
};

/** The header of a safetensors file is another, with a length that is right. */
const mutateHeader: Mutate = (bytes, random) => {
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const header = mutate(bytes.subarray(8, 8 + length), random);
  const lengthBytes = new Uint8Array(8);
  new DataView(lengthBytes.buffer).setUint32(0, header.length, true);
  return join(lengthBytes, header, bytes.subarray(8 + length));
};

type Case = readonly [file: string, make: Mutate];

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
  cases.map(([file, make]) => ({ file, make, count: Math.ceil(MUTANTS / cases.length) })),
);
/** With their numbers of columns. */
const POINTS: readonly (readonly [file: string, columns: number])[] = [
  ['plane.csv', 5],
  ['corners.npy', 64],
];

for (const { file, make, count } of CASES) {
  test(`mutants of ${file} by ${make.name} are read, or refused by a ModelFileError`, {
    timeout: MUTANTS_LIMIT_MS,
  }, () => {
    const bytes = modelBytes(file);
    const refused = readMutants(
      file,
      count,
      (_, random) => make(bytes, random),
      (mutant) => faultOf(readModelFile([{ name: file, bytes: mutant }]).network),
    );
    expect(refused).toBeGreaterThan(0.1);
  });
}

test.each(POINTS)(
  'mutants of the points %s are read, or refused by a ModelFileError',
  {
    timeout: MUTANTS_LIMIT_MS,
  },
  (file, columns) => {
    const bytes = pointsBytes(file);
    const refused = readMutants(
      file,
      MUTANTS / POINTS.length,
      (_, random) => mutate(bytes, random),
      (mutant) => {
        const { rows, values } = readPoints({ name: file, bytes: mutant }, columns);
        const isSound = values.length === rows * columns && values.every(Number.isFinite);
        return isSound ? null : 'are no sound points';
      },
    );
    expect(refused).toBeGreaterThan(0.1);
  },
);

test('what a reader allocates is counted, whichever way', () => {
  const cost = (run: () => void) => countAllocated(run);
  expect(cost(() => new Float64Array(1000))).toBe(8000);
  expect(cost(() => Float32Array.from([1, 2, 3]))).toBe(12);
  expect(cost(() => new Uint8Array(new ArrayBuffer(500)).subarray(100))).toBe(500);
  const values = new Float64Array(10);
  expect(cost(() => values.slice(2).map((value) => value))).toBe(128);
  expect(cost(() => Array.from({ length: 7 }))).toBe(56);
  expect(cost(() => void values[3])).toBe(0);
});
