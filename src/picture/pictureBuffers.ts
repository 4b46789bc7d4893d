import { groupsPerRow } from '../gpu/gridUniform.ts';
import type { Grid } from '../kernels/grid.ts';
import type { Extra } from './extras.ts';

/** The buffers of a picture, which only grow, and the picture itself. */
export class PictureBuffers {
  samples: GPUBuffer | null = null;
  readonly extras: Record<Extra, GPUBuffer | null> = { hinge: null, boundary: null, share: null };
  picture: GPUTexture | null = null;
  /** The picture as a render target. */
  target: GPUTextureView | null = null;

  constructor(
    private readonly device: GPUDevice,
    private readonly format: GPUTextureFormat,
  ) {}

  /**
   * Makes room for all samples of a grid, and for some rows of others.
   * @param widest the width of the widest grid
   */
  reserveSamples(grid: Grid, widest: number): void {
    const bytes = Math.max(grid.height, 16) * groupsPerRow(Math.max(grid.width, widest)) * 16;
    if (this.samples && this.samples.size >= bytes) return;
    this.samples?.destroy();
    this.samples = this.createSamples('Evaluate.samples', bytes);
  }

  /** Makes room for an extra of a whole grid. */
  reserveExtra(grid: Grid, extra: Extra): void {
    const bytes = grid.height * groupsPerRow(grid.width) * 16;
    const { extras } = this;
    if (extras[extra] && extras[extra].size >= bytes) return;
    extras[extra]?.destroy();
    extras[extra] = this.createSamples(`Evaluate.${extra}`, bytes);
  }

  /** Gives the picture the size of the canvas. @returns true if it is a new one */
  reservePicture(widthPx: number, heightPx: number): boolean {
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
    // The CPU writes the hinges of facets.
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
    return this.device.createBuffer({ label, size, usage });
  }

  destroy(): void {
    this.samples?.destroy();
    for (const buffer of Object.values(this.extras)) buffer?.destroy();
    this.picture?.destroy();
  }
}
