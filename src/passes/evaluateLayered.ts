import {
  type BufferUse,
  bindBuffers,
  createBufferLayout,
  createPipelineLayout,
} from '../gpu/bindings.ts';
import { type Band, GRID_BYTES, groupsPerRow, packGrid } from '../gpu/gridUniform.ts';
import { type PipelineCache, workgroups } from '../gpu/pipelines.ts';
import type { Output } from '../kernels/composeEvaluate.ts';
import { channelsOf, composeLayered, isGathered } from '../kernels/composeLayered.ts';
import { type Grid, kindOf } from '../kernels/grid.ts';
import type { ProjectionKind } from '../view/projection.ts';
import { LAYER_BYTES, type NetworkBuffers } from './networkBuffers.ts';

const ENTRIES = ['begin', 'propagate', 'finish'] as const;
type Pipelines = Record<(typeof ENTRIES)[number], GPUComputePipeline>;

/** Bytes of activations that a band may take; a single row may take more. */
const ACTIVATION_BYTES = 32 * 2 ** 20;
/** Bands of rows that one `encode` may be split into, each with a slot in the uniform buffer. */
const MAX_SUB_BANDS = 64;
const SAMPLES_PER_GROUP_BYTES = 16;

/** Runs shaders/layered.wgsl: a dispatch a layer, for networks too wide to unroll. */
export class LayeredPass {
  private readonly slotBytes: number;
  private readonly layout: GPUBindGroupLayout;
  private readonly pipelineLayout: GPUPipelineLayout;
  /** By output and kind of picture. */
  private readonly pipelines = new Map<string, Pipelines>();
  private readonly gridBuffer: GPUBuffer;
  private readonly gridBytes: ArrayBuffer;
  private activations: GPUBuffer | null = null;
  private bindGroups = new WeakMap<GPUBuffer, GPUBindGroup>();

  constructor(
    private readonly device: GPUDevice,
    private readonly cache: PipelineCache,
    private network: NetworkBuffers,
  ) {
    this.slotBytes = device.limits.minUniformBufferOffsetAlignment;
    this.layout = createBufferLayout(device, 'EvaluateLayered', GPUShaderStage.COMPUTE, USES);
    this.pipelineLayout = createPipelineLayout(device, 'EvaluateLayered', this.layout);
    this.gridBytes = new ArrayBuffer(MAX_SUB_BANDS * this.slotBytes);
    this.gridBuffer = device.createBuffer({
      label: 'EvaluateLayered.grid',
      size: this.gridBytes.byteLength,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
  }

  async prepare(output: Output, kind: ProjectionKind = 'plane'): Promise<void> {
    const variant = `${output} ${kind}`;
    if (this.pipelines.has(variant)) return;
    const { activation } = this.network.field.network;
    const source = () => composeLayered(activation, output, kind);
    const key = `${this.network.field.key} ${variant}`;
    const compiled = await Promise.all(
      ENTRIES.map((entry) =>
        this.cache.compute(`${key} ${entry}`, this.pipelineLayout, entry, source),
      ),
    );
    const [begin, propagate, finish] = compiled;
    this.pipelines.set(variant, { begin, propagate, finish });
  }

  /** Takes over the buffers of other widths. */
  setNetwork(network: NetworkBuffers): void {
    this.network = network;
    this.bindGroups = new WeakMap();
  }

  maxRows(grid: Grid, output: Output): number {
    return this.subBandRows(grid, output) * MAX_SUB_BANDS;
  }

  private rowBytes(grid: Grid, output: Output): number {
    const perGroup = 2 * channelsOf(output) * this.network.stride * SAMPLES_PER_GROUP_BYTES;
    return groupsPerRow(grid.width) * perGroup;
  }

  private subBandRows(grid: Grid, output: Output): number {
    return Math.max(1, Math.floor(ACTIVATION_BYTES / this.rowBytes(grid, output)));
  }

  encode(
    encoder: GPUCommandEncoder,
    output: Output,
    grid: Grid,
    band: Band,
    target: GPUBuffer,
  ): void {
    const pipelines = this.pipelines.get(`${output} ${kindOf(grid)}`);
    if (!pipelines) throw new Error(`encode: '${output}' was not prepared`);
    const most = this.subBandRows(grid, output);
    this.reserveActivations(this.rowBytes(grid, output) * Math.min(most, band.rows));
    const bindGroup = this.bindGroup(target);
    const pass = encoder.beginComputePass({ label: `EvaluateLayered.${output}` });
    for (let row = 0, slot = 0; row < band.rows; row += most, slot += 1) {
      const rows = Math.min(most, band.rows - row);
      const part = {
        ...band,
        firstRow: band.firstRow + row,
        targetRow: band.targetRow + row,
        rows,
      };
      packGrid(grid, part, this.gridBytes, slot * this.slotBytes);
      const groups = workgroups(rows * groupsPerRow(grid.width));
      this.encodeSubBand(pass, pipelines, bindGroup, slot, groups, isGathered(output));
    }
    pass.end();
    this.device.queue.writeBuffer(this.gridBuffer, 0, this.gridBytes);
  }

  private encodeSubBand(
    pass: GPUComputePassEncoder,
    pipelines: Pipelines,
    bindGroup: GPUBindGroup,
    slot: number,
    groups: number,
    gathered: boolean,
  ): void {
    const last = this.network.shapes.length - 1;
    const bind = (layer: number) =>
      pass.setBindGroup(0, bindGroup, [slot * this.slotBytes, layer * this.slotBytes]);
    pass.setPipeline(pipelines.begin);
    bind(0);
    pass.dispatchWorkgroups(groups);
    pass.setPipeline(pipelines.propagate);
    for (let layer = 0; layer < last; layer += 1) {
      bind(layer);
      pass.dispatchWorkgroups(groups, this.network.shapes[layer].blocks);
    }
    if (gathered) return;
    pass.setPipeline(pipelines.finish);
    bind(last);
    pass.dispatchWorkgroups(groups);
  }

  private reserveActivations(bytes: number): void {
    if (this.activations && this.activations.size >= bytes) return;
    this.activations?.destroy();
    this.activations = this.device.createBuffer({
      label: 'EvaluateLayered.activations',
      size: bytes,
      usage: GPUBufferUsage.STORAGE,
    });
    this.bindGroups = new WeakMap();
  }

  private bindGroup(target: GPUBuffer): GPUBindGroup {
    let group = this.bindGroups.get(target);
    if (!group) {
      group = bindBuffers(this.device, 'EvaluateLayered', this.layout, [
        { buffer: this.gridBuffer, size: GRID_BYTES },
        { buffer: this.network.layers, size: LAYER_BYTES },
        this.network.weights,
        this.network.neurons,
        this.activations!,
        target,
      ]);
      this.bindGroups.set(target, group);
    }
    return group;
  }

  destroy(): void {
    this.gridBuffer.destroy();
    this.activations?.destroy();
  }
}

const USES: BufferUse[] = [
  'uniform at an offset',
  'uniform at an offset',
  'read',
  'read',
  'read and write',
  'read and write',
];
