import { bindBuffers, createBufferLayout, createPipelineLayout } from '../gpu/bindings.ts';
import { type Band, GRID_BYTES, groupsPerRow, packGrid } from '../gpu/gridUniform.ts';
import { type PipelineCache, workgroups } from '../gpu/pipelines.ts';
import { equalAnchors } from '../kernels/anchor.ts';
import type { Output } from '../kernels/composeEvaluate.ts';
import { composeFacets } from '../kernels/composeFacets.ts';
import { boundaryOf } from '../kernels/facetBoundary.ts';
import type { StoredNumbers } from '../kernels/fieldCode.ts';
import type { Grid } from '../kernels/grid.ts';
import { READOUT_BYTES } from '../kernels/outputsReadout.ts';
import { anchorFacets, type FacetsAtAnchor } from '../kernels/packFacets.ts';
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

function isLine(output: Output): output is LineOutput {
  return output === 'hinge' || output === 'boundary';
}

/** The facets of a grid's samples, which all evaluators of a scene read. */
export class SampleFacets {
  private facets: Facets | null = null;
  private grid: Grid | null = null;
  private blocks: RowBlocks | null = null;

  of(facets: Facets, grid: Grid): RowBlocks {
    if (!this.blocks || this.facets !== facets || this.grid !== grid) {
      const raster = new FacetRaster(facets, grid);
      this.blocks = blocksOf(grid, (...args) => raster.fill(...args));
      this.facets = facets;
      this.grid = grid;
    }
    return this.blocks;
  }
}

function blocksOf(grid: Grid, fill: FacetRaster['fill']): RowBlocks {
  const stride = 4 * groupsPerRow(grid.width);
  return new RowBlocks(stride, grid.height, (rows, target) => fill(rows, stride, target));
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
  /** The lines of the grid that were asked for. */
  private readonly lines = new Map<LineOutput, RowBlocks>();
  /** The lines between classes, as `boundaryOf` returns them. */
  private boundary: Float64Array | null = null;
  /** Of the last grid's anchor. */
  private anchored: FacetsAtAnchor | null = null;
  /** Whose maps are on the device: lines need none. */
  private packed: FacetsAtAnchor | null = null;

  constructor(
    private readonly device: GPUDevice,
    private readonly cache: PipelineCache,
    private field: WideField,
    private readonly sampleFacets = new SampleFacets(),
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

  setGrid(grid: Grid): StoredNumbers {
    if (!this.source) throw new Error('setGrid: there are no facets yet');
    const before = this.anchored && this.grid;
    if (!before || !equalAnchors(before.anchor, grid.anchor)) {
      const { facets, first } = this.source;
      this.anchored = anchorFacets(this.field, facets, first, grid.anchor);
    }
    if (before !== grid) this.lines.clear();
    this.grid = grid;
    return this.anchored!.stored;
  }

  private writeAnchor(anchored: FacetsAtAnchor): void {
    if (this.packed === anchored) return;
    this.packed = anchored;
    const maps = anchored.packMaps();
    if (!this.mapBuffer || this.mapBuffer.size < maps.byteLength) {
      this.mapBuffer?.destroy();
      this.mapBuffer = this.createBuffer('maps', maps.byteLength, GPUBufferUsage.STORAGE);
      this.bindGroups = new WeakMap();
    }
    this.device.queue.writeBuffer(this.mapBuffer, 0, maps);
    this.device.queue.writeBuffer(this.readoutBuffer, 0, anchored.numbers);
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
    const { grid, anchored, source } = this;
    if (!grid || !anchored || !source) throw new Error('encode: there is no grid yet');
    const groups = groupsPerRow(grid.width);
    const rows = { first: band.firstRow, count: band.rows };
    if (isLine(output)) {
      const lines = this.linesOf(output, grid, source.facets).read(rows);
      this.device.queue.writeBuffer(target, 16 * groups * band.targetRow, lines);
      return;
    }
    const pipeline = this.pipelines.get(output);
    if (!pipeline) throw new Error(`encode: '${output}' was not prepared`);
    this.writeAnchor(anchored);
    const facets = this.sampleFacets.of(source.facets, grid).read(rows);
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

  private linesOf(output: LineOutput, grid: Grid, facets: Facets): RowBlocks {
    let blocks = this.lines.get(output);
    if (!blocks) {
      const [places, layers] =
        output === 'hinge' ? [facets.hinges, facets.hingeLayers] : this.boundaryLines(facets);
      const lines = { segments: toSamples(facets, places, grid), layers };
      blocks = blocksOf(grid, (...args) => fillLines(lines, grid, ...args));
      this.lines.set(output, blocks);
    }
    return blocks;
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
