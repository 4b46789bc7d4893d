import { type DeviceSpan, destroyedError, type SharedDevice } from '../gpu/sharedDevice.ts';

/** Work on a shared device beside the pictures: one piece after another, begun again if the device is lost. */
export class DeviceQueue {
  #last: Promise<unknown> = Promise.resolve();
  #isDestroyed = false;
  readonly #shared: Pick<SharedDevice, 'acquire' | 'current' | 'isLost' | 'wasLost'>;

  constructor(shared: Pick<SharedDevice, 'acquire' | 'current' | 'isLost' | 'wasLost'>) {
    this.#shared = shared;
  }

  /**
   * Does a piece of work when all before it has ended.
   * @param signal of the work, which throws its reason
   * @throws GpuError if there is no device any more; what the work throws
   */
  run<T>(work: (device: DeviceSpan) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const result = this.#last.then(() => this.#repeat(work, signal));
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #repeat<T>(
    work: (device: DeviceSpan) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    const shared = this.#shared;
    for (;;) {
      if (this.#isDestroyed) throw destroyedError();
      const span = await shared.acquire();
      if (this.#isDestroyed) throw destroyedError();
      try {
        const result = await work(span);
        if (span === shared.current && !shared.isLost) return result;
      } catch (cause) {
        if (signal?.aborted || !(await shared.wasLost(span, cause))) throw cause;
      }
    }
  }

  /** Begins no further work: what waits is rejected. */
  destroy(): void {
    this.#isDestroyed = true;
  }
}
