/** Bytes of all snapshots of a run; beyond, every other one is let go. */
const BYTES_MAX = 128 * 2 ** 20;

/** Copies of a run's arrays at some of its steps, from which the others are computed again. */
export class Snapshots {
  readonly #kept = new Map<number, readonly Float64Array[]>();
  #interval: number;
  readonly #bytesMax: number;

  /** @param interval steps from one to the next */
  constructor(interval: number, bytesMax = BYTES_MAX) {
    this.#interval = interval;
    this.#bytesMax = bytesMax;
  }

  /** Steps from one snapshot to the next. */
  get interval(): number {
    return this.#interval;
  }

  /** Copies the arrays if the step is one of those that are kept. */
  offer(step: number, arrays: readonly Float64Array[]): void {
    if (step % this.#interval !== 0 || this.#kept.has(step)) return;
    this.#kept.set(
      step,
      arrays.map((array) => array.slice()),
    );
    const bytes = arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
    if (bytes * this.#kept.size <= this.#bytesMax || this.#kept.size < 3) return;
    this.#interval *= 2;
    for (const kept of this.#kept.keys()) {
      if (kept % this.#interval !== 0) this.#kept.delete(kept);
    }
  }

  /** The step of the last snapshot at or before a step that the run has reached. */
  lastBefore(step: number): number {
    let found = Math.floor(step / this.#interval) * this.#interval;
    while (!this.#kept.has(found)) found -= this.#interval;
    return found;
  }

  /** Writes the last snapshot at or before a step into the arrays. @returns its step */
  restore(step: number, arrays: readonly Float64Array[]): number {
    const found = this.lastBefore(step);
    this.#kept.get(found)!.forEach((array, i) => {
      arrays[i]!.set(array);
    });
    return found;
  }
}
