import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DECADES_MAX, DECADES_MIN, type Projection, toView } from '../../../src/view/projection.ts';
import { centerAt, dragRing, zoomRings, zoomToBox } from '../../../src/view/radialMoves.ts';
import { HALF_WIDTH_MAX, HALF_WIDTH_MIN, planePoint, type View } from '../../../src/view/view.ts';
import { EPSILON, expectNear } from '../expectNear.ts';

const VIEW: View = { center: [1, -2], centerLow: [0, 0], halfWidth: 5 };
const SIX: Projection = { kind: 'logRadial', decades: 6 };
const decades = fc.double({ min: DECADES_MIN, max: DECADES_MAX, noNaN: true });
const radius = fc.double({ min: 1e-3, max: 1.9, noNaN: true });

describe('a drag', () => {
  it('moves a ring along with the pointer, and keeps the centre', () => {
    fc.assert(
      fc.property(decades, radius, radius, (count, from, to) => {
        const projection: Projection = { kind: 'logRadial', decades: count };
        const moved = dragRing(VIEW, count, from, to);
        expect(moved.center).toEqual(VIEW.center);
        fc.pre(moved.halfWidth > HALF_WIDTH_MIN && moved.halfWidth < HALF_WIDTH_MAX);
        const [before] = toView(projection, [from, 0]);
        const [after] = toView(projection, [to, 0]);
        // Powers of ten up to 36 decades apart, each rounded.
        const ratio = (after * moved.halfWidth) / (before * VIEW.halfWidth);
        expect(Math.abs(ratio - 1) <= 1e-13, `ratio ${ratio}`).toBe(true);
      }),
    );
  });

  it('ends at the limits of the half-width', () => {
    expect(dragRing(VIEW, 12, 0, 1.9).halfWidth).toBe(HALF_WIDTH_MIN);
    expect(dragRing(VIEW, 12, 1.9, 0).halfWidth).toBe(HALF_WIDTH_MAX);
  });
});

describe('a zoom', () => {
  it('moves rings by the same part of the picture over any decades but the fewest', () => {
    for (const count of [2, 6, 12]) {
      const zoomed = zoomRings(VIEW, count, 2);
      const shift = Math.log10(zoomed.halfWidth / VIEW.halfWidth) / count;
      // Half-widths of up to 10⁴, whose logarithms are rounded.
      expectNear(shift, Math.log10(2) / 2, 8 * EPSILON);
      expect(zoomed.center).toEqual(VIEW.center);
    }
    expect(zoomRings(VIEW, 1, 2).halfWidth).toBe(10);
  });

  it('out undoes a zoom in', () => {
    const { halfWidth } = zoomRings(zoomRings(VIEW, 5, 2), 5, 0.5);
    expect(Math.abs(halfWidth - VIEW.halfWidth)).toBeLessThanOrEqual(1e-14);
  });
});

describe('a double click', () => {
  it('makes the point under it the centre', () => {
    const moved = centerAt(VIEW, SIX, [0.3, -0.4]);
    const {
      x: { high: x },
      y: { high: y },
    } = planePoint(VIEW, toView(SIX, [0.3, -0.4]));
    expect(moved.center).toEqual([x, y]);
    expect(moved.halfWidth).toBe(VIEW.halfWidth);
  });
});

describe('a box', () => {
  it('centres on its middle and reaches to its furthest corner', () => {
    const moved = zoomToBox(VIEW, SIX, [0.5, 0.1], [0.7, 0.3]);
    const {
      x: { high: x },
      y: { high: y },
    } = planePoint(VIEW, toView(SIX, [0.6, 0.2]));
    // The middle of the corners is not 0.6 and 0.2 to the last digit, and each power of ten rounds.
    const rounding = 32 * Math.hypot(x, y) * EPSILON;
    expectNear(moved.center[0], x, rounding);
    expectNear(moved.center[1], y, rounding);
    const far = planePoint(VIEW, toView(SIX, [0.7, 0.3]));
    expectNear(moved.halfWidth, Math.hypot(far.x.high - x, far.y.high - y), rounding);
  });

  it('without any area changes nothing', () => {
    expect(zoomToBox(VIEW, SIX, [0.5, 0.5], [0.5, 0.5])).toBe(VIEW);
  });
});
