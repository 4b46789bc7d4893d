import type { Fence } from './fence.ts';

/** A buffer through which bytes are read back from the GPU; one read at a time. */
export class Readback {
  private readonly buffer: GPUBuffer;

  constructor(
    device: GPUDevice,
    private readonly fence: Fence,
    label: string,
    bytes: number,
  ) {
    this.buffer = device.createBuffer({
      label,
      size: bytes,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
  }

  encodeCopy(encoder: GPUCommandEncoder, source: GPUBuffer, bytes: number): void {
    encoder.copyBufferToBuffer(source, 0, this.buffer, 0, bytes);
  }

  /** Lends the bytes to `use` once the submitted copy is done. */
  async read<T>(bytes: number, use: (data: ArrayBuffer) => T): Promise<T> {
    await this.fence.during(this.buffer.mapAsync(GPUMapMode.READ, 0, bytes));
    try {
      return use(this.buffer.getMappedRange(0, bytes));
    } finally {
      this.buffer.unmap();
    }
  }

  destroy(): void {
    this.buffer.destroy();
  }
}
