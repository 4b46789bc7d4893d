import type { Band } from '../gpu/gridUniform.ts';
import type { Output } from '../kernels/composeEvaluate.ts';
import type { StoredNumbers } from '../kernels/fieldCode.ts';
import type { Grid } from '../kernels/grid.ts';
import type { PreparedField } from '../kernels/prepareField.ts';
import type { ProjectionKind } from '../view/projection.ts';

/** A range of the pieces of a band that is cut into `of` pieces. */
export interface Portion {
  readonly from: number;
  readonly to: number;
  readonly of: number;
}

export const WHOLE: Portion = { from: 0, to: 1, of: 1 };

/** A field's parameters on the device and the pipelines that evaluate it, for one kernel key. */
export interface FieldEvaluator {
  /** `PreparedField.key`: `setField` can replace a field by one with the same key. */
  readonly key: string;
  /** Compiles what an output needs in a kind of picture. @throws GpuError of kind 'shader' */
  prepare(output: Output, kind?: ProjectionKind): Promise<void>;
  /** Sets the parameters of a field with the same key: writes buffers, builds no pipeline. */
  setField(field: PreparedField): void;
  /** Sets the grid to evaluate next, and the calibration of its numbers. */
  setGrid(grid: Grid): StoredNumbers;
  /** Rows that its kernels evaluate together: a band with fewer costs almost as much. */
  rowsTogether(grid: Grid, output: Output): number;
  /** The maximum number of rows of one `encode`. */
  maxRows(grid: Grid, output: Output): number;
  /** The maximum number of pieces into which a band of this many rows can be cut. */
  pieces(grid: Grid, output: Output, rows: number): number;
  /**
   * Encodes the evaluation of a band of the current grid, or of a portion of it. The output must have been prepared;
   * submit before the next `encode` with another band.
   */
  encode(
    encoder: GPUCommandEncoder,
    output: Output,
    band: Band,
    target: GPUBuffer,
    portion?: Portion,
  ): void;
  destroy(): void;
}
