import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coordinatesOf, pointOfSlice, validateSlice } from '../../../src/model/slice.ts';
import {
  coordinateSlice,
  fixedInputs,
  pointsOf,
  randomPlane,
  sliceThrough,
  withInput,
} from '../../../src/model/slices.ts';

const whole = fc.integer({ min: -1000, max: 1000 });
const vector = (length: number) => fc.array(whole, { minLength: length, maxLength: length });
const inputs = fc.oneof(fc.integer({ min: 2, max: 9 }), fc.constant(784));

describe('coordinateSlice', () => {
  const choice = inputs
    .chain((count) => fc.tuple(vector(count), fc.nat(count - 1), fc.nat(count - 1)))
    .filter(([, i, j]) => i !== j);

  it('varies two inputs by themselves, and keeps all others', () => {
    fc.assert(
      fc.property(choice, whole, whole, ([origin, i, j], u1, u2) => {
        const slice = coordinateSlice(origin, i, j);
        expect(coordinatesOf(slice)).toEqual([i, j]);
        const expected = origin.map((x, input) => (input === i ? u1 : input === j ? u2 : x));
        expect(pointOfSlice(slice, u1, u2)).toEqual(expected);
        expect(fixedInputs(slice)).toEqual(
          origin.map((_, input) => input).filter((input) => input !== i && input !== j),
        );
      }),
    );
  });

  it('is the same slice still when another input is set', () => {
    const slice = withInput(coordinateSlice([7, 8, 9], 2, 0), 1, 3);
    expect(slice).toEqual({ origin: [0, 3, 0], axis1: [0, 0, 1], axis2: [1, 0, 0] });
  });
});

describe('fixedInputs', () => {
  it('are all inputs of a plane that is no coordinate plane, and none of a single one', () => {
    expect(fixedInputs({ origin: [0, 0], axis1: [1, 1], axis2: [0, 1] })).toEqual([0, 1]);
    expect(fixedInputs({ origin: [2], axis1: [1], axis2: [0] })).toEqual([]);
  });
});

describe('sliceThrough', () => {
  it('passes through the three points', () => {
    const points = inputs.chain((d) => fc.tuple(vector(d), vector(d), vector(d)));
    fc.assert(
      fc.property(points, ([p1, p2, p3]) => {
        const slice = sliceThrough([p1, p2, p3]);
        expect(pointOfSlice(slice, 0, 0)).toEqual(p1);
        expect(pointOfSlice(slice, 1, 0)).toEqual(p2);
        expect(pointOfSlice(slice, 0, 1)).toEqual(p3);
        expect(pointsOf(slice)).toEqual([p1, p2, p3]);
      }),
    );
  });
});

describe('randomPlane', () => {
  it('has orthonormal axes through the origin, the same for the same seed', () => {
    const given = inputs.chain((count) => fc.tuple(fc.maxSafeInteger(), vector(count)));
    fc.assert(
      fc.property(given, ([seed, origin]) => {
        const slice = randomPlane(seed, origin);
        const { axis1, axis2 } = slice;
        const dot = (a: readonly number[], b: readonly number[]) =>
          a.reduce((total, value, i) => total + value * b[i]!, 0);
        // A few roundings of sums of up to 784 products.
        for (const [product, expected] of [
          [dot(axis1, axis1), 1],
          [dot(axis2, axis2), 1],
          [dot(axis1, axis2), 0],
        ] as const) {
          expect(Math.abs(product - expected) <= 1e-14).toBe(true);
        }
        expect(slice.origin).toEqual(origin);
        expect(validateSlice(slice, 'slice', origin.length)).toEqual(slice);
        expect(randomPlane(seed, origin)).toEqual(slice);
      }),
    );
  });

  it('has another direction for the next seed', () => {
    expect(randomPlane(1, [0, 0, 0]).axis1).not.toEqual(randomPlane(0, [0, 0, 0]).axis1);
  });

  it('prefers no direction', () => {
    // The mean of e₁² over uniform directions of ℝ⁴ is 1/4, with a standard deviation of 0.2; 400 of them: 0.01.
    const squares = Array.from({ length: 400 }, (_, seed) => randomPlane(seed, [0, 0, 0, 0]));
    const mean = squares.reduce((total, { axis1 }) => total + axis1[0]! ** 2, 0) / 400;
    expect(Math.abs(mean - 0.25)).toBeLessThanOrEqual(0.05);
  });
});
