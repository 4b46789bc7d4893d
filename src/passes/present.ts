import { mat3 } from 'wgpu-matrix';
import presentSource from '../../shaders/present.wgsl?raw';
import type { PipelineCache } from '../gpu/pipelines.ts';
import { extent, type View, viewCoordinate } from '../view/view.ts';

/** Bytes of `struct Present` in present.wgsl: a mat3x3f takes three vec4f. */
export const PRESENT_BYTES = 80;

/** The place in the picture of a place of the canvas (0 to 1, y downwards): scale · place + shift. */
export interface Placement {
  readonly scale: number;
  readonly shift: readonly [number, number];
}

export const IN_PLACE: Placement = { scale: 1, shift: [0, 0] };

/** The place of the canvas in a picture that was made for another view. */
export function placementOf(
  picture: View,
  view: View,
  widthPx: number,
  heightPx: number,
): Placement {
  const scale = view.halfWidth / picture.halfWidth;
  const [x, y] = viewCoordinate(picture, {
    x: { high: view.center[0], low: view.centerLow[0] },
    y: { high: view.center[1], low: view.centerLow[1] },
  });
  const { halfX, halfY } = extent(widthPx, heightPx);
  const middle = 0.5 * (1 - scale);
  return { scale, shift: [middle + x / (2 * halfX), middle - y / (2 * halfY)] };
}

/** Shows the picture on the canvas: shaders/present.wgsl. */
export class PresentPass {
  private readonly layout: GPUBindGroupLayout;
  private readonly uniform: GPUBuffer;
  private readonly sampler: GPUSampler;
  private readonly packed = new Float32Array(PRESENT_BYTES / 4);
  private bindGroup: GPUBindGroup | null = null;
  private picture: GPUTexture | null = null;
  private pipeline!: GPURenderPipeline;

  constructor(
    private readonly device: GPUDevice,
    private readonly cache: PipelineCache,
    private readonly format: GPUTextureFormat,
  ) {
    this.layout = device.createBindGroupLayout({
      label: 'Present.layout',
      entries: [
        { binding: 0, visibility: GPUShaderStage.FRAGMENT, buffer: { type: 'uniform' } },
        { binding: 1, visibility: GPUShaderStage.FRAGMENT, texture: { sampleType: 'float' } },
        { binding: 2, visibility: GPUShaderStage.FRAGMENT, sampler: { type: 'filtering' } },
      ],
    });
    this.uniform = device.createBuffer({
      label: 'Present.uniform',
      size: PRESENT_BYTES,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
    this.sampler = device.createSampler({
      label: 'Present.sampler',
      magFilter: 'linear',
      minFilter: 'linear',
    });
  }

  async prepare(): Promise<void> {
    this.pipeline = await this.cache.render('Present', {
      label: 'Present',
      source: presentSource,
      layout: this.layout,
      vertex: 'coverCanvas',
      fragment: 'show',
      format: this.format,
    });
  }

  /** @param size of the picture in texels; it lies in the upper left of its texture */
  encode(
    encoder: GPUCommandEncoder,
    picture: GPUTexture,
    size: readonly [number, number],
    placement: Placement,
    background: readonly [number, number, number],
    canvas: GPUTextureView,
  ): void {
    const matrix = mat3.scaling([placement.scale, placement.scale]);
    mat3.setTranslation(matrix, placement.shift, matrix);
    this.packed.set(matrix, 0);
    this.packed.set([...background, 1], 12);
    const [u, v] = [1 / picture.width, 1 / picture.height];
    this.packed.set([size[0] * u, size[1] * v, (size[0] - 0.5) * u, (size[1] - 0.5) * v], 16);
    this.device.queue.writeBuffer(this.uniform, 0, this.packed);
    const pass = encoder.beginRenderPass({
      label: 'Present',
      colorAttachments: [
        { view: canvas, loadOp: 'clear', storeOp: 'store', clearValue: [0, 0, 0, 1] },
      ],
    });
    pass.setPipeline(this.pipeline);
    pass.setBindGroup(0, this.bind(picture));
    pass.draw(3);
    pass.end();
  }

  private bind(picture: GPUTexture): GPUBindGroup {
    if (!this.bindGroup || this.picture !== picture) {
      this.picture = picture;
      this.bindGroup = this.device.createBindGroup({
        label: 'Present.bindGroup',
        layout: this.layout,
        entries: [
          { binding: 0, resource: { buffer: this.uniform } },
          { binding: 1, resource: picture.createView({ label: 'Present.picture' }) },
          { binding: 2, resource: this.sampler },
        ],
      });
    }
    return this.bindGroup;
  }

  destroy(): void {
    this.uniform.destroy();
  }
}
