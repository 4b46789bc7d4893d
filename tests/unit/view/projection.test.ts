import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Vec2 } from '../../../src/model/field.ts';
import {
  cornerRadius,
  DECADES_MAX,
  DECADES_MIN,
  lengthAt,
  lengthSeenAt,
  PLANE,
  type Projection,
  radiusAt,
  toPicture,
  toView,
} from '../../../src/view/projection.ts';
import { EPSILON, expectNear } from '../expectNear.ts';

const SIX: Projection = { kind: 'logRadial', decades: 6 };

const arbitraryLogRadial = fc
  .double({ min: DECADES_MIN, max: DECADES_MAX, noNaN: true })
  .map((decades): Projection => ({ kind: 'logRadial', decades }));

/** Places of a picture up to three times as wide as high, by radius and angle. */
const arbitraryPlace = fc
  .tuple(
    fc.double({ min: 1e-3, max: 3, noNaN: true }),
    fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
  )
  .map(([rho, angle]): Vec2 => [rho * Math.cos(angle), rho * Math.sin(angle)]);

function expectClose(received: Vec2, expected: Vec2, tolerance: number): void {
  const error = Math.hypot(received[0] - expected[0], received[1] - expected[1]);
  expect(error <= tolerance, `received ${received}, expected ${expected}`).toBe(true);
}

describe('the log-radial picture', () => {
  it('shows the half-width at radius 1, and a decade less per sixth of it', () => {
    expectClose(toView(SIX, [1, 0]), [1, 0], 1e-15);
    expectClose(toView(SIX, [0, -0.5]), [0, -1e-3], 1e-18);
    expectClose(toView(SIX, [0.3, 0.4]), [0.6e-3, 0.8e-3], 1e-18);
    // Beyond the radius 1, in the corners, it goes on.
    expectClose(toView(SIX, [-1.5, 0]), [-1e3, 0], 1e-10);
  });

  it('has the centre in its middle, and there everything too near to be distinguished', () => {
    expect(toView(SIX, [0, 0])).toEqual([0, 0]);
    expect(toPicture(SIX, [0, 0])).toEqual([0, 0]);
    expect(toPicture(SIX, [3e-7, -4e-7])).toEqual([0, 0]);
    expectClose(toPicture(SIX, [0, 1e-3]), [0, 0.5], 1e-15);
  });

  it('goes from picture to view and back', () => {
    fc.assert(
      fc.property(arbitraryLogRadial, arbitraryPlace, (projection, w) => {
        // The power of ten loses up to 36 · ln 10 units in the last place, the logarithm gives them back.
        expectClose(toPicture(projection, toView(projection, w)), w, 1e-14);
      }),
    );
  });

  it('keeps directions, and orders radii as lengths', () => {
    fc.assert(
      fc.property(arbitraryLogRadial, arbitraryPlace, (projection, w) => {
        const u = toView(projection, w);
        const [length, rho] = [Math.hypot(...u), Math.hypot(...w)];
        expectClose([u[0] / length, u[1] / length], [w[0] / rho, w[1] / rho], 1e-15);
        expect(Math.abs(length / lengthAt(projection, rho) - 1)).toBeLessThanOrEqual(1e-15);
        expect(lengthAt(projection, rho * 1.01)).toBeGreaterThan(length);
        expect(radiusAt(projection, length * 1.01)).toBeGreaterThan(radiusAt(projection, length));
      }),
    );
  });

  it('shows lengths of the size of the distance from the centre', () => {
    expectNear(lengthSeenAt(SIX, [0, 0.5]), 1e-3, 1e-3 * 4 * EPSILON);
    expect(lengthSeenAt(PLANE, [0, 0.5])).toBe(1);
  });

  it('reaches furthest in its corners', () => {
    expect(cornerRadius(300, 300)).toBe(Math.SQRT2);
    expect(cornerRadius(400, 300)).toBe(cornerRadius(300, 400));
    expectNear(cornerRadius(400, 300), 5 / 3, 2 * EPSILON);
    // The exponent, 4, is rounded and counts ln 10 times.
    expectNear(lengthAt(SIX, cornerRadius(400, 300)), 1e4, 1e4 * 16 * EPSILON);
  });

  it('ends forty decades over the half-width, however long the picture is', () => {
    expect(lengthAt(SIX, cornerRadius(4000, 300))).toBe(1e40);
    expect(toView(SIX, [100, 0])).toEqual([1e40, 0]);
    expectNear(lengthAt(SIX, 1 + 39 / 6), 1e39, 1e39 * 4 * 39 * EPSILON);
  });
});

describe('the plane', () => {
  it('is its own picture', () => {
    fc.assert(
      fc.property(arbitraryPlace, (w) => {
        expect(toView(PLANE, w)).toEqual(w);
        expect(toPicture(PLANE, w)).toEqual(w);
      }),
    );
    expect(lengthAt(PLANE, 0.25)).toBe(0.25);
    expect(radiusAt(PLANE, 0.25)).toBe(0.25);
  });
});
