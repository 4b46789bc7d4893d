import { expect, test } from 'vitest';
import { rowBlocks, rowList, rowsIn } from '../../bench/blocks.ts';

test('one part is the whole grid', () => {
  expect(rowBlocks(500, 1)).toEqual([{ first: 0, count: 500 }]);
});

test.each([
  [16, 2],
  [128, 8],
  [500, 4],
  [1024, 16],
  [1024, 512],
  [8192, 128],
])(
  'of %i rows, one of %i parts lies within the grid, has about its size and no row twice',
  (side, parts) => {
    const blocks = rowBlocks(side, parts);
    const rows = rowList(blocks);
    expect(rows).toHaveLength(rowsIn(blocks));
    expect(new Set(rows).size).toBe(rows.length);
    expect(Math.min(...rows)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...rows)).toBeLessThan(side);
    // Blocks are whole tiles of 16 rows where there are so many, which takes off less than half.
    expect(rows.length).toBeGreaterThan((0.5 * side) / parts);
    expect(rows.length).toBeLessThanOrEqual(Math.max(1, Math.round(side / parts)));
  },
);

test('the places of a part are spread over the grid', () => {
  const firsts = rowBlocks(4096, 16).map(({ first }) => first);
  expect(firsts).toHaveLength(8);
  expect(firsts[0]).toBeLessThan(512);
  expect(firsts[7]).toBeGreaterThan(3584);
});
