import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ColormapName } from '../../../src/scales/colormaps.ts';
import {
  COLORMAP_LABELS,
  COLORMAP_NAMES,
  COLORMAP_SIZE,
  colormapTable,
  isDiverging,
} from '../../../src/scales/colormaps.ts';

interface Reference {
  readonly colormap: string;
  readonly rgb: readonly (readonly number[])[];
}

function readReference(name: ColormapName): Reference {
  const file = new URL(`../../reference/colormaps/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Reference;
}

/** The largest difference between two tables' colours, in 1/255. */
function largestDifference(table: Uint8Array, { rgb }: Reference): number {
  expect(rgb.length).toBe(COLORMAP_SIZE);
  const errors = rgb.flatMap((color, i) =>
    color.map((part, channel) => Math.abs(table[4 * i + channel]! - 255 * part)),
  );
  return Math.max(...errors);
}

describe('colormapTable', () => {
  it.each(COLORMAP_NAMES)('%s has the bytes nearest to the colours of matplotlib', (name) => {
    const table = colormapTable(name);
    expect(table.length).toBe(4 * COLORMAP_SIZE);
    // Rounding to bytes leaves ½; the reference has six decimals, 255 · 5e-7.
    const error = largestDifference(table, readReference(name));
    if (!(error <= 0.5 + 2e-4)) expect.fail(`${name} is off by ${error}/255`);
  });

  it('distinguishes different maps', () => {
    expect(largestDifference(colormapTable('viridis'), readReference('cividis'))).toBeGreaterThan(
      1,
    );
    expect(largestDifference(colormapTable('inferno'), readReference('magma'))).toBeGreaterThan(1);
  });

  it('is opaque and the caller’s own', () => {
    const table = colormapTable('turbo');
    for (let i = 0; i < COLORMAP_SIZE; i++) expect(table[4 * i + 3]).toBe(255);
    table.fill(0);
    expect(colormapTable('turbo')[3]).toBe(255);
  });

  it('is made from the maps that the documentation names', () => {
    const originals = COLORMAP_NAMES.map((name) => readReference(name).colormap);
    expect(originals).toEqual([
      ...['viridis', 'plasma', 'inferno', 'magma', 'cividis', 'turbo'],
      ...['gray', 'coolwarm', 'twilight', 'prism'],
    ]);
  });
});

describe('kinds of maps', () => {
  it('the ends of a cyclic map, and only of one, meet within 2/255', () => {
    for (const name of COLORMAP_NAMES) {
      const table = colormapTable(name);
      const gap = Math.max(...[0, 1, 2].map((c) => Math.abs(table[c]! - table[1020 + c]!)));
      expect(gap <= 2).toBe(name === 'cyclic');
    }
  });

  it('the diverging map is lightest in the middle and darker to both ends', () => {
    expect(COLORMAP_NAMES.filter(isDiverging)).toEqual(['diverging']);
    const table = colormapTable('diverging');
    const green = (i: number) => table[4 * i + 1]!;
    for (let i = 1; i < COLORMAP_SIZE; i++) {
      const rises = green(i) >= green(i - 1);
      // Flat by rounding near the middle.
      if (i < 120) expect(rises).toBe(true);
      if (i > 135) expect(green(i) <= green(i - 1)).toBe(true);
    }
  });

  it('every map has a label of its own', () => {
    const labels = COLORMAP_NAMES.map((name) => COLORMAP_LABELS[name]);
    expect(new Set(labels).size).toBe(COLORMAP_NAMES.length);
    expect(labels.every((label) => label.length > 0)).toBe(true);
  });
});
