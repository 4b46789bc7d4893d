import { bindBuffers, createBufferLayout, createPipelineLayout } from '../gpu/bindings.ts';
import { type Band, GRID_BYTES, groupsPerRow, packGrid } from '../gpu/gridUniform.ts';
import { type PipelineCache, workgroups } from '../gpu/pipelines.ts';
import type { Output } from '../kernels/composeEvaluate.ts';
import { composePatches } from '../kernels/composePatches.ts';
import type { AnchoredField } from '../kernels/fieldCode.ts';
import type { Grid } from '../kernels/grid.ts';
import { READOUT_BYTES } from '../kernels/outputsReadout.ts';
import { packPatches } from '../kernels/packPatches.ts';
import { readoutOf } from '../kernels/packWide.ts';
import { boundaryOf } from '../kernels/patchBoundary.ts';
import type { PreparedField, WideField } from '../kernels/prepareField.ts';
import { fillLines, type Lines } from '../kernels/rasterizeLines.ts';
import { PatchRaster, toSamples } from '../kernels/rasterizePatches.ts';
import { BOUNDARY_LAYER } from '../kernels/shaderConstants.ts';
import type { Patches } from '../model/patches.ts';
import type { FieldEvaluator } from './fieldEvaluator.ts';

const LABEL = 'EvaluatePatches';
/** Bytes of the patches of a band's samples. */
const BAND_BYTES = 8 * 2 ** 20;

/** A network's patches in a rectangle that a picture lies in. */
export interface PatchSource {
  readonly patches: Patches;
  /** The first of the patches' outputs that is one of the field's. */
  readonly first: number;
}

/** Outputs that are lines. */
type LineOutput = 'hinge' | 'boundary';

function isLine(output: Output): output is LineOutput {
  return output === 'hinge' || output === 'boundary';
}

/**
 * Runs shaders/patches.wgsl: a network whose patches are known. The CPU finds in which of them each sample lies, and draws hinges
 * and boundaries itself.
 */
export class PatchEvaluator implements FieldEvaluator {
  readonly key: string;
  private readonly layout: GPUBindGroupLayout;
  private readonly pipelineLayout: GPUPipelineLayout;
  private readonly pipelines = new Map<Output, GPUComputePipeline>();
  private readonly gridBuffer: GPUBuffer;
  private readonly readoutBuffer: GPUBuffer;
  private readonly gridBytes = new ArrayBuffer(GRID_BYTES);
  private mapBuffer: GPUBuffer | null = null;
  private patchBuffer: GPUBuffer | null = null;
  private bindGroups = new WeakMap<GPUBuffer, GPUBindGroup>();
  private source: PatchSource | null = null;
  private grid: Grid | null = null;
  private raster: PatchRaster | null = null;
  /** In samples of the grid; those that were asked for. */
  private lines = new Map<LineOutput, Lines>();
  /** The lines between classes, as `boundaryOf` returns them. */
  private boundary: Float64Array | null = null;
  /** What is on the device: of the last grid's anchor. */
  private anchored: AnchoredField | null = null;

  constructor(
    private readonly device: GPUDevice,
    private readonly cache: PipelineCache,
    private field: WideField,
  ) {
    this.key = field.key;
    this.layout = createBufferLayout(device, LABEL, GPUShaderStage.COMPUTE, [
      'uniform',
      'read',
      'read',
      'read and write',
      'uniform',
    ]);
    this.pipelineLayout = createPipelineLayout(device, LABEL, this.layout);
    this.gridBuffer = this.createBuffer('grid', GRID_BYTES, GPUBufferUsage.UNIFORM);
    this.readoutBuffer = this.createBuffer('readout', READOUT_BYTES, GPUBufferUsage.UNIFORM);
  }

  private createBuffer(name: string, size: number, usage: number): GPUBuffer {
    const label = `${LABEL}.${name}`;
    return this.device.createBuffer({ label, size, usage: usage | GPUBufferUsage.COPY_DST });
  }

  async prepare(output: Output): Promise<void> {
    if (isLine(output) || this.pipelines.has(output)) return;
    const readout = readoutOf(this.field);
    const own = readout ? `${readout.kind} ${readout.count}` : 'output';
    const source = () => composePatches(output, readout);
    const key = `${LABEL} ${own} ${output}`;
    const pipeline = await this.cache.compute(key, this.pipelineLayout, 'evaluate', source);
    this.pipelines.set(output, pipeline);
  }

  setField(field: PreparedField): void {
    if (field.key !== this.key || field.form !== 'layered') {
      throw new Error(`setField: received a field for '${field.key}', expected '${this.key}'`);
    }
    this.field = field;
    this.forget();
  }

