import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInputError } from '../../../src/input/invalidInput.ts';
import type { Vec2 } from '../../../src/model/field.ts';
import type { DoubleDouble, Point } from '../../../src/numeric/doubleDouble.ts';
import { twoSum } from '../../../src/numeric/doubleDouble.ts';
import type { View } from '../../../src/view/view.ts';
import {
  boxZoom,
  CENTER_MAX,
  equalViews,
  extent,
  HALF_WIDTH_MAX,
  HALF_WIDTH_MIN,
  HALF_WIDTH_PRESETS,
  HOME,
  pan,
  pixelToView,
  planePoint,
  setHalfWidth,
  viewCoordinate,
  zoomAbout,
} from '../../../src/view/view.ts';
import { expectNear } from '../expectNear.ts';
import { exactly, minus, plus, ratio, times } from '../numeric/rational.ts';

const coordinate = fc.double({ min: -1.5, max: 1.5, noNaN: true });
const point: fc.Arbitrary<Vec2> = fc.tuple(coordinate, coordinate);
const part = fc
  .tuple(fc.double({ min: -1e4, max: 1e4, noNaN: true }), coordinate)
  .map(([high, low]) => twoSum(high, low * 1e-13));
const halfWidth = fc.double({ min: -12, max: 9, noNaN: true }).map((power) => 10 ** power);
const view: fc.Arbitrary<View> = fc.tuple(part, part, halfWidth).map(([x, y, size]) => ({
  center: [x.high, y.high],
  centerLow: [x.low, y.low],
  halfWidth: size,
}));

/**
 * A double-double of size 1e4 + 1.5e9 or less has an error of 2⁻¹⁰⁴ of itself; in units of a
 * half-width of at least 1e-12 that is 5e-16 where the centre dominates and 1e-31 where the half-width
 * does. Beside it stands the rounding of the view coordinate itself, 2e-16. A few operations: 1e-14.
 */
const TOLERANCE = 1e-14;

function centerPoint(a: View): Point {
  return {
    x: { high: a.center[0], low: a.centerLow[0] },
    y: { high: a.center[1], low: a.centerLow[1] },
  };
}

/** The exact distance of two plane points along each axis, in units of `unit`. */
function distance(a: Point, b: Point, unit: number): Vec2 {
  const sum = ({ high, low }: DoubleDouble) => plus(exactly(high), exactly(low));
  const along = (here: DoubleDouble, there: DoubleDouble) =>
    ratio(minus(sum(here), sum(there)), exactly(unit));
  return [along(a.x, b.x), along(a.y, b.y)];
}

function expectNearPoint(actual: Vec2, expected: Vec2, tolerance = TOLERANCE): void {
  for (const axis of [0, 1] as const) {
    expectNear(actual[axis], expected[axis], tolerance);
  }
}

describe('constants', () => {
  it('home is the origin at half-width 5, and the presets are within the limits', () => {
    expect(HOME).toEqual({ center: [0, 0], centerLow: [0, 0], halfWidth: 5 });
    expect(HALF_WIDTH_PRESETS).toEqual([5, 10, 100, 500, 1000]);
  });
});

describe('planePoint and viewCoordinate', () => {
  it('planePoint is centre + halfWidth · u', () => {
    fc.assert(
      fc.property(view, point, (a, u) => {
        const p = planePoint(a, u);
        for (const axis of [0, 1] as const) {
          const exact = plus(
            exactly(a.center[axis]),
            exactly(a.centerLow[axis]),
            times(exactly(a.halfWidth), exactly(u[axis])),
          );
          const { high, low } = [p.x, p.y][axis]!;
          const actual = plus(exactly(high), exactly(low));
          const error = Math.abs(ratio(minus(actual, exact), exactly(a.halfWidth)));
          expect(error).toBeLessThanOrEqual(TOLERANCE);
        }
      }),
    );
  });

  it('viewCoordinate is its inverse', () => {
    fc.assert(
      fc.property(view, point, (a, u) => expectNearPoint(viewCoordinate(a, planePoint(a, u)), u)),
    );
  });
});

