import {
  type BufferUse,
  bindBuffers,
  createBufferLayout,
  createPipelineLayout,
} from '../gpu/bindings.ts';
import { type Band, GRID_BYTES, packGrid } from '../gpu/gridUniform.ts';
import { type PipelineCache, workgroups } from '../gpu/pipelines.ts';
import {
  composeCulled,
  PLAIN_THREADS,
  plainChannels,
  QUADS,
  SLOTS,
  TILE,
} from '../kernels/composeCulled.ts';
import type { Output } from '../kernels/composeEvaluate.ts';
import type { Grid } from '../kernels/grid.ts';
import { LAYER_BYTES, type NetworkBuffers } from './networkBuffers.ts';

const ENTRIES = [
  'begin',
  'carryMiddle',
  'carry',
  'settle',
  'assign',
  'evaluate',
  'evaluatePlain',
] as const;
type Pipelines = Record<(typeof ENTRIES)[number], GPUComputePipeline>;

/** Bytes of maps that a band may take; a single row of tiles may take more. */
const MAP_BYTES = 32 * 2 ** 20;
/** Bands of tiles that one `encode` may be split into, each with a slot in the uniform buffer. */
const MAX_SUB_BANDS = 64;
const QUAD_BYTES = 16;
const SLOT_BYTES_PER_TILE = (SLOTS * (QUADS + 1) + SLOTS / 4) * QUAD_BYTES;

/** The buffers whose sizes depend on the number of tiles at a time. */
interface TileBuffers {
  readonly maps: GPUBuffer;
  readonly slots: GPUBuffer;
  readonly tiles: GPUBuffer;
}

/** Runs shaders/culled.wgsl: wide networks, tile by tile, without the neurons that do not matter there. */
export class CulledPass {
  private readonly slotBytes: number;
  private readonly layout: GPUBindGroupLayout;
  private readonly pipelineLayout: GPUPipelineLayout;
  private readonly pipelines = new Map<Output, Pipelines>();
  private readonly gridBuffer: GPUBuffer;
  private readonly gridBytes: ArrayBuffer;
  private buffers: TileBuffers | null = null;
  private bindGroups = new WeakMap<GPUBuffer, GPUBindGroup>();

