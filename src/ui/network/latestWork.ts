import { inStints } from '../../screen/inStints.ts';

export interface Job<T> {
  work(): Iterator<void, T>;
  show(result: T): void;
  /** Whether it is worth finishing although something newer waits, so that what moves is seen to move. */
  readonly isBrief: boolean;
}

/** Does the latest job that was asked for, in stints between which the page stays responsive. */
export class LatestWork<T> {
  #next: Job<T> | null = null;
  #isBusy = false;
  #hasEnded = false;

  request(job: Job<T>): void {
    this.#next = job;
    if (!this.#isBusy) void this.#run();
  }

  /** Forgets what was asked for. */
  end(): void {
    this.#next = null;
    this.#hasEnded = true;
  }

  async #run(): Promise<void> {
    this.#isBusy = true;
    while (this.#next && !this.#hasEnded) {
      const job: Job<T> = this.#next;
      this.#next = null;
      const isWanted = () => !this.#hasEnded && (job.isBrief || this.#next === null);
      const result = await inStints(job.work(), isWanted);
      if (result !== null && !this.#hasEnded) job.show(result);
    }
    this.#isBusy = false;
  }
}
