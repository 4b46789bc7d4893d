import type { Fence } from '../gpu/fence.ts';
import { groupsPerRow } from '../gpu/gridUniform.ts';
import { type Pace, type RowWork, samplesOfPiece } from '../gpu/pace.ts';
import type { Output } from '../kernels/composeEvaluate.ts';
import type { StoredNumbers } from '../kernels/fieldCode.ts';
import { type Grid, kindOf } from '../kernels/grid.ts';
import type { PreparedField } from '../kernels/prepareField.ts';
import { TILE } from '../kernels/tileNetworks.ts';
import { createFieldEvaluator, type EvaluatingDevice } from './createFieldEvaluator.ts';
import type { FieldEvaluator } from './fieldEvaluator.ts';

/** Bytes of samples that are on the GPU at a time. */
const BAND_BYTES = 16 * 2 ** 20;
/** Milliseconds of GPU work in a band: frames can be drawn in between. */
const BAND_MS = 30;

/** What evaluation outside of a picture needs from the device. */
export interface SamplerContext extends EvaluatingDevice {
  readonly fence: Fence;
  readonly pace: Pace;
}

/** Some rows of a grid, evaluated; `samples` begins with the first of them. */
export interface SampledBand {
  readonly samples: GPUBuffer;
  readonly firstRow: number;
  readonly rows: number;
  readonly anchored: StoredNumbers;
}

/** The processing of each band. */
export interface BandVisitor {
  /** Encodes what follows the evaluation, into the same submission. */
  encode(encoder: GPUCommandEncoder, band: SampledBand): void;
  /** Waits until the band is processed. */
  finish(band: SampledBand): Promise<void>;
}

/** The maximum number of rows of a band: whole tiles, unless that is less than one. */
export function rowsInBand(grid: Grid): number {
  const rowBytes = groupsPerRow(grid.width) * 16;
  const rows = Math.max(1, Math.floor(BAND_BYTES / rowBytes));
  return Math.min(grid.height, rows < TILE ? rows : rows - (rows % TILE));
}

/**
 * Evaluates a grid in bands of whole rows, one after another, so that memory is bounded for any
 * grid, and a picture can be drawn in between.
 * @throws GpuError if a shader does not compile
 */
export async function evaluateBands(
  context: SamplerContext,
  field: PreparedField,
  grid: Grid,
  output: Output,
  visitor: BandVisitor,
): Promise<void> {
  const { device } = context;
  const evaluator = createFieldEvaluator(context, field);
  let samples: GPUBuffer | null = null;
  try {
    await evaluator.prepare(output, kindOf(grid));
    samples = device.createBuffer({
      label: 'SampledBand.samples',
      size: rowsInBand(grid) * groupsPerRow(grid.width) * 16,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
    });
    const anchored = evaluator.setGrid(grid);
    const bands = new BandCutter(context, evaluator, grid, output, field.cost);
    for (let firstRow = 0; firstRow < grid.height; ) {
      const rows = bands.rowsFrom(firstRow);
      await bands.evaluate({ samples, firstRow, rows, anchored }, visitor);
      firstRow += rows;
    }
  } finally {
    samples?.destroy();
    evaluator.destroy();
  }
}

/** Cuts a grid into bands, and a band that is too large for a submission into portions. */
class BandCutter {
  private readonly rowWork: RowWork & { readonly cost: number };

  constructor(
    private readonly context: SamplerContext,
    private readonly evaluator: FieldEvaluator,
    private readonly grid: Grid,
    private readonly output: Output,
    cost: number,
  ) {
    this.rowWork = {
      work: `${evaluator.key} ${output} ${kindOf(grid)}`,
      width: grid.width,
      tileRows: evaluator.rowsTogether(grid, output),
      cost,
    };
  }

  /** Rows of the band that begins with this one. */
  rowsFrom(firstRow: number): number {
    const { context, evaluator, grid, output, rowWork } = this;
    const most = Math.min(rowsInBand(grid), evaluator.maxRows(grid, output));
    const wanted = Math.min(most, context.pace.rowsIn(BAND_MS, rowWork));
    // Counts of open neurons hold for whole tiles only; and some rows of a tile cost as much as all, but portions need not.
    const isWhole = output === 'openNeurons' || evaluator.pieces(grid, output, 1) > 1;
    const { tileRows } = rowWork;
    const rows = isWhole ? Math.ceil(wanted / tileRows) * tileRows : wanted;
    return Math.min(grid.height - firstRow, most, rows);
  }

  async evaluate(sampled: SampledBand, visitor: BandVisitor): Promise<void> {
    const { device, pace, fence, profile } = this.context;
    const { evaluator, grid, output, rowWork } = this;
    const { firstRow, rows, samples } = sampled;
    const band = { firstRow, rows, targetRow: 0, rowsPerThread: profile.rowsPerThread };
    const of = evaluator.pieces(grid, output, rows);
    for (let from = 0; from < of; ) {
      const pieces = { ...rowWork, samples: samplesOfPiece(rowWork, rows, of), left: of - from };
      const to = from + pace.piecesAtOnce(pieces);
      const start = performance.now();
      const encoder = device.createCommandEncoder({ label: 'SampledBand' });
      evaluator.encode(encoder, output, band, samples, { from, to, of });
      if (to === of) visitor.encode(encoder, sampled);
      device.queue.submit([encoder.finish()]);
      await (to === of ? visitor.finish(sampled) : fence.done());
      const milliseconds = fence.workMs(performance.now() - start);
      if (to - from === of) pace.recordRows(rowWork, rows, milliseconds);
      else pace.record(rowWork.work, (grid.width * rows * (to - from)) / of, milliseconds);
      from = to;
    }
  }
}
