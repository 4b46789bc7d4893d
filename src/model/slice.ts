import { InvalidInputError } from '../input/invalidInput.ts';
import {
  deepFreeze,
  readArray,
  readNumber,
  readObject,
  rejectUnknownKeys,
} from '../input/plainJson.ts';

/** A plane in the input space: x(u) = origin + u₁ axis1 + u₂ axis2, vectors of ℝᵈ. */
export interface Slice {
  readonly origin: readonly number[];
  readonly axis1: readonly number[];
  readonly axis2: readonly number[];
}

/** Entries of a slice are at most this large, so that sums of products with weights stay far from overflow. */
const ENTRY_MAX = 1e15;

const KEYS: readonly (keyof Slice)[] = ['origin', 'axis1', 'axis2'];

/**
 * The slice in which the first two inputs vary and all others are 0. If there is one input, the second axis is 0: the
 * picture is a stripe, which changes from left to right.
 */
export function defaultSlice(inputs: number): Slice {
  const unit = (axis: number) => Array.from({ length: inputs }, (_, i) => Number(i === axis));
  return { origin: unit(-1), axis1: unit(0), axis2: unit(1) };
}

/** Slices that were validated before; they are frozen, so they are valid still. */
const valid = new WeakSet<Slice>();

function accept(slice: Slice): Slice {
  valid.add(deepFreeze(slice));
  return slice;
}

/**
 * @param inputs d, the length of its vectors
 * @returns null for the plane itself, of two inputs; else a frozen slice: the input itself if it comes from here, so that the network
 * is not restricted to it again
 * @throws InvalidInputError for vectors of another length, and for axes that are 0 or parallel (unless d is 1).
 */
export function validateSlice(input: unknown, path: string, inputs: number): Slice | null {
  if (input === null || input === undefined)
    return inputs === 2 ? null : accept(defaultSlice(inputs));
  if (valid.has(input as Slice) && (input as Slice).origin.length === inputs) return input as Slice;
  const given = readObject(input, path, 'null, or an object {origin, axis1, axis2}');
  rejectUnknownKeys(given, KEYS, path, 'a slice');
  const expected = `${inputs} ${inputs === 1 ? 'number' : 'numbers'}, one for each input`;
  const [origin, axis1, axis2] = KEYS.map((key) =>
    readArray(given[key], `${path}.${key}`, [inputs, inputs], expected).map((value, i) =>
      readNumber(value, `${path}.${key}[${i}]`, -ENTRY_MAX, ENTRY_MAX),
    ),
  ) as [number[], number[], number[]];
  if (inputs > 1) checkAxes(axis1, axis2, path, given);
  else if (axis1[0] === 0 && axis2[0] === 0) {
    throw new InvalidInputError(`${path}.axis1`, axis1, 'an axis that is not 0');
  }
  return accept({ origin, axis1, axis2 });
}

/** Below this sine of their angle two axes are parallel up to rounding. */
const SINE_MIN = 1e-9;

function checkAxes(
  axis1: readonly number[],
  axis2: readonly number[],
  path: string,
  given: { readonly [key: string]: unknown },
): void {
  const [length1, length2] = [Math.hypot(...axis1), Math.hypot(...axis2)];
  for (const [name, length] of [
    ['axis1', length1],
    ['axis2', length2],
  ] as const) {
    if (length === 0)
      throw new InvalidInputError(`${path}.${name}`, given[name], 'a vector that is not 0');
  }
  // The part of axis2 across axis1, of unit vectors.
  const [e1, e2] = [axis1.map((v) => v / length1), axis2.map((v) => v / length2)];
  const cosine = e1.reduce((sum, v, i) => sum + v * e2[i]!, 0);
  const sine = Math.hypot(...e2.map((v, i) => v - cosine * e1[i]!));
  if (!(sine > SINE_MIN)) {
    throw new InvalidInputError(
      `${path}.axis2`,
      given.axis2,
      'an axis that is not parallel to axis1',
    );
  }
}

/** x(u), in float64. */
export function pointOfSlice({ origin, axis1, axis2 }: Slice, u1: number, u2: number): number[] {
  return origin.map((o, i) => o + u1 * axis1[i]! + u2 * axis2[i]!);
}

/**
 * The two inputs that a slice varies by themselves: u₁ is x_i and u₂ is x_j. null if its axes are others, or do not count from 0.
 */
export function coordinatesOf({ origin, axis1, axis2 }: Slice): readonly [number, number] | null {
  const [i, j] = [axis1, axis2].map(unitIndex);
  if (i === null || j === null || i === undefined || j === undefined) return null;
  return origin[i] === 0 && origin[j] === 0 ? [i, j] : null;
}

/** i of the i-th unit vector; null for other vectors. */
function unitIndex(vector: readonly number[]): number | null {
  const index = vector.indexOf(1);
  const isUnit = index >= 0 && vector.every((entry, i) => entry === Number(i === index));
  return isUnit ? index : null;
}
