import { readInteger, readNumber } from '../input/plainJson.ts';
import { MAX_OUTPUTS } from '../model/networks.ts';
import { MAX_NUMPY_SEED } from '../model/numpyRandom.ts';
import type { DataSource } from './dataSpec.ts';
import { DIGIT_COUNT, DIGITS_SHAPE, digits, loadDigits } from './digits.ts';
import { makeFormula, makeSpirals, makeXor } from './drawnSets.ts';
import { readFormula } from './formula.ts';
import {
  checkAnswers,
  EXERCISE_POINTS,
  MAX_SAMPLES,
  MAX_VALUE,
  makeExercise,
  makePoints,
  readAnswers,
  readPoints,
} from './points.ts';
import { makeBlobs, makeCircles, makeMoons } from './sklearn.ts';
import type { WholeSet } from './wholeSet.ts';

export type SourceKind = DataSource['kind'];
export type SourceOf<K extends SourceKind> = Extract<DataSource, { readonly kind: K }>;

/** All that is known of a kind of data set. A new kind is one entry of DATA_KINDS. */
export interface DataKind<S extends DataSource> {
  /** What people call it. */
  readonly title: string;
  /** Readers of its members; each throws an InvalidInputError. */
  readonly members: { readonly [M in Exclude<keyof S, 'kind'>]: Member<S[M]> };
  /** Throws an InvalidInputError if members do not fit together. */
  readonly check?: (source: S, path: string) => void;
  /** n */
  count(source: S): number;
  /** Fetches what `make` needs besides the source. */
  readonly load?: () => Promise<void>;
  /** What is known of the set before that has been fetched. */
  readonly shape?: Pick<WholeSet, 'task' | 'inputs' | 'outputs'>;
  /** null if that has not been fetched. */
  make(source: S): WholeSet | null;
}

export interface Member<T> {
  read(input: unknown, path: string): T;
  /** What is taken if it is left out; undefined if it must be given. */
  readonly initial?: T;
}

const integer = (initial: number, min: number, max: number): Member<number> => ({
  read: (input, path) => readInteger(input, path, min, max),
  initial,
});
const number = (initial: number, min: number, max: number): Member<number> => ({
  read: (input, path) => readNumber(input, path, min, max),
  initial,
});

const NOISE_MAX = 1e6;
const TURNS_MAX = 100;
/** scikit-learn excludes 1. */
const FACTOR_MAX = 1 - 2 ** -53;

const SEED = integer(0, 0, MAX_NUMPY_SEED);
const DRAWN = {
  samples: integer(200, 1, MAX_SAMPLES),
  noise: number(0.1, 0, NOISE_MAX),
  seed: SEED,
};
const countDrawn = ({ samples }: { readonly samples: number }) => samples;

export const DATA_KINDS: { readonly [K in SourceKind]: DataKind<SourceOf<K>> } = {
  moons: { title: 'moons', members: DRAWN, count: countDrawn, make: makeMoons },
  circles: {
    title: 'circles',
    members: { ...DRAWN, factor: number(0.5, 0, FACTOR_MAX) },
    count: countDrawn,
    make: makeCircles,
  },
  blobs: {
    title: 'blobs',
    members: {
      samples: DRAWN.samples,
      centers: integer(3, 2, MAX_OUTPUTS),
      standardDeviation: number(1, 0, NOISE_MAX),
      seed: SEED,
    },
    count: countDrawn,
    make: makeBlobs,
  },
  spirals: {
    title: 'two spirals',
    members: { ...DRAWN, noise: number(0, 0, NOISE_MAX), turns: number(1.5, 0, TURNS_MAX) },
    count: countDrawn,
    make: makeSpirals,
  },
  xor: {
    title: 'XOR',
    members: { ...DRAWN, noise: number(0, 0, NOISE_MAX) },
    count: countDrawn,
    make: makeXor,
  },
  exercise: {
    title: 'the exercise’s four points',
    members: {},
    count: () => EXERCISE_POINTS.x.length,
    make: makeExercise,
  },
  points: {
    title: 'points of your own',
    members: { x: { read: readPoints }, y: { read: readAnswers } },
    check: checkAnswers,
    count: ({ x }) => x.length,
    make: makePoints,
  },
  formula: {
    title: 'a function',
    members: {
      ...DRAWN,
      noise: number(0, 0, NOISE_MAX),
      formula: { read: readFormula },
      halfWidth: number(3, 1e-6, MAX_VALUE),
    },
    // Only its values show whether it has them everywhere.
    check: (source, path) => void makeFormula(source, `${path}.formula`),
    count: countDrawn,
    make: (source) => makeFormula(source, 'formula'),
  },
  digits: {
    title: 'handwritten digits',
    members: {},
    count: () => DIGIT_COUNT,
    load: loadDigits,
    shape: DIGITS_SHAPE,
    make: digits,
  },
};

/** The traits of a kind, which take its sources only. */
export function traitsOf(kind: SourceKind): DataKind<DataSource> {
  return DATA_KINDS[kind] as DataKind<DataSource>;
}
