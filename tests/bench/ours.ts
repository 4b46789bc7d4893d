import type { GpuDevice } from '../../src/gpu/device.ts';
import { groupsPerRow } from '../../src/gpu/gridUniform.ts';
import { PipelineCache } from '../../src/gpu/pipelines.ts';
import type { Output } from '../../src/kernels/composeEvaluate.ts';
import type { AnchoredField } from '../../src/kernels/fieldCode.ts';
import { type Grid, pictureGrid } from '../../src/kernels/grid.ts';
import { prepareField } from '../../src/kernels/prepareField.ts';
import { createEvaluator, type FieldEvaluator } from '../../src/passes/fieldEvaluator.ts';
import { HALF_WIDTH, type Work } from './work.ts';

/** Samples are written in bands of at most this many bytes: what a large grid needs at a time. */
const BAND_BYTES = 64 * 2 ** 20;
/** A measurement lasts at least this long, or completion is reported too coarsely. */
const MEASUREMENT_MS = 40;
const SAMPLE_GROUP_BYTES = 16;

interface Loaded {
  readonly work: Work;
  readonly grid: Grid;
  readonly output: Output;
  readonly planes: number;
  readonly evaluator: FieldEvaluator;
  readonly anchored: AnchoredField;
  readonly target: GPUBuffer;
  readonly bandRows: number;
  /** Evaluations of the whole grid in one measurement. */
  repeats: number;
}

/** Reluscope's evaluate pass as the viewer runs it: anchored, results left on the GPU. */
export class Ours {
  private readonly device: GPUDevice;
  private readonly pipelines: PipelineCache;
  private readonly rowsPerThread: number;
  private loaded: Loaded | null = null;
  private lost = false;
  private readonly errors: string[] = [];

  constructor({ device, adapter }: GpuDevice) {
    this.device = device;
    this.pipelines = new PipelineCache(device);
    this.rowsPerThread = adapter.software ? 32 : 8;
    device.addEventListener('uncapturederror', (event) => this.errors.push(event.error.message));
    void device.lost.then(() => {
      this.lost = true;
    });
  }

