import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { referenceGrid } from '../../../src/reference/grid.ts';
import { niceLevels } from '../../../src/scales/levels.ts';
import {
  grids,
  type LevelRule,
  readSamples,
  requestOf,
  titleOf,
  worstError,
} from '../../reference/notebook/notebookReference.ts';

const file = new URL('../../reference/notebook/samples.npy', import.meta.url);
const samples = readSamples(new Uint8Array(readFileSync(file)).buffer);

/** The finer grids have the same fields, and take the CPU seconds. */
const COARSE = grids.filter(({ side }) => side === 100);

test.each(COARSE.map((grid) => [titleOf(grid), grid] as const))(
  'the float64 reference of %s is what the notebook computes',
  (_title, grid) => {
    const values = referenceGrid(requestOf(grid));
    const error = worstError(grid, samples[grids.indexOf(grid)]!, values);
    // samples.npy rounds to float32, 6e-8 of the largest value; networks are float32 themselves.
    const tolerance = 1e-6 + (grid.quantity === 'value' ? grid.noise : 0);
    expect(error <= tolerance, `worst error ${error}, tolerance ${tolerance}`).toBe(true);
  },
);

describe('contour levels beside those of contourf', () => {
  const pairs = grids.flatMap((grid) =>
    Object.entries(grid.levels).map(([count, theirs]) => ({
      grid,
      theirs,
      ours: niceLevels(grid.least, grid.greatest, Number(count)),
    })),
  );

  test('are the same inside the range where both choose one step, a third of the time', () => {
    const equal = pairs.filter(({ ours, theirs }) => isClose(ours.step, theirs[1]));
    expect(equal.length).toBeGreaterThan(pairs.length / 4);
    for (const { grid, ours, theirs } of equal) {
      const inside = valuesOf(theirs).filter(
        (level) => level >= grid.least && level <= grid.greatest,
      );
      expect(ours.count, titleOf(grid)).toBe(inside.length);
      // Both are rounded multiples; that of the notebook to 12 digits.
      const worst = Math.max(...inside.map((level, i) => Math.abs(level - ours.values[i]!)));
      expect(worst <= 1e-9 * ours.step, titleOf(grid)).toBe(true);
    }
  });

  test('differ else in the step alone: 1, 2 or 5 here, also 1.5, 2.5, 3, 4, 6 or 8 there', () => {
    const mantissa = (step: number) => Number(step.toExponential(6).split('e')[0]);
    for (const { grid, ours, theirs } of pairs) {
      expect([1, 2, 5], titleOf(grid)).toContain(mantissa(ours.step));
      expect([1, 1.5, 2, 2.5, 3, 4, 5, 6, 8], titleOf(grid)).toContain(mantissa(theirs[1]));
      expect(ours.step / theirs[1]).toBeGreaterThan(0.5);
      expect(ours.step / theirs[1]).toBeLessThan(2);
    }
  });
});

function valuesOf([first, step, count]: LevelRule): number[] {
  return Array.from({ length: count }, (_, i) => first + i * step);
}

function isClose(a: number, b: number): boolean {
  return Math.abs(a / b - 1) < 1e-9;
}
