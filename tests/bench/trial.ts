import { type RowBlock, rowBlocks, rowsIn } from './blocks.ts';
import { partsToFit } from './budget.ts';
import type { Candidate } from './candidate.ts';
import { type Spread, spreadOf } from './statistics.ts';
import { expectedOf, type Model, makeWork, modelOf, type Work, worstError } from './work.ts';
import type { WorkItem } from './works.ts';

/** float32 and the peers' own summation: far above their rounding, far below a wrong result. */
const ERROR_LIMIT = 1e-4;

/** A piece of work with what every candidate is given and held against. */
export interface Task {
  readonly item: WorkItem;
  readonly work: Work;
  readonly model: Model;
  readonly expected: readonly number[];
}

export interface TrialResult extends Spread {
  readonly name: string;
  /** Why there are no times; null if there are. */
  readonly failure: string | null;
  /** The worst against float64, before and after, relative to the largest magnitude. */
  readonly error: number;
  /** One of so many parts of the grid's rows was evaluated and its time scaled up; 1 for all. */
  readonly parts: number;
}

export function makeTask(item: WorkItem): Task {
  const work = makeWork(item.name, item.field, item.side, item.gradient);
  return { item, work, model: modelOf(item.field), expected: expectedOf(work) };
}

/** One candidate at one piece of work: warmed up, checked, timed, checked again. */
export class Trial {
  readonly times: number[] = [];
  failure: string | null = null;
  private blocks: readonly RowBlock[] = [];
  private parts = 1;
  private error = 0;

  /**
   * @param leastRows the fewest rows of which the time can be scaled up to the grid: few where
   *   every row costs the same
   */
  constructor(
    readonly name: string,
    private readonly candidate: Candidate,
    private readonly task: Task,
    private readonly leastRows: number,
  ) {}

  /** Loads and warms up; takes a part of the grid where all of it would not be done in `slice` ms. */
  async begin(slice: number): Promise<void> {
    const { work, model } = this.task;
    await this.guard(async () => {
      await this.candidate.load(work, model);
      const most = 2 ** Math.floor(Math.log2(Math.max(1, work.side / this.leastRows)));
      const few = rowBlocks(work.side, most);
      // The first run pays for what drivers and compilers put off.
      let once = await this.candidate.run(few);
      for (let again = 0; again < 2 && once < slice; again += 1) {
        once = Math.min(once, await this.candidate.run(few));
      }
      this.parts = partsToFit((once * work.side) / rowsIn(few), slice, most);
      // What a call costs whatever its rows weighs less in a larger part: more of the grid may fit.
      for (let parts = this.parts, before = 2 * parts; parts < before; ) {
        this.parts = before = parts;
        this.blocks = rowBlocks(work.side, parts);
        const took = await this.candidate.run(this.blocks);
        parts = Math.min(parts, partsToFit((took * work.side) / rowsIn(this.blocks), slice, most));
      }
      await this.check();
    });
  }

  /** @param run what is timed, in milliseconds; the candidate's own run if it is not told */
  async measure(run = (blocks: readonly RowBlock[]) => this.candidate.run(blocks)): Promise<void> {
    if (this.failure !== null) return;
    await this.guard(async () => {
      const scale = this.task.work.side / rowsIn(this.blocks);
      this.times.push(scale * (await run(this.blocks)));
    });
  }

  async end(): Promise<void> {
    if (this.failure === null) await this.guard(() => this.check());
    await this.guard(() => this.candidate.unload());
  }

  get result(): TrialResult {
    const { name, failure, error, parts } = this;
    return { name, failure, error, parts, ...spreadOf(failure === null ? this.times : []) };
  }

  private async check(): Promise<void> {
    const { expected, work } = this.task;
    const error = worstError(expected, await this.candidate.probe(), work.gradient);
    if (!(error <= ERROR_LIMIT)) throw new Error(`wrong: off by ${error} against float64`);
    this.error = Math.max(this.error, error);
  }

  private async guard(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.failure ??= String(error instanceof Error ? error.message : error).split('\n')[0];
    }
  }
}
