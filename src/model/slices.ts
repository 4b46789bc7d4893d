import { Mt19937 } from './random.ts';
import { coordinatesOf, type Slice } from './slice.ts';

/** The ways in which a person chooses a slice of d inputs: by inputs that vary, by three points, at random. */

type Vector = readonly number[];

/** Everything of `origin` but the two inputs that vary from 0: u₁ is x_i and u₂ is x_j, i ≠ j. */
export function coordinateSlice(origin: Vector, i: number, j: number): Slice {
  const unit = (axis: number) => origin.map((_, input) => Number(input === axis));
  const fixed = origin.map((value, input) => (input === i || input === j ? 0 : value));
  return { origin: fixed, axis1: unit(i), axis2: unit(j) };
}

/** The slice with another value of one input at its origin. */
export function withInput(slice: Slice, input: number, value: number): Slice {
  return { ...slice, origin: slice.origin.map((old, i) => (i === input ? value : old)) };
}

/** The inputs that `withInput` can set, increasing: all but those that the slice varies by themselves. */
export function fixedInputs(slice: Slice): readonly number[] {
  if (slice.origin.length === 1) return [];
  const varying: readonly number[] = coordinatesOf(slice) ?? [];
  return slice.origin.map((_, i) => i).filter((i) => !varying.includes(i));
}

/** The points of a slice at u = (0, 0), (1, 0) and (0, 1). */
export function pointsOf({ origin, axis1, axis2 }: Slice): readonly [Vector, Vector, Vector] {
  return [origin, sum(origin, axis1, 1), sum(origin, axis2, 1)];
}

/** The slice with three given points at u = (0, 0), (1, 0) and (0, 1). */
export function sliceThrough([p1, p2, p3]: readonly [Vector, Vector, Vector]): Slice {
  return { origin: p1, axis1: sum(p2, p1, -1), axis2: sum(p3, p1, -1) };
}

/**
 * A plane through `origin` in a direction that is random and uniform, with orthonormal axes.
 *
 * @param seed a safe integer; the same seed gives the same axes
 * @param origin of 2 inputs at least
 */
export function randomPlane(seed: number, origin: Vector): Slice {
  const generator = new Mt19937(seed);
  const axis1 = normalized(origin.map(() => drawNormal(generator)));
  let axis2 = normalized(origin.map(() => drawNormal(generator)));
  // Twice: the first time leaves what cancellation has cost.
  for (let pass = 0; pass < 2; pass++) {
    axis2 = normalized(sum(axis2, axis1, -dot(axis1, axis2)));
  }
  return { origin, axis1, axis2 };
}

/** A normally distributed number, by the Box–Muller transform. */
function drawNormal(generator: Mt19937): number {
  const uniform = () => (generator.next32() + 0.5) / 2 ** 32;
  return Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** a + factor · b, without a negative zero. */
function sum(a: Vector, b: Vector, factor: number): Vector {
  return a.map((value, i) => value + factor * b[i]! + 0);
}

function dot(a: Vector, b: Vector): number {
  return a.reduce((total, value, i) => total + value * b[i]!, 0);
}

function normalized(vector: Vector): Vector {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
