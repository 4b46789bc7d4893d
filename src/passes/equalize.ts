import equalizeSource from '../../shaders/equalize.wgsl?raw';
import {
  type BufferUse,
  bindBuffers,
  createBufferLayout,
  createPipelineLayout,
} from '../gpu/bindings.ts';
import { groupsPerRow } from '../gpu/gridUniform.ts';
import { type PipelineCache, workgroups } from '../gpu/pipelines.ts';
import { WORKGROUP_SIZE, withConstants } from '../kernels/shaderConstants.ts';
import { STOP_INTERVALS } from '../scales/norms.ts';

/** Bytes of `struct Equalize` and `struct Interval` in equalize.wgsl. */
export const EQUALIZE_BYTES = 28;
const INTERVAL_BYTES = 12;
/** Bytes of the stops. */
export const STOPS_BYTES = 4 * (STOP_INTERVALS + 1);

export const EQUALIZE_SOURCE = withConstants({ WORKGROUP_SIZE, STOP_INTERVALS }, equalizeSource);

/**
 * Each round resolves what the round before had in one interval into as many as it needs: values of twelve decades, evenly
 * by their logarithms, take five.
 */
const ROUNDS = 6;
/** More samples along a side do not make stops more precise than an interval. */
const SIDE_MAX = 512;

/** Which samples are counted, in stored numbers. */
export type Counted =
  | { readonly kind: 'all' }
  /** How far they lie from a number, or from the nearest sample to it. */
  | { readonly kind: 'distances'; readonly from: number }
  | { readonly kind: 'inside'; readonly low: number; readonly high: number };

/** Writes `struct Equalize` for a grid of samples. */
export function packEqualize(width: number, height: number, counted: Counted): ArrayBuffer {
  const packed = new ArrayBuffer(EQUALIZE_BYTES);
  const stride = strideOf(width, height);
  const kind = { all: 0, distances: 1, inside: 2 }[counted.kind];
  const columns = Math.ceil(width / stride);
  const rows = Math.ceil(height / stride);
  new Uint32Array(packed).set([groupsPerRow(width), stride, columns, rows, kind]);
  const low = counted.kind === 'distances' ? counted.from : 0;
  const ends = counted.kind === 'inside' ? [counted.low, counted.high] : [low, 0];
  new Float32Array(packed).set(ends, 5);
  return packed;
}

function strideOf(width: number, height: number): number {
  return Math.ceil(Math.max(width, height) / SIDE_MAX);
}

/** The stops that divide the samples of a grid evenly: shaders/equalize.wgsl. */
export class EqualizePass {
  /** [STOP_INTERVALS + 1] float32, rising, in stored numbers, or their distances. */
  readonly stops: GPUBuffer;
  private readonly intervals: GPUBuffer;
  private readonly uniform: GPUBuffer;
  private readonly layout: GPUBindGroupLayout;
  private readonly pipelineLayout: GPUPipelineLayout;
  private pipelines: {
    readonly begin: GPUComputePipeline;
    readonly count: GPUComputePipeline;
    readonly refine: GPUComputePipeline;
  } | null = null;
  private readonly bindGroups = new WeakMap<GPUBuffer, GPUBindGroup>();

  constructor(
    private readonly device: GPUDevice,
    private readonly cache: PipelineCache,
    private readonly statistics: GPUBuffer,
  ) {
    const uses: BufferUse[] = ['uniform', 'read', 'read', 'read and write', 'read and write'];
    this.layout = createBufferLayout(device, 'Equalize', GPUShaderStage.COMPUTE, uses);
    this.pipelineLayout = createPipelineLayout(device, 'Equalize', this.layout);
    const buffer = (name: string, size: number, usage: number) =>
      device.createBuffer({ label: `Equalize.${name}`, size, usage });
    const { STORAGE, COPY_SRC, COPY_DST, UNIFORM } = GPUBufferUsage;
    this.uniform = buffer('uniform', EQUALIZE_BYTES, UNIFORM | COPY_DST);
    this.stops = buffer('stops', STOPS_BYTES, STORAGE | COPY_SRC);
    this.intervals = buffer('intervals', INTERVAL_BYTES * STOP_INTERVALS, STORAGE);
  }

  async prepare(): Promise<void> {
    if (this.pipelines) return;
    const compile = (entry: string) =>
      this.cache.compute(`Equalize.${entry}`, this.pipelineLayout, entry, () => EQUALIZE_SOURCE);
    const [begin, count, refine] = await Promise.all(['begin', 'count', 'refine'].map(compile));
    this.pipelines = { begin: begin!, count: count!, refine: refine! };
  }

  /**
   * Encodes the search for the stops of a grid, all of whose samples the buffer holds and the statistics describe. Submit before the
   * next one is encoded.
   */
  encode(
    encoder: GPUCommandEncoder,
    samples: GPUBuffer,
    { width, height }: { readonly width: number; readonly height: number },
    counted: Counted,
  ): void {
    if (!this.pipelines) throw new Error('encode: the pass was not prepared');
    const { begin, count, refine } = this.pipelines;
    this.device.queue.writeBuffer(this.uniform, 0, packEqualize(width, height, counted));
    const stride = strideOf(width, height);
    const groups = workgroups(Math.ceil(width / stride) * Math.ceil(height / stride));
    const pass = encoder.beginComputePass({ label: 'Equalize' });
    pass.setBindGroup(0, this.bindGroup(samples));
    const dispatch = (pipeline: GPUComputePipeline, size: number) => {
      pass.setPipeline(pipeline);
      pass.dispatchWorkgroups(size);
    };
    dispatch(begin, 1);
    for (let round = 0; round < ROUNDS; round++) {
      dispatch(count, groups);
      dispatch(refine, 1);
    }
    pass.end();
  }

  private bindGroup(samples: GPUBuffer): GPUBindGroup {
    let group = this.bindGroups.get(samples);
    if (!group) {
      const buffers = [this.uniform, samples, this.statistics, this.stops, this.intervals];
      group = bindBuffers(this.device, 'Equalize', this.layout, buffers);
      this.bindGroups.set(samples, group);
    }
    return group;
  }

  destroy(): void {
    this.uniform.destroy();
    this.stops.destroy();
    this.intervals.destroy();
  }
}
