import fc from 'fast-check';
import { expect, it } from 'vitest';
import { projectOnSlice } from '../../../src/model/projectOnSlice.ts';
import { expectNear } from '../expectNear.ts';

it('leaves points of the plane where they are', () => {
  const x = Float64Array.of(1, 2, 3, 4);
  expect(projectOnSlice(null, x)).toEqual({ places: x, distances: null });
});

it('finds the nearest point of a slice, and its distance', () => {
  const slice = { origin: [1, 0, 5], axis1: [2, 0, 0], axis2: [1, 1, 0] };
  const { places, distances } = projectOnSlice(slice, Float64Array.of(6, 3, 7, 1, 0, 5));
  // (6, 3, 7) = origin + 1 · axis1 + 3 · axis2 + (0, 0, 2); the other one is the origin.
  expect([...places]).toEqual([1, 3, 0, 0]);
  expect([...distances!]).toEqual([2, 0]);
});

it('projects onto the line that the slice of one input is', () => {
  const { places, distances } = projectOnSlice(
    { origin: [1], axis1: [2], axis2: [0] },
    Float64Array.of(5, 1),
  );
  expect([...places]).toEqual([2, 0, 0, 0]);
  expect([...distances!]).toEqual([0, 0]);
});

it('is the inverse of the slice on its points', () => {
  const entry = fc.double({ min: -5, max: 5, noNaN: true });
  const vector = fc.tuple(entry, entry, entry);
  fc.assert(
    fc.property(vector, vector, entry, entry, (origin, axis, u1, u2) => {
      // Far from parallel to the first one.
      const axis1 = [1, axis[1] / 10, 0];
      const axis2 = [0, axis[2] / 10, 1];
      const x = Float64Array.from(origin, (o, i) => o + u1 * axis1[i]! + u2 * axis2[i]!);
      const { places, distances } = projectOnSlice({ origin, axis1, axis2 }, x);
      // A dozen roundings of numbers up to 50.
      expectNear(places[0]!, u1, 1e-13);
      expectNear(places[1]!, u2, 1e-13);
      expectNear(distances![0]!, 0, 1e-13);
    }),
  );
});
