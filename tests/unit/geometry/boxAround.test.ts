import { expect, test } from 'vitest';
import { boxAround } from '../../../src/geometry/boxAround.ts';

test('points lie within their box, with room of a tenth of the longer side', () => {
  expect(boxAround([0, 5, 10, 7, 4, 6])).toEqual({ x: [-1, 11], y: [4, 8] });
});

test('points on a line, and a single one, have a box with an area', () => {
  expect(boxAround([-1, 0, 1, 0])).toEqual({ x: [-1.2, 1.2], y: [-0.2, 0.2] });
  expect(boxAround([3, 4])).toEqual({ x: [2, 4], y: [3, 5] });
});

test.each([[[1e18, -1e300]], [[1e17, 3, 1e17 + 16, 3]]])(
  'points far from the origin, %j, have a box with an area',
  (places) => {
    const { x, y } = boxAround(places);
    expect(x[0]).toBeLessThan(places[0]!);
    expect(x[1]).toBeGreaterThan(places.at(-2)!);
    expect(y[0]).toBeLessThan(places[1]!);
    expect(y[1]).toBeGreaterThan(places.at(-1)!);
  },
);
