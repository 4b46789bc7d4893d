/**
 * Runs something often, but not more often than an interval allows; the last request always runs.
 *
 * Repainting the page takes GPU time from the picture, most of all on a software adapter: while
 * something moves, numbers need not change in every frame.
 */
export class Throttle {
  readonly #run: () => void;
  #intervalMs: number;
  #timer = 0;
  #last = Number.NEGATIVE_INFINITY;

  constructor(intervalMs: number, run: () => void) {
    this.#intervalMs = intervalMs;
    this.#run = run;
  }

  set intervalMs(interval: number) {
    this.#intervalMs = interval;
  }

  /** Runs now, or when the interval since the last run is over. */
  request(): void {
    const wait = this.#last + this.#intervalMs - performance.now();
    if (wait <= 0) this.runNow();
    else if (this.#timer === 0) this.#timer = window.setTimeout(() => this.runNow(), wait);
  }

  /** Runs when this many milliseconds are over, unless it does before. */
  runWithin(milliseconds: number): void {
    if (this.#timer === 0) this.#timer = window.setTimeout(() => this.runNow(), milliseconds);
  }

  /** Runs now if the interval is over; else not at all. */
  runIfDue(): void {
    if (performance.now() - this.#last >= this.#intervalMs) this.runNow();
  }

  /** Runs now if it was requested and has not run since. */
  flush(): void {
    if (this.#timer !== 0) this.runNow();
  }

  runNow(): void {
    this.cancel();
    this.#last = performance.now();
    this.#run();
  }

  cancel(): void {
    window.clearTimeout(this.#timer);
    this.#timer = 0;
  }
}
