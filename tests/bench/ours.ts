import { type AdapterProfile, adapterProfile } from '../../src/gpu/adapterProfile.ts';
import { requestDevice } from '../../src/gpu/device.ts';
import { groupsPerRow } from '../../src/gpu/gridUniform.ts';
import { PipelineCache } from '../../src/gpu/pipelines.ts';
import type { Output } from '../../src/kernels/composeEvaluate.ts';
import type { StoredNumbers } from '../../src/kernels/fieldCode.ts';
import { type Grid, pictureGrid } from '../../src/kernels/grid.ts';
import { prepareField } from '../../src/kernels/prepareField.ts';
import { resolve } from '../../src/model/resolve.ts';
import { createFieldEvaluator } from '../../src/passes/createFieldEvaluator.ts';
import type { FieldEvaluator } from '../../src/passes/fieldEvaluator.ts';
import { type RowBlock, rowsIn } from './blocks.ts';
import type { Candidate } from './candidate.ts';
import { type Clock, DeviceClock } from './deviceClock.ts';
import { HALF_WIDTH, type Work } from './work.ts';

export type { Clock };

/** Samples are written to at most this many bytes: what a large grid needs at a time. */
const TARGET_BYTES = 64 * 2 ** 20;
/** A measurement lasts at least this long, or completion is reported too coarsely. */
const MEASUREMENT_MS = 40;
const MOST_REPEATS = 50;
const SAMPLE_GROUP_BYTES = 16;
/** Kernels look at so many rows together. */
const TILE_ROWS = 16;

interface Loaded {
  readonly work: Work;
  readonly grid: Grid;
  readonly output: Output;
  readonly planes: number;
  readonly evaluator: FieldEvaluator;
  readonly anchored: StoredNumbers;
  readonly target: GPUBuffer;
  readonly targetRows: number;
  /** Rows that one submission evaluates. */
  readonly bandRows: number;
  /** Where in the target which rows are. */
  held: { readonly first: number; readonly count: number; readonly at: number }[];
  /** What one row took at the last run; 0 before it. */
  millisecondsPerRow: number;
}

/** Reluscope's evaluate pass as the viewer runs it: anchored, results left on the GPU. */
export class Ours implements Candidate {
  readonly pipelines: PipelineCache;
  private readonly clock: DeviceClock | null;
  private loaded: Loaded | null = null;
  private lost = false;
  private readonly errors: string[] = [];

  /** @param gpu `navigator.gpu`, or what stands for it in Node */
  static async create(gpu: GPU | undefined): Promise<Ours> {
    const { device, adapter } = await requestDevice(gpu && withTimestamps(gpu));
    const profile = adapterProfile({ software: adapter.software, limits: device.limits });
    return new Ours(device, adapter.name, profile);
  }

  private constructor(
    readonly device: GPUDevice,
    readonly adapter: string,
    readonly profile: AdapterProfile,
  ) {
    this.pipelines = new PipelineCache(device);
    this.clock = DeviceClock.of(device);
    device.addEventListener('uncapturederror', (event) => this.errors.push(event.error.message));
    void device.lost.then(() => {
      this.lost = true;
    });
  }

  async load(work: Work): Promise<void> {
    await this.unload();
    const prepared = prepareField(resolve(work.field));
    const evaluator = createFieldEvaluator(this, prepared);
    const output: Output = work.gradient ? 'valueAndGradient' : 'value';
    await evaluator.prepare(output);
    const view = { center: [0, 0], centerLow: [0, 0], halfWidth: HALF_WIDTH } as const;
    const grid = pictureGrid(view, work.side, work.side, 1);
    const planes = work.gradient ? 3 : 1;
    const rowBytes = planes * groupsPerRow(grid.width) * SAMPLE_GROUP_BYTES;
    const targetRows = evenBands(grid.height, Math.floor(TARGET_BYTES / rowBytes));
    this.loaded = {
      work,
      grid,
      output,
      planes,
      evaluator,
      anchored: evaluator.setGrid(grid),
      target: this.device.createBuffer({
        label: 'Bench.target',
        size: targetRows * rowBytes,
        usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
      }),
      targetRows,
      bandRows: Math.min(targetRows, evaluator.maxRows(grid, output)),
      held: [],
      millisecondsPerRow: 0,
    };
  }

  async run(blocks: readonly RowBlock[]): Promise<number> {
    const repeats = this.repeatsOf(blocks);
    const start = performance.now();
    this.submit(blocks, repeats);
    await this.device.queue.onSubmittedWorkDone();
    return this.note(blocks, (performance.now() - start) / repeats);
  }

