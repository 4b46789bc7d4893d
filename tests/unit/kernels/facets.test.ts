import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutFacets } from '../../../src/geometry/cutFacets.ts';
import { enumerateRegions } from '../../../src/geometry/enumerateRegions.ts';
import { boundaryOf } from '../../../src/kernels/facetBoundary.ts';
import { pictureGrid, squareGrid } from '../../../src/kernels/grid.ts';
import { FacetRaster, type Rows, toSamples } from '../../../src/kernels/rasterizeFacets.ts';
import { fillLines } from '../../../src/kernels/rasterizeLines.ts';
import { RowBlocks } from '../../../src/kernels/rowBlocks.ts';
import type { Facets } from '../../../src/model/facets.ts';
import type { Vec2 } from '../../../src/model/field.ts';
import { validateField } from '../../../src/model/fieldValidation.ts';
import { resolve } from '../../../src/model/resolve.ts';
import { createEvaluator } from '../../../src/reference/evaluate.ts';

function networkOf(widths: readonly number[], seed: number, activation = 'relu') {
  const field = validateField({
    network: { kind: 'drawn', widths, seed, activation },
    readout: { kind: 'output', index: 0 },
  });
  return { field, whole: resolve(field).whole };
}

function windowOf(center: Vec2, halfWidth: number) {
  const side: Vec2 = [-halfWidth, halfWidth];
  return { center, centerLow: [0, 0] as Vec2, x: side, y: side };
}

function cornersOf({ firstCorner, corners }: Facets, facet: number): Vec2[] {
  const count = firstCorner[facet + 1]! - firstCorner[facet]!;
  return Array.from({ length: count }, (_, i) => {
    const at = 2 * (firstCorner[facet]! + i);
    return [corners[at]!, corners[at + 1]!];
  });
}

/** Twice the signed area; positive if the corners are counterclockwise. */
function area(corners: readonly Vec2[]): number {
  return corners.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = corners[(i + 1) % corners.length]!;
    return sum + x * nextY - y * nextX;
  }, 0);
}

const DRAWN = fc.record({
  widths: fc.constantFrom([2, 5, 1], [2, 8, 6, 3], [2, 4, 4, 4, 2]),
  seed: fc.integer({ min: 0, max: 1000 }),
  activation: fc.constantFrom('relu', 'abs', 'hardtanh'),
  center: fc.tuple(
    fc.double({ min: -2, max: 2, noNaN: true }),
    fc.double({ min: -2, max: 2, noNaN: true }),
  ),
  halfWidth: fc.constantFrom(1e-3, 0.5, 4),
});

describe('cutFacets', () => {
  test('makes the regions that enumerateRegions counts', () => {
    const { whole } = networkOf([2, 8, 6, 3], 7);
    const window = windowOf([0.5, 0.25], 3);
    const facets = cutFacets(whole, window);
    const counted = enumerateRegions(whole, { window, cells: true });
    expect(facets.firstCorner.length - 1).toBe(counted.activationRegions);
    expect(facets.outputs).toBe(3);
    expect(facets.hingeLayers.length).toBe(
      counted.edges.filter(({ neuron }) => neuron >= 0).length,
    );
    expect(new Set(facets.hingeLayers)).toEqual(new Set([1, 2]));
  });

  test('covers the window, with the outputs of the network', () => {
    fc.assert(
      fc.property(DRAWN, ({ widths, seed, activation, center, halfWidth }) => {
        const { field, whole } = networkOf(widths, seed, activation);
        const facets = cutFacets(whole, windowOf(center, halfWidth));
        const reference = createEvaluator(field);
        let covered = 0;
        for (let facet = 0; facet < facets.firstCorner.length - 1; facet += 1) {
          const corners = cornersOf(facets, facet);
          const own = area(corners);
          expect(own).toBeGreaterThan(-1e-9 * halfWidth ** 2);
          covered += own;
          const [x, y] = [0, 1].map(
            (axis) => corners.reduce((sum, corner) => sum + corner[axis]!, 0) / corners.length,
          );
          const map = 3 * facets.outputs * facet;
          const value = facets.maps[map]! * x! + facets.maps[map + 1]! * y! + facets.maps[map + 2]!;
          expect(value).toBeCloseTo(reference.value(center[0] + x!, center[1] + y!), 10);
        }
        expect(covered / (8 * halfWidth ** 2)).toBeCloseTo(1, 9);
      }),
      { numRuns: 40 },
    );
  });
});

