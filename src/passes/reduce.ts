import reduceSource from '../../shaders/reduce.wgsl?raw';
import {
  type BufferUse,
  bindBuffers,
  createBufferLayout,
  createPipelineLayout,
} from '../gpu/bindings.ts';
import { groupsPerRow } from '../gpu/gridUniform.ts';
import { type PipelineCache, workgroups } from '../gpu/pipelines.ts';
import { NO_DIRECTION, WORKGROUP_SIZE, withConstants } from '../kernels/shaderConstants.ts';
import { FLOAT32_MAX } from '../numeric/float32.ts';

/** Bytes of `struct Reduce`, `struct Partial` and `struct Statistics` in reduce.wgsl. */
export const REDUCE_BYTES = 32;
const PARTIAL_BYTES = 16;
export const STATISTICS_BYTES = 16;

/** Groups of four samples per thread. */
const GROUPS_PER_THREAD = 64;

export const REDUCE_SOURCE = withConstants({ WORKGROUP_SIZE, GROUPS_PER_THREAD }, reduceSource);

/** `struct Reduce` in reduce.wgsl, which documents its members. */
interface ReduceBandUniform {
  readonly groups: number;
  readonly groupsPerRow: number;
  readonly width: number;
  readonly firstGroup: number;
  readonly threads: number;
  readonly firstPartial: number;
  readonly partialCount: number;
  readonly ignored: number;
}

/** Writes `struct Reduce`. */
export function packReduce(uniform: ReduceBandUniform): ArrayBuffer {
  const packed = new ArrayBuffer(REDUCE_BYTES);
  new Uint32Array(packed).set([
    uniform.groups,
    uniform.groupsPerRow,
    uniform.width,
    uniform.firstGroup,
    uniform.threads,
    uniform.firstPartial,
    uniform.partialCount,
  ]);
  new Float32Array(packed)[7] = uniform.ignored;
  return packed;
}

/** A band of samples in a buffer whose rows are `width` wide. */
export interface ReduceBand {
  readonly width: number;
  readonly targetRow: number;
  readonly rows: number;
}

/** Minimum, maximum and mean of a grid, band by band: shaders/reduce.wgsl. */
export class ReducePass {
  /** Minimum, maximum, mean and count as float32; the colour pass reads it on the GPU. */
  readonly statistics: GPUBuffer;
  private readonly layout: GPUBindGroupLayout;
  private readonly pipelineLayout: GPUPipelineLayout;
  private readonly uniform: GPUBuffer;
  private partials: GPUBuffer;
  private bindGroups = new WeakMap<GPUBuffer, GPUBindGroup>();
  private reduceSamples!: GPUComputePipeline;
  private reducePartials!: GPUComputePipeline;
  private partialCount = 0;

  constructor(
    private readonly device: GPUDevice,
    private readonly cache: PipelineCache,
  ) {
    const uses: BufferUse[] = ['uniform', 'read', 'read and write', 'read and write'];
    this.layout = createBufferLayout(device, 'Reduce', GPUShaderStage.COMPUTE, uses);
    this.pipelineLayout = createPipelineLayout(device, 'Reduce', this.layout);
    this.uniform = device.createBuffer({
      label: 'Reduce.uniform',
      size: REDUCE_BYTES,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
    this.statistics = device.createBuffer({
      label: 'Reduce.statistics',
      size: STATISTICS_BYTES,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
    });
    this.partials = this.createPartials(1024);
  }

  async prepare(): Promise<void> {
    const compile = (entry: string) =>
      this.cache.compute(`Reduce.${entry}`, this.pipelineLayout, entry, () => REDUCE_SOURCE);
    [this.reduceSamples, this.reducePartials] = await Promise.all([
      compile('reduceSamples'),
      compile('reducePartials'),
    ]);
  }

  /** Starts a grid of this size; its bands follow by `encodeBand`, the last one marked as such. */
  begin(width: number, height: number): void {
    this.partialCount = 0;
    // A band rounds its share up, so leave room for bands of a single row.
    const most = Math.ceil((groupsPerRow(width) * height) / GROUPS_PER_THREAD) + height;
    if (this.partials.size < most * PARTIAL_BYTES) {
      this.partials.destroy();
      this.partials = this.createPartials(most);
      this.bindGroups = new WeakMap();
    }
  }

  /** Reduces a band; submit before the next one is encoded. */
  encodeBand(
    encoder: GPUCommandEncoder,
    samples: GPUBuffer,
    band: ReduceBand,
    directions: boolean,
    last: boolean,
  ): void {
    const perRow = groupsPerRow(band.width);
    const groups = perRow * band.rows;
    const threads = Math.ceil(groups / GROUPS_PER_THREAD);
    const firstPartial = this.partialCount;
    this.partialCount += threads;
    const packed = packReduce({
      groups,
      groupsPerRow: perRow,
      width: band.width,
      firstGroup: band.targetRow * perRow,
      threads,
      firstPartial,
      partialCount: this.partialCount,
      // No sample is as large as the largest float32: nothing is ignored.
      ignored: directions ? NO_DIRECTION : FLOAT32_MAX,
    });
    this.device.queue.writeBuffer(this.uniform, 0, packed);
    const pass = encoder.beginComputePass({ label: 'Reduce' });
    pass.setBindGroup(0, this.bindGroup(samples));
    pass.setPipeline(this.reduceSamples);
    pass.dispatchWorkgroups(workgroups(threads));
    if (last) {
      pass.setPipeline(this.reducePartials);
      pass.dispatchWorkgroups(1);
    }
    pass.end();
  }

  private createPartials(count: number): GPUBuffer {
    return this.device.createBuffer({
      label: 'Reduce.partials',
      size: count * PARTIAL_BYTES,
      usage: GPUBufferUsage.STORAGE,
    });
  }

  private bindGroup(samples: GPUBuffer): GPUBindGroup {
    let group = this.bindGroups.get(samples);
    if (!group) {
      const buffers = [this.uniform, samples, this.partials, this.statistics];
      group = bindBuffers(this.device, 'Reduce', this.layout, buffers);
      this.bindGroups.set(samples, group);
    }
    return group;
  }

  destroy(): void {
    this.uniform.destroy();
    this.partials.destroy();
    this.statistics.destroy();
  }
}
