import { expect, test } from 'vitest';
import { loadDataSet } from '../../../src/data/loadDataSet.ts';
import { enumerateRegions } from '../../../src/geometry/enumerateRegions.ts';
import { explicitSource } from '../../../src/model/parameters.ts';
import { regionId } from '../../../src/model/pattern.ts';
import { resolve } from '../../../src/model/resolve.ts';
import { sampledGrid } from '../../../src/reference/grid.ts';
import { readRecipe } from '../../../src/training/readRecipe.ts';
import { Run } from '../../../src/training/run.ts';
import { fieldOf } from '../../shorthand.ts';

const WINDOW = { x: [-2, 3], y: [-2, 2] } as const;
const READING = fieldOf({ kind: 'lse', lambda: 1, logits: null });
const RECIPE = readRecipe({
  data: { kind: 'moons', samples: 60, noise: 0.1, seed: 2 },
  network: { kind: 'drawn', widths: [2, 6, 5, 2], activation: 'relu', seed: 4 },
  optimizer: { kind: 'adam', learningRate: 0.05 },
  steps: 120,
});

test('regions are born and die while a network learns, and a pattern has one colour at every step', async () => {
  const run = new Run(RECIPE, await loadDataSet(RECIPE.data));
  /** The number that the picture colours, by pattern. */
  const numbers = new Map<string, number>();
  const patterns: Set<string>[] = [];
  for (let step = 0; step <= RECIPE.steps; step += 8) {
    run.goTo(step);
    const network = explicitSource(run.network, 'network');
    const field = { ...READING, network };
    const { cells } = enumerateRegions(resolve(field).whole, { window: WINDOW, cells: true });
    patterns.push(new Set(cells.map(({ pattern }) => pattern.join(' '))));
    for (const { pattern, regionId: id } of cells) {
      const key = pattern.join(' ');
      expect(id).toBe(regionId([...pattern.join('')].map((sign) => sign === '1')));
      expect(numbers.get(key) ?? id, `${key} at step ${step}`).toBe(id);
      numbers.set(key, id);
    }
    // The picture has these very numbers.
    const ids = new Set(cells.map(({ regionId: id }) => id));
    const grid = { ...WINDOW, width: 24, height: 24 };
    const { values } = sampledGrid({ field, quantity: 'region', ...grid });
    expect([...values].filter((id) => !ids.has(id))).toEqual([]);
  }
  // Different patterns have different numbers.
  expect(new Set(numbers.values()).size).toBe(numbers.size);
  const later = patterns.slice(1).map((now, i) => ({ now, before: patterns[i]! }));
  const total = (count: (pair: (typeof later)[number]) => number) =>
    later.reduce((sum, pair) => sum + count(pair), 0);
  const without = (a: Set<string>, b: Set<string>) => [...a].filter((key) => !b.has(key)).length;
  expect(total(({ now, before }) => without(now, before))).toBeGreaterThan(0);
  expect(total(({ now, before }) => without(before, now))).toBeGreaterThan(0);
  expect(total(({ now, before }) => now.size - without(now, before))).toBeGreaterThan(0);
});
