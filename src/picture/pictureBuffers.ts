import { groupsPerRow } from '../gpu/gridUniform.ts';
import type { Grid } from '../kernels/grid.ts';

/** The buffers of a picture: samples, hinges, and the picture itself. */
export class PictureBuffers {
  samples: GPUBuffer | null = null;
  hinges: GPUBuffer | null = null;
  picture: GPUTexture | null = null;
  /** The picture as a render target. */
  target: GPUTextureView | null = null;

  constructor(
    private readonly device: GPUDevice,
    private readonly format: GPUTextureFormat,
  ) {}

  /**
   * Makes them large enough; buffers only grow, the picture has the size of the canvas.
   * @returns true if the picture is a new one
   */
  reserve(grid: Grid, widthPx: number, heightPx: number, hinges: boolean): boolean {
    // The whole grid, and at least four rows of the finest one.
    const bytes = Math.max(grid.height, 16) * groupsPerRow(Math.max(grid.width, widthPx)) * 16;
    if (!this.samples || this.samples.size < bytes) {
      this.samples?.destroy();
      this.samples = this.createSamples('Evaluate.samples', bytes);
    }
    if (hinges && (!this.hinges || this.hinges.size < bytes)) {
      this.hinges?.destroy();
      this.hinges = this.createSamples('Evaluate.hinges', bytes);
    }
    if (this.picture?.width === widthPx && this.picture.height === heightPx) return false;
    this.picture?.destroy();
    this.picture = this.device.createTexture({
      label: 'Color.picture',
      size: [widthPx, heightPx],
      format: this.format,
      usage: GPUTextureUsage.RENDER_ATTACHMENT | GPUTextureUsage.TEXTURE_BINDING,
    });
    this.target = this.picture.createView({ label: 'Color.target' });
    return true;
  }

  /** Rows of a grid for which `samples` has room. */
  rowsOf(grid: Grid): number {
    return Math.floor(this.samples!.size / (groupsPerRow(grid.width) * 16));
  }

  private createSamples(label: string, size: number): GPUBuffer {
    return this.device.createBuffer({ label, size, usage: GPUBufferUsage.STORAGE });
  }

  destroy(): void {
    this.samples?.destroy();
    this.hinges?.destroy();
    this.picture?.destroy();
  }
}
