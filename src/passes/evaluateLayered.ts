import type { AdapterProfile } from '../gpu/adapterProfile.ts';
import { groupsPerRow } from '../gpu/gridUniform.ts';
import { type PipelineCache, workgroups } from '../gpu/pipelines.ts';
import type { Output } from '../kernels/composeEvaluate.ts';
import { channelsOf, composeLayered, isGathered } from '../kernels/composeLayered.ts';
import { familyOf, type LayerCode, layerCodes } from '../kernels/families.ts';
import type { Grid } from '../kernels/grid.ts';
import { readoutOf } from '../kernels/packWide.ts';
import type { NetworkBuffers } from './networkBuffers.ts';
import { type Dispatch, NetworkPass, type NetworkPassPlan, type Program } from './networkPass.ts';

type Name = 'begin' | 'finish' | 'outputs' | LayerCode;

const SAMPLES_PER_GROUP_BYTES = 16;

const PLAN: NetworkPassPlan<Name> = {
  label: 'EvaluateLayered',
  programs(field, output, kind) {
    const family = familyOf(field.plane);
    const codes = [...new Set(layerCodes(field.plane))];
    const readout = readoutOf(field);
    const program = (
      name: Name,
      entryPoint: string,
      code: LayerCode | 'outputs',
      own = '',
    ): Program<Name> => ({
      name,
      key: `${family} ${output} ${kind} ${name}${own}`,
      entryPoint,
      source: () => composeLayered(family, code, output, kind, readout),
    });
    return [
      program('begin', 'begin', 'outputs'),
      ...codes.map((code) => program(code, 'propagate', code)),
      program('outputs', 'propagate', 'outputs'),
      program('finish', 'finish', 'outputs', readout ? ` ${readout.kind} ${readout.count}` : ''),
    ];
  },
  uses: ['read', 'read', 'read and write'],
};

/** Runs shaders/layered.wgsl: one dispatch per layer, for networks too wide to unroll. An item is a group of four samples. */
export class LayeredPass extends NetworkPass<Name> {
  readonly rowsTogether = 1;
  protected readonly piecesOfItem = 1;
  private activations: GPUBuffer | null = null;

  constructor(
    device: GPUDevice,
    cache: PipelineCache,
    network: NetworkBuffers,
    private readonly profile: AdapterProfile,
  ) {
    super(device, cache, network, PLAN);
  }

  private itemBytes(output: Output): number {
    return 2 * channelsOf(output) * this.network.stride * SAMPLES_PER_GROUP_BYTES;
  }

  protected itemsPerRow(grid: Grid): number {
    return groupsPerRow(grid.width);
  }

  protected itemsInBatch(output: Output): number {
    return Math.floor(this.profile.activationBytes / this.itemBytes(output));
  }

  protected reserve(items: number, output: Output): void {
    const bytes = items * this.itemBytes(output);
    if (this.activations && this.activations.size >= bytes) return;
    this.activations?.destroy();
    this.activations = null;
    this.activations = this.createBuffer('activations', bytes);
    this.forgetBindGroups();
  }

  protected buffers(): GPUBuffer[] {
    return [this.network.weights, this.network.neurons, this.activations!];
  }

  protected encodeBatch(dispatch: Dispatch<Name>, items: number, output: Output): void {
    const { shapes, codes } = this.network;
    const last = shapes.length - 1;
    const groups = workgroups(items);
    dispatch('begin', 0, groups);
    codes.forEach((code, layer) => {
      dispatch(code, layer, groups, shapes[layer].blocks);
    });
    if (isGathered(output)) return;
    if (readoutOf(this.network.field)) dispatch('outputs', last, groups, shapes[last].blocks);
    dispatch('finish', last, groups);
  }

  protected destroyBuffers(): void {
    this.activations?.destroy();
  }
}
