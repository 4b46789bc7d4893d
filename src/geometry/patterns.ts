/** One bit per hidden neuron for each cell: whether its pre-activation is > 0 there. */
export class Patterns {
  readonly #neurons: number;
  readonly #words: number;
  #bits: Uint32Array;

  constructor(neurons: number) {
    this.#neurons = neurons;
    this.#words = Math.ceil(neurons / 32);
    this.#bits = new Uint32Array(64 * this.#words);
  }

  has(cell: number, neuron: number): boolean {
    return ((this.#bits[cell * this.#words + (neuron >>> 5)] >>> (neuron & 31)) & 1) === 1;
  }

  set(cell: number, neuron: number): void {
    this.#bits[cell * this.#words + (neuron >>> 5)] |= 1 << (neuron & 31);
  }

  /** Gives the cell `to`, at most one beyond the last cell, the pattern of `from`. */
  copy(from: number, to: number): void {
    const start = to * this.#words;
    if (start + this.#words > this.#bits.length) {
      const grown = new Uint32Array(2 * this.#bits.length);
      grown.set(this.#bits);
      this.#bits = grown;
    }
    this.#bits.copyWithin(start, from * this.#words, (from + 1) * this.#words);
  }

  /** Whether the patterns differ in this neuron and in no other one. */
  differOnlyIn(neuron: number, first: number, second: number): boolean {
    for (let word = 0; word < this.#words; word++) {
      const expected = word === neuron >>> 5 ? (1 << (neuron & 31)) >>> 0 : 0;
      if (this.#difference(first, second, word) !== expected) return false;
    }
    return true;
  }

  /** The neurons whose bits differ, ascending. */
  differences(first: number, second: number): number[] {
    const found: number[] = [];
    for (let word = 0; word < this.#words; word++) {
      for (let rest = this.#difference(first, second, word); rest !== 0; rest &= rest - 1) {
        found.push(32 * word + 31 - Math.clz32(rest & -rest));
      }
    }
    return found;
  }

  /** The whole pattern as a string: equal for equal patterns only. */
  key(cell: number): string {
    const start = cell * this.#words;
    return this.#bits.subarray(start, start + this.#words).join();
  }

  /** Neurons from `offset` on as text, '1' where the bit is set. */
  text(cell: number, offset: number, count: number): string {
    let text = '';
    for (let i = offset; i < Math.min(offset + count, this.#neurons); i++) {
      text += this.has(cell, i) ? '1' : '0';
    }
    return text;
  }

  #difference(first: number, second: number, word: number): number {
    const a = this.#bits[first * this.#words + word];
    const b = this.#bits[second * this.#words + word];
    return (a ^ b) >>> 0;
  }
}
