import colorSource from '../../shaders/color.wgsl?raw';
import { type BufferUse, bindBuffers, createBufferLayout } from '../gpu/bindings.ts';
import { groupsPerRow } from '../gpu/gridUniform.ts';
import type { PipelineCache } from '../gpu/pipelines.ts';
import { withConstants } from '../kernels/shaderConstants.ts';
import type { Quantity } from '../model/field.ts';
import { MAX_HIDDEN_LAYERS } from '../model/networks.ts';
import { isOfSamples } from '../model/quantities.ts';
import { classColorTable } from '../scales/classColors.ts';
import { COLORMAP_SIZE, type ColormapName, colormapTable } from '../scales/colormaps.ts';
import { layerColor } from '../scales/layerColors.ts';
import { STOP_INTERVALS } from '../scales/norms.ts';

/** Bytes of `struct Coloring` in color.wgsl. */
export const COLORING_BYTES = 88;

/** A factor for values and the ends of ranges, so that sums and differences of several do not overflow float32. */
export const COLOR_UNIT = 2 ** -5;

const MAP_SIZE = COLORMAP_SIZE;
const LAYERS = MAX_HIDDEN_LAYERS;
export const COLOR_SOURCE = withConstants({ MAP_SIZE, LAYERS, STOP_INTERVALS }, colorSource);

/** The samples to colour, as the kernels store them (before offset and scale). */
export interface Coloring {
  readonly quantity: Quantity;
  /** null for regions, which have none; of classes, whose colours are as many as those of a map. */
  readonly colormap: ColormapName | 'classes' | null;
  /** Pixels of the picture. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** Columns and rows of the whole grid. */
  readonly gridWidth: number;
  readonly gridHeight: number;
  /** The rows of the grid that the sample buffer holds. */
  readonly firstRow: number;
  readonly rows: number;
  /** Samples per pixel of the picture and axis, a whole number. */
  readonly samplesPerPx: number;
  /** In stored values; null takes the range from the statistics on the GPU. */
  readonly range: { readonly low: number; readonly high: number } | null;
  readonly symmetric: boolean;
  /** [STOP_INTERVALS + 1] stored numbers, rising, that divide the colour map evenly; null if the range does. */
  readonly stops: ArrayLike<number> | null;
  /** The stored number for the value 0. */
  readonly zero: number;
  /** Contour levels in stored numbers, or, with stops, in places on the colour map, 0 to 1. */
  readonly levels: { readonly first: number; readonly step: number; readonly count: number };
  readonly filled: boolean;
  readonly lines: boolean;
  /** In samples. */
  readonly contourHalfWidth: number;
  readonly hinges: boolean;
  readonly boundaries: boolean;
  /** What makes gaps (model/classes.ts) of the stored numbers by which classes are shaded; null if they are not. */
  readonly share: ShareScale | null;
  /** Of a quantity of samples, all of which the buffer holds; null for others, whose samples tile the picture. */
  readonly cells: Cells | null;
}

/** gap = offset + scale · stored. */
export interface ShareScale {
  readonly offset: number;
  readonly scale: number;
}

/** Where each sample of a grid is drawn as a cell: pixel p, from the lower left, lies in cell scale · p + shift. */
export interface Cells {
  readonly scale: number;
  readonly shift: readonly [number, number];
}

/** What a pipeline is compiled for: the constants of color.wgsl. */
export interface ColorVariant
  extends Pick<Coloring, 'quantity' | 'filled' | 'lines' | 'hinges' | 'boundaries'> {
  /** Whether classes are shaded. */
  readonly shaded: boolean;
  /** Whether the samples are indices of classes. */
  readonly ofClasses: boolean;
  /** Whether stops divide the colour map. */
  readonly byStops: boolean;
}

function constantsOf(variant: ColorVariant): Record<string, number> {
  const kinds: Partial<Record<Quantity, number>> = { gradientDirection: 1, region: 2 };
  return {
    kind: variant.ofClasses ? 3 : (kinds[variant.quantity] ?? 0),
    filled: Number(variant.filled),
    lines: Number(variant.lines),
    byStops: Number(variant.byStops),
    hinged: Number(variant.hinges),
    bounded: Number(variant.boundaries),
    shaded: Number(variant.shaded),
    inCells: Number(isOfSamples(variant.quantity)),
  };
}

/** Writes `struct Coloring`. */
export function packColoring(coloring: Coloring, target: ArrayBuffer): void {
  const integers = new Uint32Array(target);
  const floats = new Float32Array(target);
  const { range, samplesPerPx, levels } = coloring;
  integers.set([
    coloring.widthPx,
    coloring.heightPx,
    coloring.gridWidth,
    coloring.gridHeight,
    coloring.firstRow,
    coloring.rows,
    groupsPerRow(coloring.gridWidth),
    samplesPerPx,
    range ? 2 : coloring.symmetric ? 1 : 0,
  ]);
  const inUnits = [range?.low ?? 0, range?.high ?? 0, coloring.zero, levels.first, levels.step];
  const { contourHalfWidth } = coloring;
  floats.set([...inUnits.map((value) => COLOR_UNIT * value), levels.count, COLOR_UNIT], 9);
  const { scale, shift } = coloring.cells ?? { scale: 0, shift: [0, 0] };
  const share = coloring.share ?? { offset: 0, scale: 0 };
  floats.set([...shift, scale, contourHalfWidth, share.offset, share.scale], 16);
}

/** What the kernels wrote for each pixel of a whole picture; null for what it does not have. */
export interface ExtraBuffers {
  readonly hinge: GPUBuffer | null;
  readonly boundary: GPUBuffer | null;
  readonly share: GPUBuffer | null;
}

