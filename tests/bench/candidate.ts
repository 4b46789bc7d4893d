import type { RowBlock } from './blocks.ts';
import type { Model, Work } from './work.ts';

/** Somebody who does a piece of work: Reluscope or a peer. */
export interface Candidate {
  /** Takes the field; evaluates nothing yet. */
  load(work: Work, model: Model): Promise<void>;
  /** Evaluates rows of the work's grid. @returns milliseconds */
  run(blocks: readonly RowBlock[]): Promise<number>;
  /**
   * What the last run left at the work's probes: per probe the value and, where asked for, both
   * derivatives; null for what it did not evaluate or no longer holds.
   */
  probe(): Promise<(number | null)[]>;
  unload(): Promise<void>;
}
