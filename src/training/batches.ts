import { Mt19937 } from '../model/random.ts';
import { torchPermutation } from '../model/torchPermutation.ts';
import type { Batch } from './recipe.ts';

/** The samples of one step: positions `from` … `from + count − 1` of an order. */
export interface BatchPlace {
  /** null for the samples' own order */
  readonly order: Int32Array | null;
  readonly from: number;
  readonly count: number;
}

/** Which samples each step takes. Going on is quick; going back draws all orders anew. */
export class Batches {
  readonly #batch: Batch | null;
  readonly #count: number;
  #generator = new Mt19937(0);
  #order: Int32Array | null = null;
  /** That of `#order`. */
  #epoch = -1;

  /** @param count samples */
  constructor(batch: Batch | null, count: number) {
    this.#batch = batch;
    this.#count = count;
  }

  /** @param step counts from 0 */
  at(step: number): BatchPlace {
    const batch = this.#batch;
    if (batch === null) return { order: null, from: 0, count: this.#count };
    const perEpoch = Math.ceil(this.#count / batch.size);
    this.#goToEpoch(Math.floor(step / perEpoch), batch.seed);
    const from = (step % perEpoch) * batch.size;
    return { order: this.#order, from, count: Math.min(batch.size, this.#count - from) };
  }

  #goToEpoch(epoch: number, seed: number): void {
    if (epoch < this.#epoch || this.#epoch < 0) {
      this.#generator = new Mt19937(seed);
      this.#epoch = -1;
    }
    while (this.#epoch < epoch) {
      this.#order = torchPermutation(this.#generator, this.#count);
      this.#epoch += 1;
    }
  }
}
