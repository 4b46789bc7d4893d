import { GpuError } from '../gpu/errors.ts';
import { type DeviceSpan, hasHadDevice, requestSpan, toldLost } from '../gpu/sharedDevice.ts';
import { messageOf } from '../input/messageOf.ts';

/** The number of devices that may be lost during one work: some adapters lose theirs at every picture. */
const LOSSES_MAX = 4;
/** The number of requests for a device where there was one before, and the wait after the first, which doubles. */
const REQUESTS_MAX = 8;
const WAIT_MS = 100;

/** What the page around it gives; a test has its own. */
export interface ExportHost {
  /** @throws GpuError whose message says what is missing and what to do */
  request(): Promise<DeviceSpan>;
  /** Whether there was a device: if there is none now, it may come back. */
  hadDevice(): boolean;
  wait(milliseconds: number): Promise<void>;
}

const PAGE: ExportHost = {
  request: requestSpan,
  hadDevice: hasHadDevice,
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/**
 * Runs work on its own device, which is destroyed afterwards; the screen stays live meanwhile. If the
 * device is lost, the work begins again on another one.
 *
 * @throws GpuError also for errors that a device reports outside of any call, and if devices are lost
 *   again and again; the signal's reason instead of a new beginning
 */
export async function withExportDevice<T>(
  work: (device: DeviceSpan) => Promise<T>,
  signal?: AbortSignal,
  host: ExportHost = PAGE,
): Promise<T> {
  for (let losses = 1; ; losses += 1) {
    const span = await requestExportSpan(host, signal);
    try {
      return await runOn(span, work, host, signal);
    } catch (cause) {
      if (!isLoss(cause) || losses >= LOSSES_MAX) throw cause;
    }
    await host.wait(WAIT_MS);
    signal?.throwIfAborted();
  }
}

/** @throws GpuError of kind 'lost' if the device is lost, whatever the work throws then */
async function runOn<T>(
  span: DeviceSpan,
  work: (device: DeviceSpan) => Promise<T>,
  host: ExportHost,
  signal?: AbortSignal,
): Promise<T> {
  const { device } = span;
  let isDone = false;
  const failed = new Promise<never>((_, reject) => {
    const fail = (error: GpuError) => {
      if (!isDone) reject(error);
    };
    device.addEventListener('uncapturederror', ({ error }) =>
      fail(new GpuError('gpu', `The picture could not be drawn: ${error.message}`)),
    );
    void device.lost.then(({ message }) => fail(lostError(message)));
  });
  try {
    return await Promise.race([work(span), failed]);
  } catch (cause) {
    signal?.throwIfAborted();
    if (isLoss(cause)) throw cause;
    const wasLost = await toldLost(device, cause, (milliseconds) => host.wait(milliseconds));
    throw wasLost ? lostError(messageOf(cause)) : cause;
  } finally {
    isDone = true;
    device.destroy();
  }
}

function isLoss(cause: unknown): boolean {
  return cause instanceof GpuError && cause.kind === 'lost';
}

function lostError(reason: string): GpuError {
  const words = 'The picture could not be drawn: the graphics device was lost';
  return new GpuError('lost', `${words} each time (${reason || 'no reason given'}).`);
}

/** @throws GpuError whose message says what is missing and what to do; the signal's reason */
async function requestExportSpan(host: ExportHost, signal?: AbortSignal): Promise<DeviceSpan> {
  for (let requests = 1; ; requests += 1) {
    try {
      return await host.request();
    } catch (cause) {
      if (!(cause instanceof GpuError)) throw cause;
      if (!host.hadDevice() || requests >= REQUESTS_MAX) {
        throw new GpuError(cause.kind, `Files of pictures need WebGPU. ${cause.message}`);
      }
    }
    await host.wait(WAIT_MS * 2 ** (requests - 1));
    signal?.throwIfAborted();
  }
}
