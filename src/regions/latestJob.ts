/** After this long an outdated job is ended; a shorter one is left to finish. */
const GRACE_MS = 200;

type Work = (signal: AbortSignal) => Promise<void>;

/**
 * Runs one piece of work at a time, and of those requested meanwhile only the latest. Outdated
 * work may finish for a moment, so that numbers follow a movement, and is then aborted.
 */
export class LatestJob {
  #running: AbortController | null = null;
  #next: Work | null = null;
  #timer = 0;

  /** @param work handles its own errors; it must end soon after its signal is aborted. */
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
