import type { AdapterProfile } from '../gpu/adapterProfile.ts';
import type { Band } from '../gpu/gridUniform.ts';
import type { PipelineCache } from '../gpu/pipelines.ts';
import { isCullable } from '../kernels/composeCulled.ts';
import type { Output } from '../kernels/composeEvaluate.ts';
import type { AnchoredField } from '../kernels/fieldCode.ts';
import { type Grid, kindOf } from '../kernels/grid.ts';
import { readoutOf } from '../kernels/packWide.ts';
import type { PreparedField, WideField } from '../kernels/prepareField.ts';
import { MAX_CULLED_OUTPUTS } from '../kernels/tileNetworks.ts';
import type { ProjectionKind } from '../view/projection.ts';
import { CulledPass } from './evaluateCulled.ts';
import { LayeredPass } from './evaluateLayered.ts';
import { type FieldEvaluator, type Portion, WHOLE } from './fieldEvaluator.ts';
import { NetworkBuffers } from './networkBuffers.ts';

/**
 * Networks too wide to unroll: culled tile by tile if the output allows it, else layer by layer; so are
 * log-radial pictures, whose tiles are not rectangles of the plane.
 */
export class WideEvaluator implements FieldEvaluator {
  readonly key: string;
  private network: NetworkBuffers;
  private readonly culled: CulledPass;
  private readonly layered: LayeredPass;
  private grid: Grid | null = null;

  /** @param culling false evaluates everything layer by layer, for comparison. */
  constructor(
    private readonly device: GPUDevice,
    cache: PipelineCache,
    profile: AdapterProfile,
    field: WideField,
    private readonly culling = true,
  ) {
    this.key = field.key;
    this.network = new NetworkBuffers(device, field);
    this.network.write(field);
    this.culled = new CulledPass(device, cache, this.network, profile);
    this.layered = new LayeredPass(device, cache, this.network, profile);
  }

  private passFor(output: Output, kind: ProjectionKind): CulledPass | LayeredPass {
    const { field } = this.network;
    const isFew = (readoutOf(field)?.rows ?? 1) <= MAX_CULLED_OUTPUTS;
    const canCull = field.plane.isPiecewiseLinear && isFew;
    const culls = this.culling && canCull && kind === 'plane' && isCullable(output);
    return culls ? this.culled : this.layered;
  }

  prepare(output: Output, kind: ProjectionKind = 'plane'): Promise<void> {
    return this.passFor(output, kind).prepare(output, kind);
  }

  setField(field: PreparedField): void {
    if (field.key !== this.key || field.form !== 'layered') {
      throw new Error(`setField: received a field for '${field.key}', expected '${this.key}'`);
    }
    if (field === this.network.field) return;
    if (!this.network.fits(field)) {
      this.network.destroy();
      this.network = new NetworkBuffers(this.device, field);
      this.culled.setNetwork(this.network);
      this.layered.setNetwork(this.network);
    }
    this.network.write(field);
  }

  setGrid(grid: Grid): AnchoredField {
    this.grid = grid;
    return this.network.writeAnchor(grid);
  }

  rowsTogether(grid: Grid, output: Output): number {
    return this.passFor(output, kindOf(grid)).rowsTogether;
  }

  maxRows(grid: Grid, output: Output): number {
    return this.passFor(output, kindOf(grid)).maxRows(grid, output);
  }

  pieces(grid: Grid, output: Output, rows: number): number {
    return this.passFor(output, kindOf(grid)).pieces(grid, rows);
  }

  encode(
    encoder: GPUCommandEncoder,
    output: Output,
    band: Band,
    target: GPUBuffer,
    portion: Portion = WHOLE,
  ): void {
    if (!this.grid) throw new Error('encode: there is no grid yet');
    const pass = this.passFor(output, kindOf(this.grid));
    pass.encode(encoder, output, this.grid, band, target, portion);
  }

  destroy(): void {
    this.culled.destroy();
    this.layered.destroy();
    this.network.destroy();
  }
}