  /** By timestamp queries where the device has them and they can be believed; else as `run`. */
  async runOnDevice(blocks: readonly RowBlock[]): Promise<{ ms: number; clock: Clock }> {
    if (!this.clock) {
      const clock: Clock = {
        kind: 'queue completion',
        note: 'the device has no timestamp queries',
      };
      return { ms: await this.run(blocks), clock };
    }
    const repeats = this.repeatsOf(blocks);
    const { ms, clock } = await this.clock.time(() => this.submit(blocks, repeats));
    if (ms === null) return { ms: await this.run(blocks), clock };
    return { ms: this.note(blocks, ms / repeats), clock };
  }

  private repeatsOf(blocks: readonly RowBlock[]): number {
    const once = this.take().millisecondsPerRow * rowsIn(blocks);
    if (once === 0) return 1;
    return Math.max(1, Math.min(MOST_REPEATS, Math.round(MEASUREMENT_MS / once)));
  }

  private note(blocks: readonly RowBlock[], milliseconds: number): number {
    this.take().millisecondsPerRow = milliseconds / rowsIn(blocks);
    return milliseconds;
  }

  /** Submits evaluations of rows, band by band; a full target is written over from its start. */
  private submit(blocks: readonly RowBlock[], repeats: number): void {
    const loaded = this.take();
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      let at = 0;
      loaded.held = [];
      for (const { first, count } of blocks) {
        for (let row = first; row < first + count; ) {
          const rows = Math.min(loaded.bandRows, first + count - row);
          if (at + rows > loaded.targetRows) {
            at = 0;
            loaded.held = [];
          }
          this.submitBand(row, rows, at);
          loaded.held.push({ first: row, count: rows, at });
          row += rows;
          at += rows;
        }
      }
    }
  }

  private submitBand(firstRow: number, rows: number, targetRow: number): void {
    const { evaluator, output, target } = this.take();
    const band = { firstRow, rows, targetRow, rowsPerThread: this.profile.rowsPerThread };
    const encoder = this.device.createCommandEncoder({ label: 'Bench' });
    evaluator.encode(encoder, output, band, target);
    this.device.queue.submit([encoder.finish()]);
  }

  async probe(): Promise<(number | null)[]> {
    const { work, grid, target, anchored, planes, held } = this.take();
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
    const { offset, scale, baseGradient, gradientScale } = anchored;
    const results = work.probes.flatMap((index) => {
      const [row, column] = [Math.floor(index / grid.width), index % grid.width];
      const band = held.find(({ first, count }) => row >= first && row < first + count);
      if (!band) return new Array<null>(planes).fill(null);
      const group = ((band.at + row - band.first) * perRow + (column >> 2)) * planes;
      const read = (plane: number) => shown[4 * (group + plane) + (column & 3)];
      const value = offset.high + (offset.low + scale * read(0));
      if (planes === 1) return [value];
      const along = (axis: 0 | 1) => baseGradient[axis].high + gradientScale * read(1 + axis);
      return [value, along(0), along(1)];
    });
    staging.destroy();
    if (this.lost) throw new Error('the device was lost');
    if (this.errors.length > 0) throw new Error(this.errors.splice(0).join('; '));
    return results;
  }

  async unload(): Promise<void> {
    this.loaded?.evaluator.destroy();
    this.loaded?.target.destroy();
    this.loaded = null;
  }

  private take(): Loaded {
    if (!this.loaded) throw new Error('Ours: nothing is loaded');
    return this.loaded;
  }
}

/** Rows of bands of about one size, in whole tiles, of at most `most` rows: the last one holds enough probes. */
function evenBands(rows: number, most: number): number {
  if (rows <= most) return rows;
  const tiles = Math.max(1, Math.floor(most / TILE_ROWS));
  const bands = Math.ceil(rows / (tiles * TILE_ROWS));
  return Math.ceil(rows / bands / TILE_ROWS) * TILE_ROWS;
}

/** The same GPU, whose devices have timestamp queries where the adapter does. */
function withTimestamps(gpu: GPU): GPU {
  const requestAdapter = async (options?: GPURequestAdapterOptions) => {
    const adapter = await gpu.requestAdapter(options);
    if (!adapter?.features.has('timestamp-query')) return adapter;
    const request = adapter.requestDevice.bind(adapter);
    adapter.requestDevice = (descriptor) =>
      request({ ...descriptor, requiredFeatures: ['timestamp-query'] });
    return adapter;
  };
  return { requestAdapter } as GPU;
}