/** Colours samples into the picture: shaders/color.wgsl. */
export class ColorPass {
  private readonly layout: GPUBindGroupLayout;
  private readonly uniform: GPUBuffer;
  private readonly packed = new ArrayBuffer(COLORING_BYTES);
  private readonly palette: GPUBuffer;
  private paletteName: Coloring['colormap'] = null;
  private readonly stops: GPUBuffer;
  private writtenStops: ArrayLike<number> | null = null;
  private readonly none: GPUBuffer;
  private bindGroup: GPUBindGroup | null = null;
  private bound: readonly GPUBuffer[] = [];
  private readonly pipelines = new Map<string, GPURenderPipeline>();

  constructor(
    private readonly device: GPUDevice,
    private readonly cache: PipelineCache,
    private readonly statistics: GPUBuffer,
    private readonly format: GPUTextureFormat,
  ) {
    const uses: BufferUse[] = ['uniform', ...new Array<BufferUse>(7).fill('read')];
    this.layout = createBufferLayout(device, 'Color', GPUShaderStage.FRAGMENT, uses);
    const buffer = (name: string, size: number, usage: number) =>
      device.createBuffer({ label: `Color.${name}`, size, usage });
    this.uniform = buffer(
      'uniform',
      COLORING_BYTES,
      GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    );
    this.palette = buffer(
      'palette',
      4 * (MAP_SIZE + LAYERS),
      GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
    );
    this.stops = buffer(
      'stops',
      4 * (STOP_INTERVALS + 1),
      GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
    );
    this.none = buffer('none', 4, GPUBufferUsage.STORAGE);
    const layers = new Uint8Array(4 * LAYERS);
    for (let layer = 1; layer <= LAYERS; layer += 1) {
      layers.set([...layerColor(layer), 255], 4 * (layer - 1));
    }
    device.queue.writeBuffer(this.palette, 4 * MAP_SIZE, layers);
  }

  /** Compiles what a variant needs. */
  async prepare(variant: ColorVariant): Promise<void> {
    const constants = constantsOf(variant);
    const key = JSON.stringify(constants);
    if (this.pipelines.has(key)) return;
    const pipeline = await this.cache.render(`Color ${key}`, {
      label: 'Color',
      source: COLOR_SOURCE,
      layout: this.layout,
      vertex: 'coverTarget',
      fragment: 'color',
      format: this.format,
      constants,
    });
    this.pipelines.set(key, pipeline);
  }

  /**
   * Encodes the colouring of a band into the pixel rows that it covers; the rest of the picture
   * is kept. Submit before the next band is encoded.
   * @param extras what the kernels wrote for those that the colouring has
   */
  encode(
    encoder: GPUCommandEncoder,
    coloring: Coloring,
    samples: GPUBuffer,
    extras: ExtraBuffers,
    picture: GPUTextureView,
  ): void {
    const constants = constantsOf({
      ...coloring,
      ofClasses: coloring.colormap === 'classes',
      byStops: coloring.stops !== null,
      shaded: coloring.share !== null,
    });
    const pipeline = this.pipelines.get(JSON.stringify(constants));
    if (!pipeline) throw new Error(`encode: ${JSON.stringify(constants)} was not prepared`);
    this.loadPalette(coloring.colormap);
    this.loadStops(coloring.stops);
    packColoring(coloring, this.packed);
    this.device.queue.writeBuffer(this.uniform, 0, this.packed);
    const pass = encoder.beginRenderPass({
      label: 'Color',
      colorAttachments: [{ view: picture, loadOp: 'load', storeOp: 'store' }],
    });
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, this.bind(samples, extras));
    const { widthPx, heightPx, firstRow, rows, samplesPerPx, cells } = coloring;
    pass.setViewport(0, 0, widthPx, heightPx, 0, 1);
    if (!cells) {
      const top = heightPx - (firstRow + rows) / samplesPerPx;
      pass.setScissorRect(0, top, widthPx, rows / samplesPerPx);
    }
    pass.draw(3);
    pass.end();
  }

  private loadPalette(name: Coloring['colormap']): void {
    if (name === null || this.paletteName === name) return;
    this.paletteName = name;
    const table = name === 'classes' ? classColorTable() : colormapTable(name);
    this.device.queue.writeBuffer(this.palette, 0, Uint8Array.from(table));
  }

  private loadStops(stops: ArrayLike<number> | null): void {
    if (stops === null || this.writtenStops === stops) return;
    this.writtenStops = stops;
    this.device.queue.writeBuffer(
      this.stops,
      0,
      Float32Array.from(stops, (stop) => COLOR_UNIT * stop),
    );
  }

  private bind(samples: GPUBuffer, extras: ExtraBuffers): GPUBindGroup {
    const { hinge, boundary, share } = extras;
    const wanted = [samples, ...[hinge, boundary, share].map((buffer) => buffer ?? this.none)];
    if (!this.bindGroup || wanted.some((buffer, i) => buffer !== this.bound[i])) {
      this.bound = wanted;
      const [, hinges, boundaries, shares] = wanted;
      const { uniform, statistics, palette, stops } = this;
      const buffers = [uniform, samples, hinges!, statistics, palette, stops, boundaries!, shares!];
      this.bindGroup = bindBuffers(this.device, 'Color', this.layout, buffers);
    }
    return this.bindGroup;
  }

  destroy(): void {
    this.uniform.destroy();
    this.palette.destroy();
    this.stops.destroy();
    this.none.destroy();
  }
}
