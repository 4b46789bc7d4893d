import type { Fence } from '../gpu/fence.ts';
import { groupsPerRow } from '../gpu/gridUniform.ts';
import type { Pace } from '../gpu/pace.ts';
import type { PipelineCache } from '../gpu/pipelines.ts';
import type { Output } from '../kernels/composeEvaluate.ts';
import type { AnchoredField } from '../kernels/fieldCode.ts';
import { type Grid, kindOf } from '../kernels/grid.ts';
import type { PreparedField } from '../kernels/prepareField.ts';
import { createFieldEvaluator } from './createFieldEvaluator.ts';

/** Bytes of samples that are on the GPU at a time. */
const BAND_BYTES = 16 * 2 ** 20;
/** Milliseconds of GPU work in a band: frames come in between. */
const BAND_MS = 30;

/** What evaluating apart from the picture takes from the device. */
export interface SamplerContext {
  readonly device: GPUDevice;
  readonly pipelines: PipelineCache;
  readonly fence: Fence;
  readonly pace: Pace;
  readonly rowsPerThread: number;
}

/** Some rows of a grid, evaluated; `samples` begins with the first of them. */
export interface SampledBand {
  readonly samples: GPUBuffer;
  readonly firstRow: number;
  readonly rows: number;
  readonly anchored: AnchoredField;
}

/** What is done with each band. */
export interface BandVisitor {
  /** Encodes what follows the evaluation, into the same submission. */
  encode(encoder: GPUCommandEncoder, band: SampledBand): void;
  /** Waits until the band is done with. */
  finish(band: SampledBand): Promise<void>;
}

/** The most rows of a grid that a band has. */
export function rowsInBand(grid: Grid): number {
  const rowBytes = groupsPerRow(grid.width) * 16;
  return Math.min(grid.height, Math.max(1, Math.floor(BAND_BYTES / rowBytes)));
}

/**
 * Evaluates a grid in bands of whole rows, one after another, so that memory is bounded whatever the
 * grid's size, and a picture can be drawn in between.
 * @throws GpuError if a shader does not compile
 */
export async function evaluateBands(
  context: SamplerContext,
  field: PreparedField,
  grid: Grid,
  output: Output,
  visitor: BandVisitor,
): Promise<void> {
  const { device, pace } = context;
  const evaluator = createFieldEvaluator(device, context.pipelines, field);
  const samples = device.createBuffer({
    label: 'SampledBand.samples',
    size: rowsInBand(grid) * groupsPerRow(grid.width) * 16,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
  });
  try {
    await evaluator.prepare(output, kindOf(grid));
    const anchored = evaluator.setGrid(grid);
    const most = Math.min(rowsInBand(grid), evaluator.maxRows(grid, output));
    const rowWork = {
      work: `${evaluator.key} ${output} ${kindOf(grid)}`,
      width: grid.width,
      tileRows: evaluator.rowsTogether(grid, output),
    };
    for (let firstRow = 0; firstRow < grid.height; ) {
      const paced = pace.rowsIn(BAND_MS, { ...rowWork, cost: field.cost });
      const wanted = Math.min(most, paced);
      // What tiles keep is only true of whole ones.
      const rows = Math.min(
        grid.height - firstRow,
        output === 'openNeurons' ? Math.ceil(wanted / rowWork.tileRows) * rowWork.tileRows : wanted,
      );
      const sampled: SampledBand = { samples, firstRow, rows, anchored };
      const start = performance.now();
      const encoder = device.createCommandEncoder({ label: 'SampledBand' });
      const band = { firstRow, rows, targetRow: 0, rowsPerThread: context.rowsPerThread };
      evaluator.encode(encoder, output, band, samples);
      visitor.encode(encoder, sampled);
      device.queue.submit([encoder.finish()]);
      await visitor.finish(sampled);
      pace.recordRows(rowWork, rows, context.fence.workMs(performance.now() - start));
      firstRow += rows;
    }
  } finally {
    samples.destroy();
    evaluator.destroy();
  }
}
