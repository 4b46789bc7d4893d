/** The number of empty waits that are timed. */
const PROBES = 3;
/** A queue that takes longer than this to report that it is empty checks its fences only now and then. */
const POLLED_MS = 20;
/** During a wait such a queue gets something to do at this interval. */
const WAKE_MS = 1;

/** What a fence needs from its environment; a test has its own clock. */
export interface FenceHost {
  now(): number;
  /** Calls back once, after about this many milliseconds. */
  later(milliseconds: number, action: () => void): void;
}

const PAGE: FenceHost = {
  now: () => performance.now(),
  later: (milliseconds, action) => void setTimeout(action, milliseconds),
};

/**
 * Waits for submissions to a queue, and measures the latency of waiting itself, so that it is
 * not mistaken for work.
 *
 * Chrome reports completion within 3 ms. Firefox checks every 100 ms, unless something is submitted
 * meanwhile: there the queue is kept awake. Source: https://bugzilla.mozilla.org/show_bug.cgi?id=1870699
 */
export class Fence {
  #latencyMs = Number.POSITIVE_INFINITY;
  #isPolled = false;
  /** Whether the queue has to be kept awake. */
  #isAwake = false;
  #waits = 0;
  readonly #queue: GPUQueue;
  readonly #host: FenceHost;

  /** Times a few empty submissions. */
  static async create(queue: GPUQueue, host: FenceHost = PAGE): Promise<Fence> {
    const fence = new Fence(queue, host);
    await fence.#measure();
    if (fence.#latencyMs > POLLED_MS) {
      fence.#isPolled = true;
      await fence.#measure();
    }
    return fence;
  }

  private constructor(queue: GPUQueue, host: FenceHost) {
    this.#queue = queue;
    this.#host = host;
  }

  /** The minimum duration of a wait for nothing, in milliseconds. */
  get latencyMs(): number {
    return this.#latencyMs;
  }

  /** Milliseconds of work in a wait of this duration. */
  workMs(waitedMs: number): number {
    return Math.max(0, waitedMs - this.#latencyMs);
  }

  /** Resolves when all submissions so far are done. */
  done(): Promise<void> {
    return this.during(this.#queue.onSubmittedWorkDone());
  }

  /** Keeps the queue awake, if necessary, until a wait for it has ended. */
  async during<T>(wait: Promise<T>): Promise<T> {
    this.#waits += 1;
    // Waits follow each other faster than the queue wakes: one more loop for each would flood it.
    if (this.#isPolled && !this.#isAwake) this.#wake();
    try {
      return await wait;
    } finally {
      this.#waits -= 1;
    }
  }

  #wake(): void {
    this.#isAwake = this.#waits > 0;
    if (!this.#isAwake) return;
    this.#queue.submit([]);
    this.#host.later(WAKE_MS, () => this.#wake());
  }

  async #measure(): Promise<void> {
    for (let probe = 0; probe < PROBES; probe += 1) {
      const start = this.#host.now();
      this.#queue.submit([]);
      await this.done();
      this.#latencyMs = Math.min(this.#latencyMs, this.#host.now() - start);
    }
  }
}