describe('FacetRaster', () => {
  test('finds the facet of every sample, end points included', () => {
    fc.assert(
      fc.property(DRAWN, ({ widths, seed, activation, center, halfWidth }) => {
        const { whole } = networkOf(widths, seed, activation);
        const facets = cutFacets(whole, windowOf(center, (halfWidth * 33) / 32));
        const view = { center, centerLow: [0, 0] as Vec2, halfWidth };
        const grid = squareGrid(view, 23, 30, 30);
        const raster = new FacetRaster(facets, grid);
        const target = new Uint32Array(24 * 23).fill(7);
        raster.fill({ first: 0, count: 23 }, 24, target);
        for (let row = 0; row < 23; row += 1) {
          for (let column = 0; column < 23; column += 1) {
            const at: Vec2 = [halfWidth * (column / 11 - 1), halfWidth * (row / 11 - 1)];
            const corners = cornersOf(facets, target[24 * row + column]!);
            // To the left of all sides, or on one.
            const most = corners.reduce((found, corner, i) => {
              const next = corners[(i + 1) % corners.length]!;
              return Math.max(found, -area([corner, next, at]));
            }, 0);
            expect(most / halfWidth ** 2).toBeLessThan(1e-9);
          }
          expect(target[24 * row + 23]).toBe(target[24 * row + 22]);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('rows are the same in any bands', () => {
    const { whole } = networkOf([2, 8, 6, 3], 7);
    const facets = cutFacets(whole, windowOf([0.5, 0.25], 3.1));
    const view = { center: [0.5, 0.25] as Vec2, centerLow: [0, 0] as Vec2, halfWidth: 3 };
    const grid = pictureGrid(view, 21, 20, 1);
    const raster = new FacetRaster(facets, grid);
    const lines = {
      segments: toSamples(facets, facets.hinges, grid),
      layers: facets.hingeLayers,
    };
    const fills: ((rows: Rows, target: Uint32Array) => void)[] = [
      (rows, target) => raster.fill(rows, 24, target),
      (rows, target) => fillLines(lines, grid, rows, 24, target),
    ];
    for (const fill of fills) {
      const all = new Uint32Array(24 * 20);
      fill({ first: 0, count: 20 }, all);
      expect(new Set(all).size).toBeGreaterThan(5);
      for (const [first, count] of [
        [0, 7],
        [7, 1],
        [8, 12],
      ] as const) {
        const some = new Uint32Array(24 * count);
        fill({ first, count }, some);
        expect(some).toEqual(all.slice(24 * first, 24 * (first + count)));
      }
    }
  });

  test('a grid beyond the facets is an error', () => {
    const { whole } = networkOf([2, 5, 1], 7);
    const facets = cutFacets(whole, windowOf([0, 0], 1));
    const view = { center: [5, 0] as Vec2, centerLow: [0, 0] as Vec2, halfWidth: 1 };
    const raster = new FacetRaster(facets, pictureGrid(view, 8, 8, 1));
    const fill = () => raster.fill({ first: 0, count: 8 }, 8, new Uint32Array(64));
    expect(fill).toThrow('the grid reaches beyond the facets');
  });
});

test('a line covers samples by their distance from it', () => {
  const view = { center: [0, 0] as Vec2, centerLow: [0, 0] as Vec2, halfWidth: 1 };
  const grid = { ...pictureGrid(view, 4, 4, 1), hingeHalfWidth: 0.75 };
  // Level, half-way up the picture; and one sample further up, of another layer, half as long.
  const segments = Float64Array.of(-0.5, 1.5, 3.5, 1.5, 1.5, 2.5, 3.5, 2.5);
  const target = new Uint32Array(16);
  const lines = { segments, layers: Uint8Array.of(1, 2) };
  fillLines(lines, grid, { first: 0, count: 4 }, 4, target);
  const line = (coverage: number, layer: number) => Math.floor(255 * coverage + 0.5) * 256 + layer;
  const [half, near] = [line(0.75, 1), line(0.75, 2)];
  // Column 1 lies half a sample beyond the end of the shorter one.
  const beyond = line(1.25 - Math.hypot(0.5, 0.5), 2);
  const rows = [0, 4, 8, 12].map((from) => [...target.slice(from, from + 4)]);
  expect(rows).toEqual([
    [0, 0, 0, 0],
    [half, half, half, half],
    [half, half, near, near],
    [0, beyond, near, near],
  ]);
});

describe('boundaryOf', () => {
  test.each(['greatest', 'least'] as const)('is as long as the exact one: %s', (wins) => {
    for (let seed = 0; seed < 30; seed += 1) {
      const { whole } = networkOf([2, 8, 6, 4], seed);
      const window = windowOf([0.5, 0.25], 4);
      const segments = boundaryOf(cutFacets(whole, window), wins);
      let length = 0;
      for (let at = 0; at < segments.length; at += 4) {
        length += Math.hypot(
          segments[at + 2]! - segments[at]!,
          segments[at + 3]! - segments[at + 1]!,
        );
      }
      const exact = enumerateRegions(whole, { window, wins }).decision!.boundaryLength!;
      expect(Math.abs(length - exact)).toBeLessThan(1e-9 * (1 + exact));
    }
  });
});

test('RowBlocks fills many rows at once and returns those that are asked for', () => {
  const filled: Rows[] = [];
  const blocks = new RowBlocks(2 ** 18, 10, (rows, target) => {
    filled.push(rows);
    for (let row = 0; row < rows.count; row += 1) target[row * 2 ** 18] = rows.first + row;
  });
  const firsts = (first: number, count: number) => {
    const rows = blocks.read({ first, count });
    expect(rows.length).toBe(count * 2 ** 18);
    return Array.from({ length: count }, (_, row) => rows[row * 2 ** 18]);
  };
  expect(firsts(0, 1)).toEqual([0]);
  expect(firsts(1, 3)).toEqual([1, 2, 3]);
  expect(firsts(3, 2)).toEqual([3, 4]);
  expect(firsts(8, 2)).toEqual([8, 9]);
  expect(firsts(0, 6)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(filled).toEqual([
    { first: 0, count: 4 },
    { first: 3, count: 4 },
    { first: 8, count: 2 },
    { first: 0, count: 6 },
  ]);
});
