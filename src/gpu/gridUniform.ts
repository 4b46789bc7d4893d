import type { Grid } from '../kernels/grid.ts';

/** Bytes of `struct Grid` (shaders/common/grid.wgsl). */
export const GRID_BYTES = 64;

/** The rows that one dispatch covers, and their place in the target buffer. */
export interface Band {
  readonly firstRow: number;
  readonly rows: number;
  readonly targetRow: number;
  readonly rowsPerThread: number;
}

/** Groups of four samples in a row of a sample buffer; the last one is padded. */
export function groupsPerRow(width: number): number {
  return Math.ceil(width / 4);
}

/** Writes `struct Grid` at a byte offset. */
export function packGrid(grid: Grid, band: Band, target: ArrayBuffer, byteOffset = 0): void {
  const floats = new Float32Array(target, byteOffset, GRID_BYTES / 4);
  const integers = new Uint32Array(target, byteOffset, GRID_BYTES / 4);
  floats.set([...grid.origin, ...grid.step], 0);
  integers.set([grid.width, grid.height], 4);
  integers.set([band.firstRow, band.rows, band.targetRow, band.rowsPerThread], 6);
  integers[10] = groupsPerRow(grid.width);
  const { rate, outerRadius } = grid.radial ?? { rate: 0, outerRadius: 0 };
  floats.set([grid.samplesPerUnit, grid.hingeHalfWidth, rate, outerRadius], 11);
}
