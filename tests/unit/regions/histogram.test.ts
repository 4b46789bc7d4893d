import { describe, expect, test } from 'vitest';
import type { Arrangement } from '../../../src/geometry/arrangement.ts';
import { histogramCsv, histogramOf, type SeedCount } from '../../../src/regions/histogram.ts';

/** As many of its kind as a network has regions; all else is the same. */
function countsOf(regions: readonly number[], expected: number | null): SeedCount[] {
  return regions.map((activationRegions, seed) => {
    const bounds = { shallow: 22, product: 30, serra: 25, montufar: 8 };
    const arrangement = {
      activationRegions,
      window: { x: [-1, 1], y: [-1, 1] },
      bounds: { ...bounds, expectedInUnitSquare: expected },
      ...{ linearRegions: 3, affineFunctions: 3, vertices: 2, unbounded: 4, reach: null },
      certified: true,
    };
    return { seed, arrangement: arrangement as unknown as Arrangement };
  });
}

describe('histogramOf', () => {
  test('counts how often each number came, from the least to the greatest', () => {
    const found = histogramOf(countsOf([10, 12, 12, 13], null));
    expect(found).toMatchObject({ least: 10, most: 13, mean: 11.75, first: 10, step: 1, last: 13 });
    expect(found.bins).toEqual([1, 0, 2, 1]);
  });

  test('reaches to marks that are near, and only names those that are far', () => {
    // Near is up to 13 + 2 · (13 − 10 + 1) = 21: the bound, 22, is not.
    const found = histogramOf(countsOf([10, 13], 8.5));
    expect(found.marks).toEqual([
      { value: 22, label: 'bound', isNear: false },
      { value: 8.5, label: 'expected', isNear: true },
    ]);
    expect(found).toMatchObject({ first: 8, last: 13 });
    expect(histogramOf(countsOf([10, 14], null))).toMatchObject({ last: 22 });
  });

  test('marks a seed if it was counted', () => {
    const marked = (seed: number) =>
      histogramOf(countsOf([10, 12, 13], null), seed).marks.filter(({ label }) => label === 'seed');
    expect(marked(1)).toEqual([{ value: 12, label: 'seed', isNear: true }]);
    expect(marked(3)).toEqual([]);
  });

  test('has at most 40 bins, each of whole numbers', () => {
    const found = histogramOf(countsOf([100, 1000], null));
    expect(found.bins.length).toBeLessThanOrEqual(40);
    expect(found.bins.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect(Number.isInteger(found.step)).toBe(true);
    expect(found.bins[Math.floor((1000 - found.first) / found.step)]).toBe(1);
  });
});

test('the table has a line a seed', () => {
  expect(histogramCsv(countsOf([10, 12], null)).split('\n')).toEqual([
    'seed,activation_regions,linear_regions,affine_functions,vertices,unbounded,reach,certified',
    '0,10,3,3,2,4,,true',
    '1,12,3,3,2,4,,true',
    '',
  ]);
});
