import { GpuError } from '../gpu/errors.ts';
import { type DeviceSpan, requestSpan } from '../gpu/sharedDevice.ts';

/**
 * Runs work on its own device, which is destroyed afterwards; the screen stays live meanwhile.
 *
 * @throws GpuError also for errors that a device reports outside of any call, and if it is lost
 */
export async function withExportDevice<T>(work: (device: DeviceSpan) => Promise<T>): Promise<T> {
  const span = await requestExportSpan();
  const { device } = span;
  let isDone = false;
  const failed = new Promise<never>((_, reject) => {
    const fail = (kind: 'gpu' | 'lost', message: string) => {
      if (!isDone) reject(new GpuError(kind, `The picture could not be drawn: ${message}`));
    };
    device.addEventListener('uncapturederror', ({ error }) => fail('gpu', error.message));
    void device.lost.then(({ message }) => fail('lost', message || 'the graphics device was lost'));
  });
  try {
    return await Promise.race([work(span), failed]);
  } finally {
    isDone = true;
    device.destroy();
  }
}

/** @throws GpuError whose message says what is missing and what to do */
async function requestExportSpan(): Promise<DeviceSpan> {
  try {
    return await requestSpan();
  } catch (cause) {
    if (!(cause instanceof GpuError)) throw cause;
    throw new GpuError(cause.kind, `Files of pictures need WebGPU. ${cause.message}`);
  }
}