  async load(work: Work): Promise<void> {
    this.unload();
    const prepared = prepareField(work.field);
    const evaluator = createEvaluator(this.device, this.pipelines, prepared);
    const output: Output = work.gradient ? 'valueAndGradient' : 'value';
    await evaluator.prepare(output);
    const view = { center: [0, 0], centerLow: [0, 0], halfWidth: HALF_WIDTH } as const;
    const grid = pictureGrid(view, work.side, work.side, 1);
    const planes = work.gradient ? 3 : 1;
    const rowBytes = planes * groupsPerRow(grid.width) * SAMPLE_GROUP_BYTES;
    const bandRows = Math.min(
      grid.height,
      Math.floor(BAND_BYTES / rowBytes),
      evaluator.maxRows(grid, output),
    );
    const target = this.device.createBuffer({
      label: 'Bench.target',
      size: bandRows * rowBytes,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
    const anchored = evaluator.setGrid(grid);
    this.loaded = { work, grid, output, planes, evaluator, anchored, target, bandRows, repeats: 1 };
    // The first run pays for compilation that drivers put off; the second says how long one takes.
    await this.run();
    const once = await this.run();
    this.loaded.repeats = Math.max(1, Math.min(50, Math.round(MEASUREMENT_MS / once)));
  }

  /** @returns milliseconds for the whole grid, the mean over a measurement */
  async run(): Promise<number> {
    const { repeats } = this.take();
    const start = performance.now();
    for (let repeat = 0; repeat < repeats; repeat += 1) this.submitGrid();
    await this.device.queue.onSubmittedWorkDone();
    return (performance.now() - start) / repeats;
  }

  /**
   * @returns milliseconds on the device for one evaluation, by timestamp queries where it has them
   * (the mean over a measurement by the clock where not)
   */
  async timeOnDevice(): Promise<number> {
    if (!this.device.features.has('timestamp-query')) return this.run();
    const queries = this.device.createQuerySet({
      label: 'Bench.queries',
      type: 'timestamp',
      count: 2,
    });
    const size = 16;
    const resolved = this.device.createBuffer({
      label: 'Bench.resolved',
      size,
      usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
    });
    const staging = this.device.createBuffer({
      label: 'Bench.times',
      size,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    const submit = (encode: (encoder: GPUCommandEncoder) => void) => {
      const encoder = this.device.createCommandEncoder({ label: 'Bench.mark' });
      encode(encoder);
      this.device.queue.submit([encoder.finish()]);
    };
    const mark = (timestampWrites: Omit<GPUComputePassTimestampWrites, 'querySet'>) =>
      submit((encoder) =>
        encoder
          .beginComputePass({
            label: 'Bench.mark',
            timestampWrites: { querySet: queries, ...timestampWrites },
          })
          .end(),
      );
    const { repeats } = this.take();
    mark({ beginningOfPassWriteIndex: 0 });
    for (let repeat = 0; repeat < repeats; repeat += 1) this.submitGrid();
    mark({ endOfPassWriteIndex: 1 });
    submit((encoder) => {
      encoder.resolveQuerySet(queries, 0, 2, resolved, 0);
      encoder.copyBufferToBuffer(resolved, 0, staging, 0, size);
    });
    await staging.mapAsync(GPUMapMode.READ);
    const [from, to] = new BigUint64Array(staging.getMappedRange().slice(0));
    queries.destroy();
    resolved.destroy();
    staging.destroy();
    return Number(to - from) / 1e6 / repeats;
  }

  /** Submits one evaluation of the whole grid, band by band. */
  private submitGrid(): void {
    const { grid, evaluator, output, target, bandRows } = this.take();
    for (let row = 0; row < grid.height; row += bandRows) {
      const rows = Math.min(bandRows, grid.height - row);
      const band = { firstRow: row, rows, targetRow: 0, rowsPerThread: this.rowsPerThread };
      const encoder = this.device.createCommandEncoder({ label: 'Bench' });
      evaluator.encode(encoder, output, band, target);
      this.device.queue.submit([encoder.finish()]);
    }
  }

  /**
   * What the last measurement left: per probe the value and, where asked for, both derivatives;
   * null for probes in bands that the last one has replaced.
   */
  async probe(): Promise<(number | null)[]> {
    const { work, grid, target, anchored, planes, bandRows } = this.take();
    const staging = this.device.createBuffer({
      label: 'Bench.staging',
      size: target.size,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    const encoder = this.device.createCommandEncoder({ label: 'Bench.read' });
    encoder.copyBufferToBuffer(target, 0, staging, 0, target.size);
    // What an evaluation does not write again is found to be wrong.
    encoder.clearBuffer(target);
    this.device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    const shown = new Float32Array(staging.getMappedRange());
    const perRow = groupsPerRow(grid.width);
    const lastBand = Math.floor((grid.height - 1) / bandRows) * bandRows;
    const { offset, scale, baseGradient } = anchored;
    const results = work.probes.flatMap((index) => {
      const [row, column] = [Math.floor(index / grid.width), index % grid.width];
      if (row < lastBand) return new Array<null>(planes).fill(null);
      const group = ((row - lastBand) * perRow + (column >> 2)) * planes;
      const read = (plane: number) => shown[4 * (group + plane) + (column & 3)];
      const value = offset + scale * read(0);
      if (planes === 1) return [value];
      return [value, baseGradient[0] + read(1), baseGradient[1] + read(2)];
    });
    staging.destroy();
    if (this.lost) throw new Error('the device was lost');
    if (this.errors.length > 0) throw new Error(this.errors.join('; '));
    return results;
  }

  /** Bytes written for one evaluation of the grid. */
  get bytes(): number {
    const { grid, planes } = this.take();
    return planes * groupsPerRow(grid.width) * SAMPLE_GROUP_BYTES * grid.height;
  }

  unload(): void {
    this.loaded?.evaluator.destroy();
    this.loaded?.target.destroy();
    this.loaded = null;
  }

  private take(): Loaded {
    if (!this.loaded) throw new Error('Ours: nothing is loaded');
    return this.loaded;
  }
}