  constructor(
    private readonly device: GPUDevice,
    private readonly cache: PipelineCache,
    private network: NetworkBuffers,
  ) {
    this.slotBytes = device.limits.minUniformBufferOffsetAlignment;
    this.layout = createBufferLayout(device, 'EvaluateCulled', GPUShaderStage.COMPUTE, USES);
    this.pipelineLayout = createPipelineLayout(device, 'EvaluateCulled', this.layout);
    this.gridBytes = new ArrayBuffer(MAX_SUB_BANDS * this.slotBytes);
    this.gridBuffer = device.createBuffer({
      label: 'EvaluateCulled.grid',
      size: this.gridBytes.byteLength,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
  }

  async prepare(output: Output): Promise<void> {
    if (this.pipelines.has(output)) return;
    const { activation } = this.network.field.network;
    const source = () => composeCulled(activation, output);
    const key = `${this.network.field.key} culled ${output}`;
    const compiled = await Promise.all(
      ENTRIES.map((entry) =>
        this.cache.compute(`${key} ${entry}`, this.pipelineLayout, entry, source),
      ),
    );
    const pipelines = Object.fromEntries(ENTRIES.map((entry, i) => [entry, compiled[i]]));
    this.pipelines.set(output, pipelines as Pipelines);
  }

  /** Takes over the buffers of other widths. */
  setNetwork(network: NetworkBuffers): void {
    this.network = network;
    this.bindGroups = new WeakMap();
  }

  maxRows(grid: Grid): number {
    return this.subBandRows(grid) * MAX_SUB_BANDS;
  }

  private mapBytesPerTile(): number {
    return 2 * QUADS * this.network.stride * QUAD_BYTES;
  }

  private subBandRows(grid: Grid): number {
    const tilesPerRow = Math.ceil(grid.width / TILE);
    return TILE * Math.max(1, Math.floor(MAP_BYTES / (this.mapBytesPerTile() * tilesPerRow)));
  }

  encode(
    encoder: GPUCommandEncoder,
    output: Output,
    grid: Grid,
    band: Band,
    target: GPUBuffer,
  ): void {
    const pipelines = this.pipelines.get(output);
    if (!pipelines) throw new Error(`encode: '${output}' was not prepared`);
    const most = this.subBandRows(grid);
    const tilesIn = (rows: number) => Math.ceil(grid.width / TILE) * Math.ceil(rows / TILE);
    this.reserve(tilesIn(Math.min(most, band.rows)), output);
    const bindGroup = this.bindGroup(target);
    const pass = encoder.beginComputePass({ label: `EvaluateCulled.${output}` });
    for (let row = 0, slot = 0; row < band.rows; row += most, slot += 1) {
      const part = {
        ...band,
        firstRow: band.firstRow + row,
        targetRow: band.targetRow + row,
        rows: Math.min(most, band.rows - row),
        rowsPerThread: Math.min(TILE, band.rowsPerThread),
      };
      packGrid(grid, part, this.gridBytes, slot * this.slotBytes);
      this.encodeSubBand(pass, pipelines, bindGroup, slot, tilesIn(part.rows), part.rowsPerThread);
    }
    pass.end();
    this.device.queue.writeBuffer(this.gridBuffer, 0, this.gridBytes);
  }

  private encodeSubBand(
    pass: GPUComputePassEncoder,
    pipelines: Pipelines,
    bindGroup: GPUBindGroup,
    slot: number,
    tiles: number,
    rowsPerThread: number,
  ): void {
    const { shapes } = this.network;
    const run = (entry: keyof Pipelines, layer: number, x: number, y = 1, z = 1) => {
      pass.setPipeline(pipelines[entry]);
      pass.setBindGroup(0, bindGroup, [slot * this.slotBytes, layer * this.slotBytes]);
      pass.dispatchWorkgroups(x, y, z);
    };
    const last = shapes.length - 1;
    run('begin', 0, workgroups(tiles));
    shapes.forEach(({ blocks }, layer) => {
      // No neuron is open before the first layer, and at most all those of the layers before.
      const open = layer === 0 ? 0 : Math.min(SLOTS, 4 * shapes[layer].firstBlock);
      run('carryMiddle', layer, workgroups(Math.ceil(tiles / 4)), Math.ceil(blocks / 2));
      if (open > 0) run('carry', layer, workgroups(tiles), blocks, Math.ceil(open / 4));
      if (layer === last) return;
      run('settle', layer, workgroups(tiles), blocks);
      run('assign', layer, workgroups(tiles));
    });
    const parts = Math.ceil(TILE / rowsPerThread);
    run('evaluate', last, workgroups((tiles * TILE) / 4), parts);
    run('evaluatePlain', last, workgroups(PLAIN_THREADS));
  }

  private reserve(tiles: number, output: Output): void {
    const plainBytes = 2 * plainChannels(output) * this.network.stride * PLAIN_THREADS * QUAD_BYTES;
    const sizes = {
      maps: Math.max(tiles * this.mapBytesPerTile(), plainBytes),
      slots: tiles * SLOT_BYTES_PER_TILE,
      // A count and a list entry are four bytes, and so are the marks of four neurons.
      tiles: 4 + 12 * tiles + this.network.stride * tiles,
    };
    const { buffers } = this;
    if (
      buffers &&
      buffers.maps.size >= sizes.maps &&
      buffers.slots.size >= sizes.slots &&
      buffers.tiles.size >= sizes.tiles
    ) {
      return;
    }
    this.releaseTiles();
    const buffer = (name: keyof TileBuffers) =>
      this.device.createBuffer({
        label: `EvaluateCulled.${name}`,
        size: sizes[name],
        usage: GPUBufferUsage.STORAGE,
      });
    this.buffers = { maps: buffer('maps'), slots: buffer('slots'), tiles: buffer('tiles') };
    this.bindGroups = new WeakMap();
  }

  private bindGroup(target: GPUBuffer): GPUBindGroup {
    let group = this.bindGroups.get(target);
    if (!group) {
      const { network, buffers } = this;
      group = bindBuffers(this.device, 'EvaluateCulled', this.layout, [
        { buffer: this.gridBuffer, size: GRID_BYTES },
        { buffer: network.layers, size: LAYER_BYTES },
        network.layerTable,
        network.weights,
        network.neurons,
        buffers!.maps,
        buffers!.slots,
        buffers!.tiles,
        target,
      ]);
      this.bindGroups.set(target, group);
    }
    return group;
  }

  private releaseTiles(): void {
    this.buffers?.maps.destroy();
    this.buffers?.slots.destroy();
    this.buffers?.tiles.destroy();
  }

  destroy(): void {
    this.gridBuffer.destroy();
    this.releaseTiles();
  }
}

const USES: BufferUse[] = [
  'uniform at an offset',
  'uniform at an offset',
  'uniform',
  'read',
  'read',
  'read and write',
  'read and write',
  'read and write',
  'read and write',
];