describe('pan', () => {
  it('moves the centre by du half-widths', () => {
    fc.assert(
      fc.property(view, point, (a, du) => {
        const moved = pan(a, du);
        expect(moved.halfWidth).toBe(a.halfWidth);
        expectNearPoint(distance(centerPoint(moved), centerPoint(a), a.halfWidth), du);
      }),
    );
  });

  it('is a group action: two pans are the pan by their sum, and no pan is the identity', () => {
    fc.assert(
      fc.property(view, point, point, (a, du, dv) => {
        const twice = centerPoint(pan(pan(a, du), dv));
        const once = centerPoint(pan(a, [du[0] + dv[0], du[1] + dv[1]]));
        expectNearPoint(distance(twice, once, a.halfWidth), [0, 0]);
        expect(equalViews(pan(a, [0, 0]), a)).toBe(true);
      }),
    );
  });

  it('comes back after 1000 small pans and their inverses at half-width 1e-12 around 1e4', () => {
    const start: View = { center: [1e4, -9876.54321], centerLow: [0, 0], halfWidth: 1e-12 };
    let current = start;
    for (const sign of [1, -1]) {
      for (let i = 0; i < 1000; i++) {
        const step = sign * 0.003 * Math.sin(i + 1);
        current = pan(current, [step, step / 3]);
      }
    }
    // 2000 roundings of 2⁻¹⁰⁴ · 1e4 / 1e-12 = 5e-16, if all went the same way.
    expectNearPoint(distance(centerPoint(current), centerPoint(start), 1e-12), [0, 0], 1e-12);
  });

  it('moves smoothly where a float64 centre would stand still', () => {
    const start: View = { center: [1e4, 1e4], centerLow: [0, 0], halfWidth: 1e-12 };
    const moved = pan(start, [0.001, -0.001]);
    expect(moved.center).toEqual(start.center);
    expectNearPoint(distance(centerPoint(moved), centerPoint(start), 1e-12), [0.001, -0.001]);
  });

  it.each([Number.NaN, Infinity])('rejects to move by %s', (du) => {
    expect(() => pan(HOME, [du, 0])).toThrow(InvalidInputError);
    expect(() => zoomAbout(HOME, [0, du], 2)).toThrow(InvalidInputError);
  });

  it('stops at the border of the plane', () => {
    const far = pan({ ...HOME, halfWidth: 1e9 }, [1e6, -1e6]);
    expect(far).toEqual({ center: [CENTER_MAX, -CENTER_MAX], centerLow: [0, 0], halfWidth: 1e9 });
    const border: View = { center: [CENTER_MAX, -CENTER_MAX], centerLow: [0, 0], halfWidth: 1e-12 };
    expect(equalViews(pan(border, [1, -1]), border)).toBe(true);
    expect(equalViews(pan(border, [-1, 1]), border)).toBe(false);
  });
});

describe('zoomAbout', () => {
  const factor = fc.double({ min: -2, max: 2, noNaN: true }).map((power) => 10 ** power);

  it('keeps the plane point under u within 1e-13 of the smaller half-width', () => {
    fc.assert(
      fc.property(view, point, factor, (a, u, by) => {
        const b = zoomAbout(a, u, by);
        const unit = Math.min(a.halfWidth, b.halfWidth);
        expectNearPoint(distance(planePoint(b, u), planePoint(a, u), unit), [0, 0], 1e-13);
      }),
    );
  });

  it('comes back when zoomed by the inverse factor', () => {
    fc.assert(
      fc.property(view, point, factor, (a, u, by) => {
        fc.pre(a.halfWidth * by >= HALF_WIDTH_MIN && a.halfWidth * by <= HALF_WIDTH_MAX);
        const b = zoomAbout(zoomAbout(a, u, by), u, 1 / by);
        // The factor and its inverse are rounded: three roundings, each 1.1e-16.
        expect(Math.abs(b.halfWidth / a.halfWidth - 1)).toBeLessThanOrEqual(4e-16);
        // The zoomed view may be 100 times larger, and so may the error of its centre.
        const tolerance = TOLERANCE * Math.max(1, by);
        expectNearPoint(distance(centerPoint(b), centerPoint(a), a.halfWidth), [0, 0], tolerance);
      }),
    );
  });

  it('stays within the limits and still keeps the point', () => {
    const u: Vec2 = [0.5, -0.25];
    const wide = zoomAbout(HOME, u, 1e30);
    const narrow = zoomAbout(HOME, u, 1e-30);
    expect([wide.halfWidth, narrow.halfWidth]).toEqual([HALF_WIDTH_MAX, HALF_WIDTH_MIN]);
    for (const zoomed of [wide, narrow]) {
      const size = Math.min(5, zoomed.halfWidth);
      expectNearPoint(distance(planePoint(zoomed, u), planePoint(HOME, u), size), [0, 0], 1e-13);
    }
    expect(equalViews(zoomAbout(narrow, u, 0.5), narrow)).toBe(true);
  });

  it.each([0, -1, Number.NaN, Infinity])('rejects the factor %s', (by) => {
    expect(() => zoomAbout(HOME, [0, 0], by)).toThrow(InvalidInputError);
  });
});

