import {
  type BufferUse,
  bindBuffers,
  createBufferLayout,
  createPipelineLayout,
} from '../gpu/bindings.ts';
import { type Band, GRID_BYTES, groupsPerRow, packGrid } from '../gpu/gridUniform.ts';
import { type PipelineCache, workgroups } from '../gpu/pipelines.ts';
import {
  composeEvaluate,
  composeSeries,
  hasSeries,
  type Output,
} from '../kernels/composeEvaluate.ts';
import type { AnchoredField } from '../kernels/fieldCode.ts';
import { type Grid, kindOf } from '../kernels/grid.ts';
import type { PreparedField, StraightField } from '../kernels/prepareField.ts';
import { STRAIGHT_TILE_ROWS } from '../kernels/shaderConstants.ts';
import { ZERO } from '../numeric/doubleDouble.ts';
import type { ProjectionKind } from '../view/projection.ts';
import type { FieldEvaluator } from './fieldEvaluator.ts';

const TILE_COLUMNS = 4;

/** Runs shaders/evaluate.wgsl: straight-line code, one dispatch per band. */
export class StraightEvaluator implements FieldEvaluator {
  readonly key: string;
  private readonly layout: GPUBindGroupLayout;
  private readonly pipelineLayout: GPUPipelineLayout;
  /** By output and kind of picture. */
  private readonly pipelines = new Map<string, GPUComputePipeline>();
  private readonly gridBuffer: GPUBuffer;
  private readonly gridBytes = new ArrayBuffer(GRID_BYTES);
  private readonly parameterBuffer: GPUBuffer;
  private readonly bindGroups = new WeakMap<GPUBuffer, GPUBindGroup>();
  private grid: Grid | null = null;
  /** Whether FieldCode.series serves the grid. */
  private takesSeries = false;

  constructor(
    private readonly device: GPUDevice,
    private readonly cache: PipelineCache,
    private field: StraightField,
  ) {
    this.key = field.key;
    const uses: BufferUse[] = ['uniform', 'read', 'read and write'];
    this.layout = createBufferLayout(device, 'Evaluate', GPUShaderStage.COMPUTE, uses);
    this.pipelineLayout = createPipelineLayout(device, 'Evaluate', this.layout);
    const probe = field.anchor({ x: ZERO, y: ZERO, halfWidth: 1, reach: 1 });
    this.gridBuffer = device.createBuffer({
      label: 'Evaluate.grid',
      size: GRID_BYTES,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
    this.parameterBuffer = device.createBuffer({
      label: 'Evaluate.parameters',
      size: probe.parameters.byteLength,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
    });
  }

  async prepare(output: Output, kind: ProjectionKind = 'plane'): Promise<void> {
    const variant = `${output} ${kind}`;
    if (this.pipelines.has(variant)) return;
    const key = `${this.key} ${variant}`;
    const compile = (name: string, source: () => string) =>
      this.cache.compute(name, this.pipelineLayout, 'evaluate', source);
    const code = this.field.code();
    const [pipeline, series] = await Promise.all([
      compile(key, () => composeEvaluate(code, output, kind)),
      hasSeries(code, output, kind)
        ? compile(`${key} series`, () => composeSeries(code, output))
        : undefined,
    ]);
    if (series) this.pipelines.set(`${variant} series`, series);
    this.pipelines.set(variant, pipeline);
  }

  setField(field: PreparedField): void {
    if (field.key !== this.key || field.form !== 'straight') {
      throw new Error(`setField: received a field for '${field.key}', expected '${this.key}'`);
    }
    this.field = field;
  }

  setGrid(grid: Grid): AnchoredField {
    const anchored = this.field.anchor(grid.anchor);
    this.grid = grid;
    const reach: [number, number] = [
      (TILE_COLUMNS / 2) * Math.abs(grid.step[0]),
      (STRAIGHT_TILE_ROWS / 2) * Math.abs(grid.step[1]),
    ];
    this.takesSeries = kindOf(grid) === 'plane' && anchored.servesSeries?.(reach) === true;
    this.device.queue.writeBuffer(this.parameterBuffer, 0, anchored.parameters);
    return anchored;
  }

  rowsTogether(): number {
    return STRAIGHT_TILE_ROWS;
  }

  maxRows(grid: Grid): number {
    return grid.height;
  }

  /** A band is not cut into pieces: a shorter band has fewer rows. */
  pieces(): number {
    return 1;
  }

  encode(encoder: GPUCommandEncoder, output: Output, band: Band, target: GPUBuffer): void {
    const variant = this.grid && `${output} ${kindOf(this.grid)}`;
    const series = this.takesSeries && this.pipelines.get(`${variant} series`);
    const pipeline = series || (variant && this.pipelines.get(variant));
    if (!pipeline || !this.grid)
      throw new Error(`encode: '${output}' was not prepared or has no grid`);
    packGrid(this.grid, band, this.gridBytes);
    this.device.queue.writeBuffer(this.gridBuffer, 0, this.gridBytes);
    const pass = encoder.beginComputePass({ label: `Evaluate.${output}` });
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, this.bindGroup(target));
    pass.dispatchWorkgroups(
      workgroups(groupsPerRow(this.grid.width)),
      Math.ceil(band.rows / band.rowsPerThread),
    );
    pass.end();
  }

  private bindGroup(target: GPUBuffer): GPUBindGroup {
    let group = this.bindGroups.get(target);
    if (!group) {
      const buffers = [this.gridBuffer, this.parameterBuffer, target];
      group = bindBuffers(this.device, 'Evaluate', this.layout, buffers);
      this.bindGroups.set(target, group);
    }
    return group;
  }

  destroy(): void {
    this.gridBuffer.destroy();
    this.parameterBuffer.destroy();
  }
}
