import { describe, expect, it } from 'vitest';
import type { DetailedArrangement } from '../../../../src/geometry/arrangement.ts';
import { enumerateRegions } from '../../../../src/geometry/enumerateRegions.ts';
import { drawNetwork } from '../../../../src/model/network.ts';
import { PictureGeometry } from '../../../../src/ui/pictureGeometry.ts';
import {
  flyToSmallest,
  flyToThinnest,
  viewOfReach,
  widthOf,
  windowOf,
} from '../../../../src/ui/regions/regionViews.ts';
import { HOME, viewCoordinate } from '../../../../src/view/view.ts';

const SQUARE = Object.assign(new PictureGeometry(), { width: 400, height: 400 });
const WIDE = Object.assign(new PictureGeometry(), { width: 600, height: 300 });

function plane(widths: readonly number[], seed: number): DetailedArrangement {
  const field = { kind: 'mlp', widths, activation: 'relu', seed, outputBias: null } as const;
  return enumerateRegions(drawNetwork(field), { window: null, cells: true }) as DetailedArrangement;
}

describe('windowOf', () => {
  it('is centre ± half-width, longer on the longer side of the picture', () => {
    expect(windowOf(HOME, SQUARE)).toEqual({ x: [-5, 5], y: [-5, 5] });
    expect(windowOf(HOME, WIDE)).toEqual({ x: [-10, 10], y: [-5, 5] });
  });

  it('is null where float64 cannot tell the sides apart', () => {
    const deep = { center: [1e6, 0], centerLow: [0, 0], halfWidth: 1e-12 } as const;
    expect(windowOf(deep, SQUARE)).toBeNull();
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
      return viewCoordinate(flight.view, { x, y, xLow: 0, yLow: 0 });
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
