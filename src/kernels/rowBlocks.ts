import type { Rows } from './rasterizeFacets.ts';

/** Samples that are filled at once: some ten milliseconds' work, most of which does not depend on their number. */
const BLOCK_SAMPLES = 2 ** 20;

/** Rows of numbers, filled in large blocks and read in small ones, from the lowest to the highest. */
export class RowBlocks {
  readonly #fill: (rows: Rows, target: Uint32Array<ArrayBuffer>) => void;
  readonly #stride: number;
  readonly #height: number;
  #block: Rows = { first: 0, count: 0 };
  #numbers = new Uint32Array();

  /**
   * @param stride numbers of a row
   * @param height rows in all
   * @param fill writes [rows, stride] numbers
   */
  constructor(
    stride: number,
    height: number,
    fill: (rows: Rows, target: Uint32Array<ArrayBuffer>) => void,
  ) {
    this.#stride = stride;
    this.#height = height;
    this.#fill = fill;
  }

  /** [rows, stride]; they are overwritten by later calls. */
  read({ first, count }: Rows): Uint32Array<ArrayBuffer> {
    const block = this.#block;
    if (first < block.first || first + count > block.first + block.count) {
      const most = Math.max(count, Math.floor(BLOCK_SAMPLES / this.#stride));
      this.#block = { first, count: Math.max(count, Math.min(most, this.#height - first)) };
      const size = this.#block.count * this.#stride;
      if (this.#numbers.length < size) this.#numbers = new Uint32Array(size);
      this.#fill(this.#block, this.#numbers);
    }
    const from = (first - this.#block.first) * this.#stride;
    return this.#numbers.subarray(from, from + count * this.#stride);
  }
}
