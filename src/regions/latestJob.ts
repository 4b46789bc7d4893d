/** After this long a job that nobody waits for any more is ended; shorter ones may as well finish. */
const GRACE_MS = 200;

type Work = (signal: AbortSignal) => Promise<void>;

/**
 * Runs one piece of work at a time, and of those asked for meanwhile only the latest. Work that is
 * out of date is left to finish for a moment, so that numbers follow a movement, and then aborted.
 */
export class LatestJob {
  #running: AbortController | null = null;
  #next: Work | null = null;
  #timer = 0;

  /** @param work settles its own errors; it must end soon after its signal is aborted. */
  run(work: Work): void {
    if (this.#running === null) {
      void this.#start(work);
      return;
    }
    this.#next = work;
    if (this.#timer === 0) {
      this.#timer = window.setTimeout(() => this.#running?.abort(), GRACE_MS);
    }
  }

  cancel(): void {
    this.#next = null;
    this.#running?.abort();
  }

  async #start(work: Work): Promise<void> {
    const running = new AbortController();
    this.#running = running;
    try {
      await work(running.signal);
    } finally {
      window.clearTimeout(this.#timer);
      this.#timer = 0;
      this.#running = null;
      const next = this.#next;
      this.#next = null;
      if (next) void this.#start(next);
    }
  }
}
