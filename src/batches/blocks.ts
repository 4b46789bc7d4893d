import type { SeedRange } from './seeds.ts';

/** Seeds that one thread counts at a time: few enough for threads to end together, many enough to cost no messages. */
const BLOCK_MAX = 256;
/** Blocks that every thread still gets, so that a slow one delays the end by little. */
const BLOCKS_LEFT = 8;

/** Splits seeds into blocks that get smaller towards the end, each a list of seeds in ascending order. */
export function* blocksOf(
  { first, count }: SeedRange,
  kept: ReadonlySet<bigint>,
  threads: number,
): Generator<bigint[]> {
  let block: bigint[] = [];
  for (let i = 0; i < count; i++) {
    const seed = first + BigInt(i);
    if (kept.has(seed)) continue;
    block.push(seed);
    const size = Math.ceil((count - i) / (BLOCKS_LEFT * threads));
    if (block.length >= Math.min(BLOCK_MAX, size)) {
      yield block;
      block = [];
    }
  }
  if (block.length > 0) yield block;
}

/** Puts the lines of blocks that are counted side by side into the order of the blocks. */
export class InOrder {
  readonly #waiting = new Map<number, { lines: string[]; done: boolean }>();
  #next = 0;

  /** @returns what can be written now */
  add(block: number, lines: string, done: boolean): string {
    const entry = this.#waiting.get(block) ?? { lines: [], done: false };
    entry.lines.push(lines);
    entry.done ||= done;
    this.#waiting.set(block, entry);
    let ready = '';
    for (let head = this.#waiting.get(this.#next); head; head = this.#waiting.get(this.#next)) {
      ready += head.lines.splice(0).join('');
      if (!head.done) break;
      this.#waiting.delete(this.#next++);
    }
    return ready;
  }
}
