import { expect } from 'vitest';
import type { DetailedArrangement, PlaneWindow } from '../../../src/geometry/arrangement.ts';
import { enumerateRegions } from '../../../src/geometry/enumerateRegions.ts';
import type { PlaneNetwork } from '../../../src/model/planeNetwork.ts';
import { countExactly, type Fraction, fraction } from './exactRegions.ts';

/** Holds every count, pattern and neighbourhood of a network against the exact oracle. */
export function expectEqualToOracle(
  network: PlaneNetwork,
  window: PlaneWindow | null,
  name: string,
) {
  const arrangement = enumerateRegions(network, { window, cells: true });
  const { reach, places: _places, ...expected } = countExactly(network, window);
  expect(summarize(arrangement), name).toEqual(expected);
  expectNearest(arrangement.reach, reach, name);
  return arrangement;
}

function summarize(arrangement: DetailedArrangement) {
  const { activationRegions, linearRegions, affineFunctions, vertices, unbounded, cells } =
    arrangement;
  const patterns = cells.map(({ pattern }) => pattern.join(''));
  const pairs = cells.flatMap(({ neighbours }, i) =>
    neighbours
      .filter((neighbour) => neighbour >= 0)
      .map((neighbour) => [patterns[i], patterns[neighbour]].sort().join(' ')),
  );
  return {
    activationRegions,
    linearRegions,
    affineFunctions,
    vertices,
    unbounded,
    patterns: patterns.sort(),
    neighbours: [...new Set(pairs)].sort(),
  };
}

/** That a float64 is the one nearest to the exact value: within half a step on both sides. */
function expectNearest(actual: number | null, exact: Fraction | null, name: string): void {
  if (actual === null || exact === null) {
    expect(actual, name).toBe(exact);
    return;
  }
  const step = actual * 2 ** -52;
  for (const other of [actual - step, actual + step]) {
    expect(distance(fraction(actual), exact) <= distance(fraction(other), exact), name).toBe(true);
  }
  /** |a − b| over a common denominator that is the same for all floats of this size, near enough. */
  function distance(a: Fraction, b: Fraction): number {
    const top = a.top * b.bottom - b.top * a.bottom;
    const size = top < 0n ? -top : top;
    return Number((size << 200n) / (a.bottom * b.bottom)) * 2 ** -200;
  }
}
