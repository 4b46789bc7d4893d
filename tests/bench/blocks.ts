/** Rows `first` … `first + count − 1` of a grid. */
export interface RowBlock {
  readonly first: number;
  readonly count: number;
}

/** Kernels look at so many rows together. */
const TILE_ROWS = 16;
/** A part of a grid is taken from so many places, where it has the rows for it. */
const PLACES = 8;

/**
 * About one of `parts` parts of a grid's rows, in blocks spread evenly over it: what is too slow
 * for the time there is gets measured there, and the time scaled up.
 */
export function rowBlocks(side: number, parts: number): RowBlock[] {
  if (parts <= 1) return [{ first: 0, count: side }];
  const rows = Math.max(1, Math.round(side / parts));
  const places = Math.max(1, Math.min(PLACES, Math.floor(rows / TILE_ROWS)));
  const each = rows / places;
  const count = each < TILE_ROWS ? rows : Math.floor(each / TILE_ROWS) * TILE_ROWS;
  return Array.from({ length: places }, (_, place) => {
    const middle = ((place + 0.5) * side) / places;
    const first = Math.floor((middle - count / 2) / TILE_ROWS) * TILE_ROWS;
    return { first: Math.max(0, Math.min(side - count, first)), count };
  });
}

export function rowsIn(blocks: readonly RowBlock[]): number {
  return blocks.reduce((sum, { count }) => sum + count, 0);
}

/** All rows of the blocks, one after another. */
export function rowList(blocks: readonly RowBlock[]): number[] {
  return blocks.flatMap(({ first, count }) => Array.from({ length: count }, (_, i) => first + i));
}
