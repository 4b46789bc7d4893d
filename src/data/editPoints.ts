import type { DataSpec, PointsSource } from './dataSpec.ts';
import { traitsOf } from './kinds.ts';
import { readDataSpec } from './readDataSpec.ts';

/** Numbers of points that are edited by hand: they become part of the state, and so of links. */
const NUMBERS_MAX = 20_000;

/** Points of classes that a person edits: [n][d], and [n] labels. */
export interface EditedPoints {
  readonly x: readonly (readonly number[])[];
  readonly y: readonly number[];
}

export const NO_POINTS: EditedPoints = { x: [], y: [] };

/**
 * The points of a data set in the order given, without a split; or why they cannot be edited, as a sentence.
 * @param inputs d of the network
 */
export function editedPoints(spec: DataSpec | null, inputs: number): EditedPoints | string {
  if (spec === null) return NO_POINTS;
  const whole = spec.kind === 'points' ? null : traitsOf(spec.kind).make(spec);
  const { x, y } = whole === null ? (spec as PointsSource) : pointsOf(whole.samples, whole.inputs);
  if (whole?.task === 'regression' || typeof y[0] !== 'number') {
    return 'These points have targets instead of classes; a file or a script can change them.';
  }
  if (x[0]!.length !== inputs) {
    return `The data have ${x[0]!.length} inputs, the network ${inputs}.`;
  }
  if (x.length * inputs > NUMBERS_MAX) {
    return `${x.length} points of ${inputs} numbers are too many to be edited by hand.`;
  }
  return { x, y: y as readonly number[] };
}

function pointsOf(
  { count, x, y }: { count: number; x: Float64Array; y: Int32Array | Float64Array },
  inputs: number,
): EditedPoints {
  const rowOf = (i: number) => [...x.subarray(i * inputs, (i + 1) * inputs)];
  return { x: Array.from({ length: count }, (_, i) => rowOf(i)), y: [...y] };
}

export function withPoint({ x, y }: EditedPoints, point: readonly number[], label: number) {
  return { x: [...x, point], y: [...y, label] };
}

export function withoutPoint({ x, y }: EditedPoints, index: number): EditedPoints {
  return { x: x.filter((_, i) => i !== index), y: y.filter((_, i) => i !== index) };
}

export function withPointAt(
  { x, y }: EditedPoints,
  index: number,
  point: readonly number[],
): EditedPoints {
  return { x: x.map((old, i) => (i === index ? point : old)), y };
}

/** The data set of edited points; null if there are none. @throws InvalidInputError if one is too far out */
export function specOfPoints({ x, y }: EditedPoints): DataSpec | null {
  return x.length === 0 ? null : readDataSpec({ kind: 'points', x, y });
}
