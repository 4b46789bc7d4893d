import {
  type BufferUse,
  bindBuffers,
  createBufferLayout,
  createPipelineLayout,
} from '../gpu/bindings.ts';
import { type Band, GRID_BYTES, packGrid } from '../gpu/gridUniform.ts';
import type { PipelineCache } from '../gpu/pipelines.ts';
import type { Output } from '../kernels/composeEvaluate.ts';
import { type Grid, kindOf } from '../kernels/grid.ts';
import type { WideField } from '../kernels/prepareField.ts';
import type { ProjectionKind } from '../view/projection.ts';
import type { Portion } from './fieldEvaluator.ts';
import { LAYER_BYTES, type NetworkBuffers } from './networkBuffers.ts';

/** Bytes of `struct Batch` in common/layer.wgsl. */
export const BATCH_UNIFORM_BYTES = 16;
/** Batches that one `encode` may be split into, each with a slot in the uniform buffer. */
const MAX_BATCHES = 64;

/** An entry point that is compiled and dispatched by its name. */
export interface Program<Name extends string> {
  readonly name: Name;
  /** Programs with equal keys share a pipeline. */
  readonly key: string;
  readonly entryPoint: string;
  source(): string;
}

/** The parts that differ between the passes of wide networks. */
export interface NetworkPassPlan<Name extends string> {
  readonly label: string;
  /** What an output needs, for all networks of the field's key. */
  programs(field: WideField, output: Output, kind: ProjectionKind): Program<Name>[];
  /** Of the bindings between the uniforms (grid, batch, layer) and the target, which the readout follows. */
  readonly uses: readonly BufferUse[];
}

/** Dispatches the items of a batch through a program with a layer's uniform. */
export type Dispatch<Name> = (name: Name, layer: number, x: number, y?: number, z?: number) => void;

/**
 * What the passes of wide networks share: a band is evaluated batch by batch, so that intermediate buffers
 * stay bounded, and a batch layer by layer, each with its own dynamic offset.
 */
export abstract class NetworkPass<Name extends string> {
  private readonly slotBytes: number;
  private readonly layout: GPUBindGroupLayout;
  private readonly pipelineLayout: GPUPipelineLayout;
  /** By output and kind of picture. */
  private readonly pipelines = new Map<string, Record<Name, GPUComputePipeline>>();
  private readonly gridBuffer: GPUBuffer;
  private readonly batchBuffer: GPUBuffer;
  private readonly gridBytes = new ArrayBuffer(GRID_BYTES);
  private readonly batchBytes: ArrayBuffer;
  private bindGroups = new WeakMap<GPUBuffer, GPUBindGroup>();

  protected constructor(
    protected readonly device: GPUDevice,
    private readonly cache: PipelineCache,
    protected network: NetworkBuffers,
    private readonly plan: NetworkPassPlan<Name>,
  ) {
    this.slotBytes = device.limits.minUniformBufferOffsetAlignment;
    this.layout = createBufferLayout(device, plan.label, GPUShaderStage.COMPUTE, [
      'uniform',
      'uniform at an offset',
      'uniform at an offset',
      ...plan.uses,
      'read and write',
      'uniform',
    ]);
    this.pipelineLayout = createPipelineLayout(device, plan.label, this.layout);
    this.batchBytes = new ArrayBuffer(MAX_BATCHES * this.slotBytes);
    const uniform = (name: string, size: number) =>
      device.createBuffer({
        label: `${plan.label}.${name}`,
        size,
        usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
      });
    this.gridBuffer = uniform('grid', GRID_BYTES);
    this.batchBuffer = uniform('batches', this.batchBytes.byteLength);
  }

  async prepare(output: Output, kind: ProjectionKind = 'plane'): Promise<void> {
    const variant = `${output} ${kind}`;
    if (this.pipelines.has(variant)) return;
    const { label, programs } = this.plan;
    const compile = async ({ name, key, entryPoint, source }: Program<Name>) => {
      const wholeKey = `${label} ${key}`;
      const { pipelineLayout, cache } = this;
      return [name, await cache.compute(wholeKey, pipelineLayout, entryPoint, source)] as const;
    };
    const all = programs(this.network.field, output, kind);
    const pipelines = Object.fromEntries(await Promise.all(all.map(compile)));
    this.pipelines.set(variant, pipelines as Record<Name, GPUComputePipeline>);
  }

