import { bindBuffers, createBufferLayout, createPipelineLayout } from '../gpu/bindings.ts';
import { type Band, GRID_BYTES, groupsPerRow, packGrid } from '../gpu/gridUniform.ts';
import { type PipelineCache, workgroups } from '../gpu/pipelines.ts';
import { equalAnchors } from '../kernels/anchor.ts';
import type { Output } from '../kernels/composeEvaluate.ts';
import { composeFacets } from '../kernels/composeFacets.ts';
import { boundaryOf } from '../kernels/facetBoundary.ts';
import type { AnchoredField } from '../kernels/fieldCode.ts';
import type { Grid } from '../kernels/grid.ts';
import { READOUT_BYTES } from '../kernels/outputsReadout.ts';
import { packFacets } from '../kernels/packFacets.ts';
import { readoutOf } from '../kernels/packWide.ts';
import type { PreparedField, WideField } from '../kernels/prepareField.ts';
import { FacetRaster, toSamples } from '../kernels/rasterizeFacets.ts';
import { fillLines } from '../kernels/rasterizeLines.ts';
import { RowBlocks } from '../kernels/rowBlocks.ts';
import { BOUNDARY_LAYER } from '../kernels/shaderConstants.ts';
import type { Facets } from '../model/facets.ts';
import type { FieldEvaluator } from './fieldEvaluator.ts';

const LABEL = 'EvaluateFacets';
/** Bytes of the facets of a band's samples. */
const BAND_BYTES = 8 * 2 ** 20;

/** A network's facets in a rectangle that a picture lies in. */
export interface FacetSource {
  readonly facets: Facets;
  /** The first of the facets' outputs that is one of the field's. */
  readonly first: number;
}

/** Outputs that are lines. */
type LineOutput = 'hinge' | 'boundary';
/** What the CPU finds for each sample. */
type Found = LineOutput | 'facet';

function isLine(output: Output): output is LineOutput {
  return output === 'hinge' || output === 'boundary';
}

/**
 * Runs shaders/facets.wgsl: a network whose facets are known. The CPU finds in which of them each sample lies, and draws hinges
 * and boundaries itself.
 */
export class FacetEvaluator implements FieldEvaluator {
  readonly key: string;
  private readonly layout: GPUBindGroupLayout;
  private readonly pipelineLayout: GPUPipelineLayout;
  private readonly pipelines = new Map<Output, GPUComputePipeline>();
  private readonly gridBuffer: GPUBuffer;
  private readonly readoutBuffer: GPUBuffer;
  private readonly gridBytes = new ArrayBuffer(GRID_BYTES);
  private mapBuffer: GPUBuffer | null = null;
  private facetBuffer: GPUBuffer | null = null;
  private bindGroups = new WeakMap<GPUBuffer, GPUBindGroup>();
  private source: FacetSource | null = null;
  private grid: Grid | null = null;
  /** What the CPU finds for the samples of the grid; what was asked for. */
  private readonly found = new Map<Found, RowBlocks>();
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
    const source = () => composeFacets(output, readout);
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
  setFacets(source: FacetSource): void {
    if (this.source?.facets === source.facets && this.source.first === source.first) return;
    this.source = source;
    this.forget();
  }

  private forget(): void {
    this.anchored = null;
    this.boundary = null;
  }

  setGrid(grid: Grid): AnchoredField {
    if (!this.source) throw new Error('setGrid: there are no facets yet');
    const isSame = this.anchored !== null && this.grid !== null;
    if (!isSame || !equalAnchors(this.grid!.anchor, grid.anchor)) {
      this.anchored = this.writeAnchor(this.source, grid);
    }
    if (!isSame || this.grid !== grid) {
      this.found.clear();
    }
    this.grid = grid;
    return this.anchored!;
  }

  private writeAnchor({ facets, first }: FacetSource, grid: Grid): AnchoredField {
    const { anchored, numbers } = packFacets(this.field, facets, first, grid.anchor);
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
    const { grid } = this;
    if (!grid) throw new Error('encode: there is no grid yet');
    const groups = groupsPerRow(grid.width);
    const rows = { first: band.firstRow, count: band.rows };
    if (isLine(output)) {
      const lines = this.blocksOf(output, grid).read(rows);
      this.device.queue.writeBuffer(target, 16 * groups * band.targetRow, lines);
      return;
    }
    const pipeline = this.pipelines.get(output);
    if (!pipeline) throw new Error(`encode: '${output}' was not prepared`);
    const facets = this.blocksOf('facet', grid).read(rows);
    this.reserveFacets(facets.byteLength);
    this.device.queue.writeBuffer(this.facetBuffer!, 0, facets);
    packGrid(grid, band, this.gridBytes);
    this.device.queue.writeBuffer(this.gridBuffer, 0, this.gridBytes);
    const pass = encoder.beginComputePass({ label: `${LABEL}.${output}` });
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, this.bindGroup(target));
    pass.dispatchWorkgroups(workgroups(groups), band.rows);
    pass.end();
  }

  private blocksOf(what: Found, grid: Grid): RowBlocks {
    let blocks = this.found.get(what);
    if (!blocks) {
      const stride = 4 * groupsPerRow(grid.width);
      const fill = this.fillerOf(what, grid);
      blocks = new RowBlocks(stride, grid.height, (rows, target) => fill(rows, stride, target));
      this.found.set(what, blocks);
    }
    return blocks;
  }

  private fillerOf(what: Found, grid: Grid): FacetRaster['fill'] {
    const { facets } = this.source!;
    if (what === 'facet') {
      const raster = new FacetRaster(facets, grid);
      return (...args) => raster.fill(...args);
    }
    const [places, layers] =
      what === 'hinge' ? [facets.hinges, facets.hingeLayers] : this.boundaryLines(facets);
    const lines = { segments: toSamples(facets, places, grid), layers };
    return (...args) => fillLines(lines, grid, ...args);
  }

  private boundaryLines(facets: Facets): readonly [segments: Float64Array, layers: Uint8Array] {
    const { readout } = this.field;
    const wins = 'wins' in readout ? readout.wins : 'greatest';
    this.boundary ??= boundaryOf(facets, wins);
    return [this.boundary, new Uint8Array(this.boundary.length / 4).fill(BOUNDARY_LAYER)];
  }

  private reserveFacets(bytes: number): void {
    if (this.facetBuffer && this.facetBuffer.size >= bytes) return;
    this.facetBuffer?.destroy();
    this.facetBuffer = this.createBuffer('facets', bytes, GPUBufferUsage.STORAGE);
    this.bindGroups = new WeakMap();
  }

  private bindGroup(target: GPUBuffer): GPUBindGroup {
    let group = this.bindGroups.get(target);
    if (!group) {
      group = bindBuffers(this.device, LABEL, this.layout, [
        this.gridBuffer,
        this.facetBuffer!,
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
    this.facetBuffer?.destroy();
  }
}
