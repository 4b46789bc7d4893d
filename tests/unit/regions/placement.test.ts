import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placementIn } from '../../../src/regions/placement.ts';
import { pan, planePoint, type View } from '../../../src/view/view.ts';

const unit = fc.double({ min: -1, max: 1, noNaN: true });

describe('placementIn', () => {
  it('finds places of a window in another view of about its depth, at any depth and distance', () => {
    fc.assert(
      fc.property(
        fc.tuple(unit, unit),
        fc.tuple(unit, unit),
        fc.integer({ min: -12, max: 3 }),
        (moved, place, decade) => {
          const halfWidth = 10 ** decade;
          const counted: View = { center: [1000, -737.3], centerLow: [1e-14, 0], halfWidth };
          const view = pan(counted, moved);
          const { toView, fromView } = placementIn(view, { x: [-1, 1], y: [-1, 1], ...counted });
          const u = toView(place[0] * halfWidth, place[1] * halfWidth);
          for (const axis of [0, 1] as const) {
            // Subtractions and divisions of numbers of about the half-width, and 2⁻¹⁰⁴ of the centre.
            const expected = place[axis] - moved[axis];
            expect(Math.abs(u[axis] - expected) <= 1e-14).toBe(true);
            const error = Math.abs(fromView(u)[axis] - place[axis] * halfWidth);
            expect(error <= 1e-14 * halfWidth).toBe(true);
          }
        },
      ),
    );
  });

  it('counts from the origin for the plane and for windows without a centre', () => {
    const view: View = { center: [2, 1], centerLow: [0, 0], halfWidth: 0.5 };
    for (const window of [null, { x: [0, 1], y: [0, 1] } as const]) {
      const { toView, fromView } = placementIn(view, window);
      expect(toView(2.25, 1.5)).toEqual([0.5, 1]);
      const {
        x: { high: x },
        y: { high: y },
      } = planePoint(view, [0.5, 1]);
      expect(fromView([0.5, 1])).toEqual([x, y]);
    }
  });
});
