import type { Band } from '../gpu/gridUniform.ts';
import type { Output } from '../kernels/composeEvaluate.ts';
import type { AnchoredField } from '../kernels/fieldCode.ts';
import type { Grid } from '../kernels/grid.ts';
import type { PreparedField } from '../kernels/prepareField.ts';
import type { ProjectionKind } from '../view/projection.ts';
import type { FieldEvaluator, Portion } from './fieldEvaluator.ts';

/**
 * The evaluator of a field that reads one output of a network, together with that of the boundary between its classes, which
 * needs all outputs.
 */
export class WithBoundary implements FieldEvaluator {
  readonly key: string;

  constructor(
    private readonly own: FieldEvaluator,
    private readonly ofClasses: FieldEvaluator,
  ) {
    this.key = `${own.key} with ${ofClasses.key}`;
  }

  private evaluatorOf(output: Output): FieldEvaluator {
    return output === 'boundary' ? this.ofClasses : this.own;
  }

  prepare(output: Output, kind?: ProjectionKind): Promise<void> {
    return this.evaluatorOf(output).prepare(output, kind);
  }

  setField(field: PreparedField): void {
    this.own.setField(field);
  }

  setGrid(grid: Grid): AnchoredField {
    this.ofClasses.setGrid(grid);
    return this.own.setGrid(grid);
  }

  rowsTogether(grid: Grid, output: Output): number {
    return this.evaluatorOf(output).rowsTogether(grid, output);
  }

  maxRows(grid: Grid, output: Output): number {
    return this.evaluatorOf(output).maxRows(grid, output);
  }

  pieces(grid: Grid, output: Output, rows: number): number {
    return this.evaluatorOf(output).pieces(grid, output, rows);
  }

  encode(
    encoder: GPUCommandEncoder,
    output: Output,
    band: Band,
    target: GPUBuffer,
    portion?: Portion,
  ): void {
    this.evaluatorOf(output).encode(encoder, output, band, target, portion);
  }

  destroy(): void {
    this.own.destroy();
    this.ofClasses.destroy();
  }
}
