import { InvalidInputError } from '../input/invalidInput.ts';
import { readArray, readInteger, readNumber } from '../input/plainJson.ts';
import { MAX_INPUTS, MAX_OUTPUTS } from '../model/networks.ts';
import type { PointsSource } from './dataSpec.ts';
import { numberedClasses, PLANE_NAMES, type WholeSet } from './wholeSet.ts';

/** Points of any data set. */
export const MAX_SAMPLES = 100_000;
/** Inputs and targets of given points together: they are JSON. */
const MAX_NUMBERS = 2_000_000;
/** Sums of products with weights stay far from overflow. */
export const MAX_VALUE = 1e15;

/** The classic exercise: which of these a single neuron can separate. */
export const EXERCISE_POINTS: PointsSource = {
  kind: 'points',
  x: [
    [1, 1],
    [2, 2],
    [1, 2],
    [2, 3],
  ],
  y: [1, 1, 0, 0],
};

/** The exercise's points, whose classes have the names that it gives them. */
export function makeExercise(): WholeSet {
  const made = makePoints(EXERCISE_POINTS) as WholeSet & { readonly task: 'classification' };
  return { ...made, classNames: ['class 0', 'class 1'] };
}

/** The points in the order given. */
export function makePoints({ x, y }: PointsSource): WholeSet {
  const inputs = x[0]!.length;
  const shape = { inputs, inputNames: inputs === 2 ? PLANE_NAMES : namesOf(inputs) };
  const rows = { count: x.length, x: Float64Array.from(x.flat()) };
  if (areTargets(y)) {
    const samples = { ...rows, y: Float64Array.from(y.flat()) };
    return { task: 'regression', ...shape, outputs: y[0]!.length, samples };
  }
  const classes = y.reduce((count, label) => Math.max(count, label + 1), 2);
  const samples = { ...rows, y: Int32Array.from(y) };
  return {
    task: 'classification',
    ...shape,
    outputs: classes,
    classNames: numberedClasses(classes),
    samples,
  };
}

/** [n][d] finite numbers. @throws InvalidInputError */
export function readPoints(input: unknown, path: string): readonly (readonly number[])[] {
  return readRows(input, path, MAX_INPUTS, 'points');
}

/** Labels [n], integers from 0, or targets [n][K]. @throws InvalidInputError */
export function readAnswers(input: unknown, path: string): PointsSource['y'] {
  if (Array.isArray(input) && Array.isArray(input[0])) {
    return readRows(input, path, MAX_OUTPUTS, 'targets');
  }
  const expected = `1 to ${MAX_SAMPLES} labels, or targets [[…], …]`;
  return readArray(input, path, [1, MAX_SAMPLES], expected).map((label, i) =>
    readInteger(label, `${path}[${i}]`, 0, MAX_OUTPUTS - 1),
  );
}

/** @throws InvalidInputError unless there is an answer for each point. */
export function checkAnswers({ x, y }: PointsSource, path: string): void {
  if (x.length === y.length) return;
  const received = `${y.length} of them`;
  throw new InvalidInputError(`${path}.y`, received, `${x.length}, one for each point of x`);
}

function readRows(
  input: unknown,
  path: string,
  maxWidth: number,
  what: string,
): readonly (readonly number[])[] {
  const rows = readArray(input, path, [1, MAX_SAMPLES], `1 to ${MAX_SAMPLES} ${what} [[…], …]`);
  const width = Array.isArray(rows[0]) ? rows[0].length : 0;
  const isSmall = width >= 1 && width <= maxWidth && width * rows.length <= MAX_NUMBERS;
  if (!isSmall) {
    const expected = `lists of 1 to ${maxWidth} numbers, at most ${MAX_NUMBERS} altogether`;
    throw new InvalidInputError(`${path}[0]`, rows[0], expected);
  }
  return rows.map((row, i) =>
    readArray(row, `${path}[${i}]`, [width, width], `${width} numbers, as ${path}[0] has`).map(
      (value, k) => readNumber(value, `${path}[${i}][${k}]`, -MAX_VALUE, MAX_VALUE),
    ),
  );
}

function areTargets(y: PointsSource['y']): y is readonly (readonly number[])[] {
  return typeof y[0] !== 'number';
}

function namesOf(inputs: number): string[] {
  const subscript = (n: number) => String(n).replace(/\d/g, (digit) => '₀₁₂₃₄₅₆₇₈₉'[+digit]!);
  return Array.from({ length: inputs }, (_, i) => `x${subscript(i + 1)}`);
}
