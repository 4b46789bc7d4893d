import { groupsPerRow } from '../gpu/gridUniform.ts';
import { InvalidInputError } from '../input/invalidInput.ts';
import type { Grid } from '../kernels/grid.ts';
import { prepareField } from '../kernels/prepareField.ts';
import { STRAIGHT_TILE_ROWS } from '../kernels/shaderConstants.ts';
import { LEAF } from '../kernels/tileNetworks.ts';
import type { Field } from '../model/field.ts';
import { resolve } from '../model/resolve.ts';
import type { SamplerContext } from './evaluateBands.ts';
import { readGrid } from './gridSampler.ts';
import type { TileCounts } from './tileCounts.ts';

/** Columns that a thread of evaluate.wgsl evaluates together. */
const STRAIGHT_COLUMNS = 4;

/**
 * Reads from the kernels how many neurons they evaluate in each tile. Straight-line code evaluates no neuron, one, or all; the
 * kernels of wide networks as many as may change sign in the tile.
 * @throws InvalidInputError if the rows of a thread of straight-line code are not tiles of equal height;
 * GpuError if a shader does not compile
 */
export async function countOpenNeurons(
  context: SamplerContext,
  field: Field,
  grid: Grid,
): Promise<TileCounts> {
  const { rowsPerThread } = context.profile;
  if (STRAIGHT_TILE_ROWS % rowsPerThread > 0 && rowsPerThread % STRAIGHT_TILE_ROWS > 0) {
    const expected = `a divisor or a multiple of ${STRAIGHT_TILE_ROWS}`;
    throw new InvalidInputError('rowsPerThread', rowsPerThread, expected);
  }
  const prepared = prepareField(resolve(field));
  const straight = [STRAIGHT_COLUMNS, Math.min(STRAIGHT_TILE_ROWS, rowsPerThread)] as const;
  const [tileWidth, tileHeight] = prepared.form === 'straight' ? straight : LEAF;
  const columns = Math.ceil(grid.width / tileWidth);
  const rows = Math.ceil(grid.height / tileHeight);
  const openNeurons = new Uint32Array(columns * rows);
  const stride = 4 * groupsPerRow(grid.width);
  await readGrid(context, prepared, grid, 'openNeurons', (raw) => {
    const words = new Uint32Array(raw.data);
    const first = Math.ceil(raw.firstRow / tileHeight);
    for (let row = first; row * tileHeight < raw.firstRow + raw.rows; row += 1) {
      const from = (row * tileHeight - raw.firstRow) * stride;
      for (let column = 0; column < columns; column += 1) {
        openNeurons[row * columns + column] = words[from + column * tileWidth]!;
      }
    }
  });
  const { width, height } = grid;
  return { tileSize: [tileWidth, tileHeight], columns, rows, openNeurons, width, height };
}
