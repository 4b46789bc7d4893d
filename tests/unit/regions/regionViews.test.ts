import { describe, expect, it } from 'vitest';
import type { DetailedArrangement, PlaneWindow } from '../../../src/geometry/arrangement.ts';
import { enumerateRegions } from '../../../src/geometry/enumerateRegions.ts';
import { placementIn } from '../../../src/regions/placement.ts';
import {
  decadesOfReach,
  flyInDecades,
  flyToSmallest,
  flyToThinnest,
  viewOfReach,
  viewOfWhole,
  viewOfWidth,
  widthOf,
  windowOf,
} from '../../../src/regions/regionViews.ts';
import { PictureGeometry } from '../../../src/view/pictureGeometry.ts';
import { HOME, viewCoordinate } from '../../../src/view/view.ts';
import { drawPlane } from '../../shorthand.ts';
import { EPSILON, expectNear } from '../expectNear.ts';
import { written } from '../geometry/networks.ts';

const SQUARE = Object.assign(new PictureGeometry(), { width: 400, height: 400 });
const WIDE = Object.assign(new PictureGeometry(), { width: 600, height: 300 });

function plane(widths: readonly number[], seed: number): DetailedArrangement {
  const field = { kind: 'mlp', widths, activation: 'relu', seed, outputBias: null } as const;
  return enumerateRegions(drawPlane(field), { window: null, cells: true }) as DetailedArrangement;
}

describe('windowOf', () => {
  const origin = { center: [0, 0], centerLow: [0, 0] };

  it('is centre ± half-width, longer on the longer side of the picture', () => {
    expect(windowOf(HOME, SQUARE)).toEqual({ x: [-5, 5], y: [-5, 5], ...origin });
    expect(windowOf(HOME, WIDE)).toEqual({ x: [-10, 10], y: [-5, 5], ...origin });
  });

  it('keeps all digits of a deep view: its centre in two parts, and sides from there', () => {
    const center = { center: [1e6, -737.3], centerLow: [1e-13, 0] } as const;
    expect(windowOf({ ...center, halfWidth: 1e-12 }, SQUARE)).toEqual({
      x: [-1e-12, 1e-12],
      y: [-1e-12, 1e-12],
      ...center,
    });
  });
});

describe('in a log-radial picture', () => {
  const six = { kind: 'logRadial', decades: 6 } as const;
  const size = { width: 400, height: 400 };
  const radial = Object.assign(new PictureGeometry(() => six), size);

  it('the window is the square around everything shown', () => {
    const { x, y } = windowOf({ ...HOME, center: [1, 2], halfWidth: 2 }, radial);
    const corner = 2 * 10 ** (6 * (Math.SQRT2 - 1));
    // A power with an exponent of 2.5: a rounding of it counts as ln 10 · 2.5 of its result.
    expectNear(x[1], corner, 8 * corner * EPSILON);
    expect([x[0], y[0], y[1]]).toEqual([-x[1], -x[1], x[1]]);
    const farthest = windowOf(
      { ...HOME, halfWidth: 1e9 },
      Object.assign(new PictureGeometry(() => ({ kind: 'logRadial', decades: 12 })), {
        width: 900,
        height: 200,
      }),
    );
    expect(farthest.x[1]).toBe(1e30);
  });

  it('vertices keep their digits however near to the centre', () => {
    const widths = [2, 8, 8, 1];
    const field = { kind: 'mlp', widths, activation: 'relu', seed: 0, outputBias: null } as const;
    const network = drawPlane(field);
    const vertices = plane(widths, 0).points.filter(({ kind }) => kind === 'vertex');
    for (const near of vertices.filter((_, i) => i % 9 === 0)) {
      // So near to a vertex of the plane, which is right to 2⁻⁴⁰ of its size, that it is seen.
      const center: [number, number] = [near.x + 1e-9, near.y - 1e-9];
      const look = (window: PlaneWindow) =>
        enumerateRegions(network, { window, cells: true }) as DetailedArrangement;
      const wide = look(windowOf({ center, centerLow: [0, 0], halfWidth: 1e4 }, radial));
      const side = [-1e-8, 1e-8] as const;
      const close = look({ x: side, y: side, center, centerLow: [0, 0] });
      for (const vertex of close.points.filter(({ kind }) => kind === 'vertex')) {
        const distances = wide.points.map(({ x, y }) => Math.hypot(x - vertex.x, y - vertex.y));
        const size = Math.hypot(vertex.x, vertex.y);
        // Each is right to 2⁻⁴⁰ of its distance from the centre, which is all that the picture asks for.
        const error = Math.min(...distances) / size;
        expect(error <= 2 ** -38, `${error} of the distance ${size}`).toBe(true);
      }
    }
  });

  it('a flight keeps the surroundings, and shows the region in the middle third', () => {
    const flight = { ...HOME, center: [3, 4], halfWidth: 1e-5 } as const;
    const { view, decades } = flyInDecades(flight, { ...HOME, halfWidth: 100 }, 6);
    expect(view).toEqual({ ...flight, halfWidth: 100 });
    expect(decades).toBe(11);
    expect(flyInDecades(flight, { ...HOME, halfWidth: 1e-6 }, 4)).toEqual({
      view: flight,
      decades: 4,
    });
    expect(flyInDecades(flight, { ...HOME, halfWidth: 1e9 }, 6).decades).toBe(12);
  });

  it('the reach has at least six decades, and those down to the innermost vertex', () => {
    const arrangement = plane([2, 20, 1], 0);
    expect(decadesOfReach(arrangement)).toBe(6);
    const { points } = arrangement;
    const inner = { ...points.find(({ kind }) => kind === 'vertex')!, x: 2e-6, y: 0 };
    expect(decadesOfReach({ ...arrangement, points: [...points, inner] })).toBe(9);
    expect(decadesOfReach({ ...arrangement, points: [] })).toBe(6);
  });
});

