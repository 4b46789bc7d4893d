import type { AdapterProfile } from '../gpu/adapterProfile.ts';
import type { Band } from '../gpu/gridUniform.ts';
import { type PipelineCache, workgroups } from '../gpu/pipelines.ts';
import {
  composeCulled,
  EVALUATING,
  MAKING_NETWORKS,
  plainChannels,
} from '../kernels/composeCulled.ts';
import type { Output } from '../kernels/composeEvaluate.ts';
import { kinkFamilyOf } from '../kernels/families.ts';
import type { Grid } from '../kernels/grid.ts';
import { readoutOf } from '../kernels/packWide.ts';
import { WORKGROUP_SIZE } from '../kernels/shaderConstants.ts';
import {
  BLOCK,
  LEAF,
  LEAF_QUADS,
  LEAVES,
  leafMaps,
  leafNetRows,
  QUADS,
  SLOTS,
  STRIPS,
  TILE,
  tileNetRows,
} from '../kernels/tileNetworks.ts';
import type { NetworkBuffers } from './networkBuffers.ts';
import { type Dispatch, NetworkPass, type NetworkPassPlan, type Program } from './networkPass.ts';

type Entry = (typeof MAKING_NETWORKS)[number] | (typeof EVALUATING)[number];

const QUAD_BYTES = 16;
/** Groups of four samples in a tile. */
const GROUPS = TILE ** 2 / 4;
/** Quads of open neurons that threads share among them. */
const CARRY_SPLIT = 4;

const planFor = ({ reads }: AdapterProfile): NetworkPassPlan<Entry> => ({
  label: 'EvaluateCulled',
  programs(field, output) {
    const family = kinkFamilyOf(field.plane);
    const readout = readoutOf(field);
    const program = (entry: Entry, key: string): Program<Entry> => ({
      name: entry,
      key: `${family} ${key}`,
      entryPoint: entry,
      source: () => composeCulled(family, output, readout, reads),
    });
    const rows = readout?.rows ?? 1;
    const own = readout ? `${readout.kind} ${readout.count} ` : '';
    return [
      ...MAKING_NETWORKS.map((entry) => program(entry, `${rows} ${entry}`)),
      ...EVALUATING.map((entry) => program(entry, `${own}${output} ${entry} ${reads}`)),
    ];
  },
  uses: ['uniform', 'read', 'read', 'read and write', 'read and write', 'read and write'],
});

/** The buffers whose sizes depend on the number of tiles at a time. */
interface TileBuffers {
  readonly activations: GPUBuffer;
  readonly nets: GPUBuffer;
  readonly tiles: GPUBuffer;
}

/**
 * Runs shaders/culled.wgsl and leaves.wgsl: wide networks, tile by tile, without the neurons that do not
 * matter there. An item is a tile, a piece a strip of it: a tile that is cut is prepared again for each portion.
 */
export class CulledPass extends NetworkPass<Entry> {
  readonly rowsTogether = TILE;
  protected readonly piecesOfItem = STRIPS;
  private tileBuffers: TileBuffers | null = null;

  constructor(
    device: GPUDevice,
    cache: PipelineCache,
    network: NetworkBuffers,
    private readonly profile: AdapterProfile,
  ) {
    super(device, cache, network, planFor(profile));
  }

  protected itemsPerRow(grid: Grid): number {
    return Math.ceil(grid.width / TILE);
  }

  /** Rows of the output layer. */
  private outputs(): number {
    return readoutOf(this.network.field)?.rows ?? 1;
  }

  /** Maps of two layers; later reused for what refine keeps. */
  private activationBytesPerTile(): number {
    const maps = LEAVES * leafMaps(this.outputs()) * LEAF_QUADS;
    return QUAD_BYTES * Math.max(2 * QUADS * this.network.stride, maps);
  }

  private netBytesPerTile(): number {
    const outputs = this.outputs();
    return QUAD_BYTES * (tileNetRows(outputs) + LEAVES * leafNetRows(outputs));
  }