describe('setHalfWidth', () => {
  it('keeps the presets exactly and clamps other values to the limits', () => {
    for (const preset of HALF_WIDTH_PRESETS) {
      expect(setHalfWidth(HOME, preset)).toEqual({ ...HOME, halfWidth: preset });
    }
    expect(setHalfWidth(HOME, 0).halfWidth).toBe(HALF_WIDTH_MIN);
    expect(setHalfWidth(HOME, 1e10).halfWidth).toBe(HALF_WIDTH_MAX);
  });
});

describe('boxZoom', () => {
  it('centres the box and fits it, touching one pair of sides', () => {
    const aspect = fc.double({ min: 0.2, max: 5, noNaN: true });
    fc.assert(
      fc.property(view, point, point, aspect, (a, u0, u1, ratioOfSides) => {
        const size = Math.max(Math.abs(u1[0] - u0[0]), Math.abs(u1[1] - u0[1]));
        // Away from the limits of the half-width, which would cut the new one.
        fc.pre(size > 0.01 && a.halfWidth > 1e-9 && a.halfWidth < 1e8);
        const b = boxZoom(a, u0, u1, ratioOfSides);
        const { halfX, halfY } = extent(ratioOfSides, 1);
        const v0 = viewCoordinate(b, planePoint(a, u0));
        const v1 = viewCoordinate(b, planePoint(a, u1));
        // Errors of TOLERANCE in the old half-width are at most 1000 times that in the new one.
        expectNearPoint([v0[0] + v1[0], v0[1] + v1[1]], [0, 0], 1000 * TOLERANCE);
        const fill = Math.max(Math.abs(v0[0]) / halfX, Math.abs(v0[1]) / halfY);
        expectNearPoint([fill, 0], [1, 0], 1000 * TOLERANCE);
      }),
    );
  });

  it('fits by hand: the right half of a square picture', () => {
    expect(boxZoom(HOME, [0, -1], [1, 1], 1)).toEqual({
      center: [2.5, 0],
      centerLow: [0, 0],
      halfWidth: 5,
    });
    expect(boxZoom(HOME, [1, 0.5], [0, 0], 2).halfWidth).toBe(1.25);
  });

  it('leaves the view as it is for a box without sides', () => {
    expect(boxZoom(HOME, [0.3, 0.3], [0.3, 0.3], 1)).toBe(HOME);
  });
});

describe('extent and pixelToView', () => {
  it('the shorter side is 1', () => {
    expect(extent(1000, 700)).toEqual({ halfX: 1000 / 700, halfY: 1 });
    expect(extent(700, 1000)).toEqual({ halfX: 1, halfY: 1000 / 700 });
    expect(extent(1, 1)).toEqual({ halfX: 1, halfY: 1 });
  });

  it('pixels run from the top left, view coordinates from the middle upwards', () => {
    expect(pixelToView(0, 0, 200, 100)).toEqual([-2, 1]);
    expect(pixelToView(200, 100, 200, 100)).toEqual([2, -1]);
    expect(pixelToView(100, 50, 200, 100)).toEqual([0, 0]);
  });

  it.each([
    [0, 5],
    [5, 0],
    [Number.NaN, 5],
  ])('rejects a picture of %s by %s', (width, height) => {
    expect(() => extent(width, height)).toThrow(InvalidInputError);
  });
});

describe('equalViews', () => {
  it('compares every number', () => {
    expect(equalViews(HOME, { ...HOME, center: [0, 0] })).toBe(true);
    const others: View[] = [
      { ...HOME, halfWidth: 6 },
      { ...HOME, center: [1, 0] },
      { ...HOME, center: [0, 1] },
      { ...HOME, centerLow: [1e-20, 0] },
      { ...HOME, centerLow: [0, 1e-20] },
    ];
    for (const other of others) expect(equalViews(HOME, other)).toBe(false);
  });
});
