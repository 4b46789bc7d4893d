import { describe, expect, it } from 'vitest';
import { figureGrid } from '../../../../src/ui/figures/figureGrid.ts';

/** The widths of a figure's room in windows of 390, 768, 1280 and 1920 pixels. */
const [PHONE, TABLET, LAPTOP, LARGE] = [378, 756, 1268, 1908];

describe('figureGrid', () => {
  it.each([
    ['five in a row', 5, 5, [1, 2, 3, 5]],
    ['two rows of four', 8, 4, [1, 2, 4, 4]],
    ['two rows of three', 6, 3, [1, 3, 3, 3]],
    ['two by two', 4, 2, [1, 2, 2, 2]],
    ['one panel', 1, 1, [1, 1, 1, 1]],
  ] as const)('%s', (_, count, most, expected) => {
    const columns = [PHONE, TABLET, LAPTOP, LARGE].map(
      (room) => figureGrid(count, most, false, room).columns,
    );
    expect(columns).toEqual(expected);
  });

  it('stands pairs upright where all fit in a row, and else lays them', () => {
    const of = (pairs: number, room: number) => figureGrid(2 * pairs, pairs, true, room);
    expect(of(5, LAPTOP)).toEqual({ columns: 5, downwards: true });
    expect(of(3, TABLET)).toEqual({ columns: 3, downwards: true });
    expect(of(5, TABLET)).toEqual({ columns: 2, downwards: false });
    expect(of(5, PHONE)).toEqual({ columns: 1, downwards: false });
    // A person has chosen other columns.
    expect(figureGrid(10, 4, true, LAPTOP)).toEqual({ columns: 4, downwards: false });
  });

  it('never has more columns than panels, nor than a person wants', () => {
    for (let count = 1; count <= 16; count += 1) {
      for (let most = 1; most <= count; most += 1) {
        for (const room of [100, PHONE, TABLET, LAPTOP, LARGE]) {
          const { columns } = figureGrid(count, most, false, room);
          expect(columns).toBeGreaterThanOrEqual(1);
          expect(columns).toBeLessThanOrEqual(most);
        }
      }
    }
  });
});