  /** To be called before `setGrid`, whenever the field or the rectangle is another one. */
  setPatches(source: PatchSource): void {
    if (this.source?.patches === source.patches && this.source.first === source.first) return;
    this.source = source;
    this.forget();
  }

  private forget(): void {
    this.anchored = null;
    this.boundary = null;
  }

  setGrid(grid: Grid): AnchoredField {
    if (!this.source) throw new Error('setGrid: there are no patches yet');
    const isAnchored = this.anchored !== null && this.grid?.anchor === grid.anchor;
    if (!isAnchored) this.anchored = this.writeAnchor(this.source, grid);
    if (!isAnchored || this.grid !== grid) {
      this.raster = new PatchRaster(this.source.patches, grid);
      this.lines.clear();
    }
    this.grid = grid;
    return this.anchored!;
  }

  private writeAnchor({ patches, first }: PatchSource, grid: Grid): AnchoredField {
    const { anchored, numbers } = packPatches(this.field, patches, first, grid.anchor);
    const maps = anchored.parameters as Float32Array<ArrayBuffer>;
    if (!this.mapBuffer || this.mapBuffer.size < maps.byteLength) {
      this.mapBuffer?.destroy();
      this.mapBuffer = this.createBuffer('maps', maps.byteLength, GPUBufferUsage.STORAGE);
      this.bindGroups = new WeakMap();
    }
    this.device.queue.writeBuffer(this.mapBuffer, 0, maps);
    this.device.queue.writeBuffer(this.readoutBuffer, 0, numbers);
    return anchored;
  }

  rowsTogether(): number {
    return 1;
  }

  maxRows(grid: Grid): number {
    return Math.max(1, Math.floor(BAND_BYTES / (16 * groupsPerRow(grid.width))));
  }

  /** A band is not cut into pieces: a shorter band has fewer rows. */
  pieces(): number {
    return 1;
  }

  encode(encoder: GPUCommandEncoder, output: Output, band: Band, target: GPUBuffer): void {
    const { grid, raster } = this;
    if (!grid || !raster) throw new Error('encode: there is no grid yet');
    const groups = groupsPerRow(grid.width);
    const rows = { first: band.firstRow, count: band.rows };
    const filled = new Uint32Array(4 * groups * band.rows);
    if (isLine(output)) {
      fillLines(this.linesOf(output, grid), grid, rows, 4 * groups, filled);
      this.device.queue.writeBuffer(target, 16 * groups * band.targetRow, filled);
      return;
    }
    const pipeline = this.pipelines.get(output);
    if (!pipeline) throw new Error(`encode: '${output}' was not prepared`);
    raster.fillPatches(rows, 4 * groups, filled);
    this.reservePatches(filled.byteLength);
    this.device.queue.writeBuffer(this.patchBuffer!, 0, filled);
    packGrid(grid, band, this.gridBytes);
    this.device.queue.writeBuffer(this.gridBuffer, 0, this.gridBytes);
    const pass = encoder.beginComputePass({ label: `${LABEL}.${output}` });
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, this.bindGroup(target));
    pass.dispatchWorkgroups(workgroups(groups), band.rows);
    pass.end();
  }

  private linesOf(output: LineOutput, grid: Grid): Lines {
    const known = this.lines.get(output);
    if (known) return known;
    const { patches } = this.source!;
    const [segments, layers] =
      output === 'hinge' ? [patches.hinges, patches.hingeLayers] : this.boundaryLines(patches);
    const lines = { segments: toSamples(patches, segments, grid), layers };
    this.lines.set(output, lines);
    return lines;
  }

  private boundaryLines(patches: Patches): readonly [segments: Float64Array, layers: Uint8Array] {
    const { readout } = this.field;
    const wins = 'wins' in readout ? readout.wins : 'greatest';
    this.boundary ??= boundaryOf(patches, wins);
    return [this.boundary, new Uint8Array(this.boundary.length / 4).fill(BOUNDARY_LAYER)];
  }

  private reservePatches(bytes: number): void {
    if (this.patchBuffer && this.patchBuffer.size >= bytes) return;
    this.patchBuffer?.destroy();
    this.patchBuffer = this.createBuffer('patches', bytes, GPUBufferUsage.STORAGE);
    this.bindGroups = new WeakMap();
  }

  private bindGroup(target: GPUBuffer): GPUBindGroup {
    let group = this.bindGroups.get(target);
    if (!group) {
      group = bindBuffers(this.device, LABEL, this.layout, [
        this.gridBuffer,
        this.patchBuffer!,
        this.mapBuffer!,
        target,
        this.readoutBuffer,
      ]);
      this.bindGroups.set(target, group);
    }
    return group;
  }

  destroy(): void {
    this.gridBuffer.destroy();
    this.readoutBuffer.destroy();
    this.mapBuffer?.destroy();
    this.patchBuffer?.destroy();
  }
}
