import { type GpuDevice, requestDevice } from '../gpu/device.ts';
import { GpuError } from '../gpu/errors.ts';

/** A device for one export: what the screen shows goes on meanwhile. */
export interface ExportDevice {
  readonly gpu: GpuDevice;
  readonly format: GPUTextureFormat;
}

/**
 * Runs work on a device of its own, which ends with it.
 *
 * @throws GpuError also for what a device says outside of any call: an error, or that it is lost
 */
export async function withExportDevice<T>(work: (device: ExportDevice) => Promise<T>): Promise<T> {
  const gpu = await requestDevice(navigator.gpu);
  const { device } = gpu;
  let isDone = false;
  const failed = new Promise<never>((_, reject) => {
    const fail = (kind: 'gpu' | 'lost', message: string) => {
      if (!isDone) reject(new GpuError(kind, `The picture could not be drawn: ${message}`));
    };
    device.addEventListener('uncapturederror', ({ error }) => fail('gpu', error.message));
    void device.lost.then(({ message }) => fail('lost', message || 'the graphics device was lost'));
  });
  try {
    const format = navigator.gpu.getPreferredCanvasFormat();
    return await Promise.race([work({ gpu, format }), failed]);
  } finally {
    isDone = true;
    device.destroy();
  }
}