describe('widthOf', () => {
  it('is the least distance of parallel lines around a polygon', () => {
    const thin: [number, number][] = [
      [0, 0],
      [10, 0],
      [10, 0.5],
      [0, 0.5],
    ];
    expect(widthOf(thin)).toBe(0.5);
    const right: [number, number][] = [
      [0, 0],
      [3, 0],
      [0, 4],
    ];
    // The height over the longest side; each of a few operations rounds once.
    expect(Math.abs(widthOf(right) - 2.4)).toBeLessThanOrEqual(1e-15);
  });
});

describe('flights', () => {
  const arrangement = plane([2, 20, 1], 0);
  const bounded = arrangement.cells.filter(({ unbounded }) => !unbounded);

  it('go to the region of the least area, with all its corners in view', () => {
    const flight = flyToSmallest(arrangement, 2)!;
    expect(flight.cell.area).toBe(Math.min(...bounded.map(({ area }) => area)));
    const corners = flight.cell.corners.map((corner) => {
      const { x, y } = arrangement.points[corner]!;
      return viewCoordinate(flight.view, { x: { high: x, low: 0 }, y: { high: y, low: 0 } });
    });
    for (const [x, y] of corners) {
      expect(Math.abs(x)).toBeLessThanOrEqual(2);
      expect(Math.abs(y)).toBeLessThanOrEqual(1);
    }
    // And not much smaller than the picture: it fills a third of one of its sides, or more.
    const reaches = corners.map(([x, y]) => Math.max(Math.abs(x) / 2, Math.abs(y)));
    expect(Math.max(...reaches)).toBeGreaterThan(0.3);
  });

  it('go to the region of the least width, centred inside it', () => {
    const flight = flyToThinnest(arrangement)!;
    const widths = bounded.map((cell) =>
      widthOf(cell.corners.map((c) => [arrangement.points[c]!.x, arrangement.points[c]!.y])),
    );
    expect(flight.view.center).toEqual(flight.cell.interior);
    expect(flight.view.halfWidth).toBe(4 * Math.min(...widths));
  });

  it('see a region far smaller than float64 has digits at its distance', () => {
    // Three hinges, exact in float32, around a triangle of size 4 · 10⁻¹² next to (4096.25, −512.5).
    const window = {
      x: [-1e-11, 1e-11],
      y: [-1e-11, 1e-11],
      center: [4096.25, -512.5],
      centerLow: [2e-14, 1e-14],
    } as const;
    const corner = written([
      [
        [1, 0, -4096.25],
        [0, 1, 512.5],
      ],
      // On where the sum of both is less than 2⁻³⁸, about 4 · 10⁻¹².
      [[-1, -1, 2 ** -38]],
      [[1, 0]],
    ]);
    const near = enumerateRegions(corner, { window, cells: true });
    const triangle = near.cells.find(({ pattern }) => pattern.join() === '11,1')!;
    expect(triangle.corners).toHaveLength(3);
    const size = 2 ** -38;
    for (const view of [viewOfWhole(near, triangle, 1), viewOfWidth(near, triangle)]) {
      const { toView } = placementIn(view, window);
      const corners = triangle.corners.map((i) => toView(near.points[i]!.x, near.points[i]!.y));
      const middle = [0, 1].map((axis) => corners.reduce((sum, u) => sum + u[axis]! / 3, 0));
      // Centred on the box of the corners, or on their mean, within the picture.
      expect(Math.max(...middle.map(Math.abs))).toBeLessThan(0.25);
      expect(view.halfWidth / size).toBeGreaterThan(0.5);
      expect(view.halfWidth / size).toBeLessThan(10);
    }
  });

  it('go nowhere where no region is bounded', () => {
    const flat = plane([2, 1, 1], 0);
    expect(flyToSmallest(flat, 1)).toBeNull();
    expect(flyToThinnest(flat)).toBeNull();
  });
});

describe('viewOfReach', () => {
  it('is around the origin, a little wider than the reach', () => {
    const { center, halfWidth } = viewOfReach(200);
    expect(center).toEqual([0, 0]);
    expect(halfWidth).toBe(210);
  });
});
