/** How often waiting for nothing is timed. */
const PROBES = 3;
/** A queue that takes longer than this to say that it is empty looks at its fences only now and then. */
const POLLED_MS = 20;
/** While it is waited for, such a queue is given something to do this often. */
const WAKE_MS = 1;

/** What a fence needs of the world; a test gives it a clock of its own. */
export interface FenceHost {
  now(): number;
  /** Calls back once, after about so many milliseconds. */
  later(milliseconds: number, action: () => void): void;
}

const PAGE: FenceHost = {
  now: () => performance.now(),
  later: (milliseconds, action) => void setTimeout(action, milliseconds),
};

/**
 * Waits for what was submitted to a queue, and knows how long waiting takes by itself, so that it is
 * not taken for work.
 *
 * Chrome reports completion within 3 ms. Firefox looks every 100 ms, unless something is submitted
 * meanwhile: there the queue is kept awake. Source: https://bugzilla.mozilla.org/show_bug.cgi?id=1870699
 */
export class Fence {
  #latencyMs = Number.POSITIVE_INFINITY;
  #isPolled = false;
  /** Whether it is given something to do from time to time. */
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

  /** Milliseconds that waiting takes where there is nothing to wait for, at the least. */
  get latencyMs(): number {
    return this.#latencyMs;
  }

  /** Milliseconds of work in a wait that took so long. */
  workMs(waitedMs: number): number {
    return Math.max(0, waitedMs - this.#latencyMs);
  }

  /** Resolves when all that was submitted so far is done. */
  done(): Promise<void> {
    return this.during(this.#queue.onSubmittedWorkDone());
  }

  /** Keeps the queue awake, where it has to be, until something that waits for it has ended. */
  async during<T>(wait: Promise<T>): Promise<T> {
    this.#waits += 1;
    // Waits follow each other sooner than it wakes: one more loop for each would flood the queue.
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