  /** Switches to the buffers of other widths. */
  setNetwork(network: NetworkBuffers): void {
    this.network = network;
    this.forgetBindGroups();
  }

  /** Items of a row, or of the rows that are evaluated together. */
  protected abstract itemsPerRow(grid: Grid): number;
  /** Rows that are evaluated together. */
  abstract readonly rowsTogether: number;
  /** Pieces into which an item can be cut. */
  protected abstract readonly piecesOfItem: number;
  /** The maximum number of items of a batch. */
  protected abstract itemsInBatch(output: Output): number;
  /** Makes the buffers large enough for batches of this many items. */
  protected abstract reserve(items: number, output: Output): void;
  /** The buffers of the plan's `uses`. */
  protected abstract buffers(): GPUBuffer[];
  protected abstract encodeBatch(
    dispatch: Dispatch<Name>,
    items: number,
    output: Output,
    band: Band,
  ): void;
  protected abstract destroyBuffers(): void;

  maxRows(grid: Grid, output: Output): number {
    const rows = Math.floor((MAX_BATCHES * this.itemsInBatch(output)) / this.itemsPerRow(grid));
    return this.rowsTogether * Math.max(1, rows);
  }

  /** Pieces of a band of this many rows. */
  pieces(grid: Grid, rows: number): number {
    return this.piecesOfItem * this.items(grid, rows);
  }

  private items(grid: Grid, rows: number): number {
    return this.itemsPerRow(grid) * Math.ceil(rows / this.rowsTogether);
  }

  encode(
    encoder: GPUCommandEncoder,
    output: Output,
    grid: Grid,
    band: Band,
    target: GPUBuffer,
    portion: Portion,
  ): void {
    const pipelines = this.pipelines.get(`${output} ${kindOf(grid)}`);
    if (!pipelines) throw new Error(`encode: '${output}' was not prepared`);
    const items = this.items(grid, band.rows);
    const { piecesOfItem } = this;
    const beginPiece = Math.floor((piecesOfItem * items * portion.from) / portion.of);
    const endPiece = Math.floor((piecesOfItem * items * portion.to) / portion.of);
    const begin = Math.floor(beginPiece / piecesOfItem);
    const end = Math.ceil(endPiece / piecesOfItem);
    const most = this.itemsInBatch(output);
    this.reserve(Math.min(most, items), output);
    const bindGroup = this.bindGroup(target);
    const pass = encoder.beginComputePass({ label: `${this.plan.label}.${output}` });
    for (let first = begin, slot = 0; first < end; first += most, slot += 1) {
      const count = Math.min(most, end - first);
      const before = piecesOfItem * first;
      const pieces = [beginPiece - before, endPiece - before];
      const within = pieces.map((piece) => Math.min(Math.max(piece, 0), piecesOfItem * count));
      new Uint32Array(this.batchBytes, slot * this.slotBytes, 4).set([first, count, ...within]);
      const dispatch: Dispatch<Name> = (name, layer, x, y, z) => {
        pass.setPipeline(pipelines[name]);
        pass.setBindGroup(0, bindGroup, [slot * this.slotBytes, layer * this.slotBytes]);
        pass.dispatchWorkgroups(x, y, z);
      };
      this.encodeBatch(dispatch, count, output, band);
    }
    pass.end();
    packGrid(grid, band, this.gridBytes);
    this.device.queue.writeBuffer(this.gridBuffer, 0, this.gridBytes);
    this.device.queue.writeBuffer(this.batchBuffer, 0, this.batchBytes);
  }

  /** A buffer that holds what one entry point leaves for another. */
  protected createBuffer(name: string, size: number): GPUBuffer {
    return this.device.createBuffer({
      label: `${this.plan.label}.${name}`,
      size,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
    });
  }

  protected forgetBindGroups(): void {
    this.bindGroups = new WeakMap();
  }

  private bindGroup(target: GPUBuffer): GPUBindGroup {
    let group = this.bindGroups.get(target);
    if (!group) {
      group = bindBuffers(this.device, this.plan.label, this.layout, [
        this.gridBuffer,
        { buffer: this.batchBuffer, size: BATCH_UNIFORM_BYTES },
        { buffer: this.network.layers, size: LAYER_BYTES },
        ...this.buffers(),
        target,
        this.network.readout,
      ]);
      this.bindGroups.set(target, group);
    }
    return group;
  }

  destroy(): void {
    this.gridBuffer.destroy();
    this.batchBuffer.destroy();
    this.destroyBuffers();
  }
}
