import type { Band } from '../gpu/gridUniform.ts';
import type { Output } from '../kernels/composeEvaluate.ts';
import type { AnchoredField } from '../kernels/fieldCode.ts';
import type { Grid } from '../kernels/grid.ts';
import type { PreparedField } from '../kernels/prepareField.ts';
import type { ProjectionKind } from '../view/projection.ts';

/** Of a band that is cut into `of` pieces: those from one on to before another. */
export interface Portion {
  readonly from: number;
  readonly to: number;
  readonly of: number;
}

export const WHOLE: Portion = { from: 0, to: 1, of: 1 };

/** A field's parameters on the device and the pipelines that evaluate it, for one kernel key. */
export interface FieldEvaluator {
  /** `PreparedField.key`: fields with equal keys can take over from each other by `setField`. */
  readonly key: string;
  /** Compiles what an output needs in a kind of picture. @throws GpuError of kind 'shader' */
  prepare(output: Output, kind?: ProjectionKind): Promise<void>;
  /** Takes the parameters of a field with the same key: writes buffers, builds no pipeline. */
  setField(field: PreparedField): void;
  /** Says which grid is evaluated next, and how its numbers are to be read. */
  setGrid(grid: Grid): AnchoredField;
  /** Rows that its kernels look at together: a band of fewer costs almost as much. */
  rowsTogether(grid: Grid, output: Output): number;
  /** Rows that one `encode` can take. */
  maxRows(grid: Grid, output: Output): number;
  /** Pieces into which a band of so many rows can be cut at most, where it takes long. */
  pieces(grid: Grid, output: Output, rows: number): number;
  /**
   * Encodes the evaluation of a band of the grid set before, or of a portion of it. The output must have been prepared;
   * what was encoded must be submitted before the next `encode` with another band.
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
