import type { Band } from '../gpu/gridUniform.ts';
import type { Output } from '../kernels/composeEvaluate.ts';
import type { StoredNumbers } from '../kernels/fieldCode.ts';
import type { Grid } from '../kernels/grid.ts';
import type { FieldEvaluator, Portion } from './fieldEvaluator.ts';

/** What a picture is made of: outputs of its field, and 'share', by which its classes are shaded. */
export type PictureOutput = Output | 'share';

/** What fields beside the picture's own are evaluated for. */
export type Companion = 'boundary' | 'share';

/**
 * The evaluator of a picture's field, together with those of other fields of the same network: the boundary between classes needs
 * all its outputs, which a field of one output does not have, and shading needs the gap between log-sum-exp and maximum.
 */
export class SceneEvaluator {
  constructor(
    private readonly own: FieldEvaluator,
    private readonly companions: ReadonlyMap<Companion, FieldEvaluator>,
  ) {}

  private of(output: PictureOutput): readonly [evaluator: FieldEvaluator, output: Output] {
    const companion = this.companions.get(output as Companion);
    if (output === 'share') return [companion!, 'value'];
    return [companion ?? this.own, output];
  }

  /** Sets the grid to evaluate next. @returns the calibration of the picture's own numbers */
  setGrid(grid: Grid): StoredNumbers {
    for (const companion of this.companions.values()) companion.setGrid(grid);
    return this.own.setGrid(grid);
  }

  /** The calibration of the gaps of 'share'. */
  calibrateShare(grid: Grid): StoredNumbers {
    return this.companions.get('share')!.setGrid(grid);
  }

  /** As in FieldEvaluator, like all below. */
  rowsTogether(grid: Grid, output: PictureOutput): number {
    const [evaluator, own] = this.of(output);
    return evaluator.rowsTogether(grid, own);
  }

  maxRows(grid: Grid, output: PictureOutput): number {
    const [evaluator, own] = this.of(output);
    return evaluator.maxRows(grid, own);
  }

  pieces(grid: Grid, output: PictureOutput, rows: number): number {
    const [evaluator, own] = this.of(output);
    return evaluator.pieces(grid, own, rows);
  }

  encode(
    encoder: GPUCommandEncoder,
    output: PictureOutput,
    band: Band,
    target: GPUBuffer,
    portion?: Portion,
  ): void {
    const [evaluator, own] = this.of(output);
    evaluator.encode(encoder, own, band, target, portion);
  }
}