  protected itemsInBatch(): number {
    const bytes = this.activationBytesPerTile() + this.netBytesPerTile();
    return BLOCK * Math.max(1, Math.floor(this.profile.batchBytes / bytes / BLOCK));
  }

  protected reserve(tiles: number, output: Output): void {
    const { plainThreads, activationBytes } = this.profile;
    const wanted = Math.min(plainThreads, tiles * GROUPS) * this.plainThreadBytes(output);
    const plainBytes = Math.min(wanted, activationBytes);
    const marks = this.network.stride / 4;
    const wholeBlocks = BLOCK * Math.ceil(tiles / BLOCK);
    const sizes = {
      activations: Math.max(wholeBlocks * this.activationBytesPerTile(), plainBytes),
      nets: wholeBlocks * this.netBytesPerTile(),
      tiles: 8 + 4 * tiles * (3 + 2 * LEAVES + 2 * SLOTS + marks),
    };
    const { tileBuffers } = this;
    const isEnough = (name: keyof TileBuffers) =>
      tileBuffers !== null && tileBuffers[name].size >= sizes[name];
    if (isEnough('activations') && isEnough('nets') && isEnough('tiles')) return;
    this.destroyBuffers();
    this.tileBuffers = null;
    const create = (name: keyof TileBuffers) => this.createBuffer(name, sizes[name]);
    this.tileBuffers = {
      activations: create('activations'),
      nets: create('nets'),
      tiles: create('tiles'),
    };
    this.forgetBindGroups();
  }

  /** Activations of two layers. */
  private plainThreadBytes(output: Output): number {
    return 2 * plainChannels(output) * this.network.stride * QUAD_BYTES;
  }

  /** Whole workgroups of threads for whose activations there is room. */
  private plainWorkgroups(output: Output): number {
    const room = this.tileBuffers!.activations.size / this.plainThreadBytes(output);
    return Math.min(workgroups(this.profile.plainThreads), Math.floor(room / WORKGROUP_SIZE));
  }

  protected buffers(): GPUBuffer[] {
    const { layerTable, weights, neurons } = this.network;
    const { activations, nets, tiles } = this.tileBuffers!;
    return [layerTable, weights, neurons, activations, nets, tiles];
  }

  protected encodeBatch(
    dispatch: Dispatch<Entry>,
    tiles: number,
    output: Output,
    band: Band,
  ): void {
    const { shapes } = this.network;
    const last = shapes.length - 1;
    const groups = workgroups(tiles);
    dispatch('begin', 0, groups);
    shapes.forEach(({ blocks, firstBlock }, layer) => {
      dispatch('carryMiddle', layer, workgroups(Math.ceil(tiles / 4)), Math.ceil(blocks / 2));
      // No neuron is open before the first layer; later at most all those of the previous layers.
      const split = Math.min(CARRY_SPLIT, firstBlock);
      if (split > 0) dispatch('carry', layer, groups, blocks, split);
      if (layer === last) return;
      dispatch('settle', layer, groups, blocks);
      dispatch('assign', layer, groups);
    });
    dispatch('conclude', last, groups, this.outputs());
    dispatch('refine', last, workgroups(tiles * LEAVES));
    // A thread evaluates a leaf, or some of its columns if threads should have few rows.
    const split = band.rowsPerThread > LEAF[1] ? 1 : LEAF[0] / 4;
    dispatch('evaluate', last, workgroups(tiles * LEAVES), split);
    // The number of open neurons is the same for all samples of a leaf.
    if (output === 'openNeurons') return;
    dispatch('evaluateLooped', last, workgroups(this.profile.loopedThreads));
    dispatch('evaluatePlain', last, this.plainWorkgroups(output));
  }

  protected destroyBuffers(): void {
    this.tileBuffers?.activations.destroy();
    this.tileBuffers?.nets.destroy();
    this.tileBuffers?.tiles.destroy();
  }
}
