import type { DataSet } from '../data/dataSet.ts';
import type { FullNetwork } from '../model/networks.ts';
import type { Recipe } from './recipe.ts';
import { type Divergence, Run, type Scores } from './run.ts';

/** All that a run needs, as a worker can be sent it. */
export interface RunStart {
  readonly recipe: Recipe;
  readonly data: DataSet;
  /** That of step 0. */
  readonly network: FullNetwork;
}

/** Where a run is, as a worker can send it. */
export interface RunPlace {
  readonly step: number;
  /** The largest step so far. */
  readonly reached: number;
  /** The losses of the steps that are new since the place before. */
  readonly losses: Float64Array<ArrayBuffer>;
  /** At `step`, as flatParameters orders them. */
  readonly parameters: Float64Array<ArrayBuffer>;
  readonly divergence: Divergence | null;
}

/** Between two looks at the clock, about. */
const BURST_MS = 1;

/** A run that is driven in pieces of time. */
export class TrainingSession {
  readonly #run: Run;
  readonly #now: () => number;
  #told = 0;

  /**
   * @param now milliseconds, as `performance.now`
   * @throws InvalidInputError if the data, the loss and the network do not fit together
   */
  constructor({ recipe, data, network }: RunStart, now: () => number) {
    this.#run = new Run(recipe, data, network);
    this.#now = now;
  }

  /** Goes to a step, or towards it for at most some milliseconds and at least one step. */
  goTo(step: number, milliseconds: number): RunPlace {
    const run = this.#run;
    // Where it was before is near a snapshot.
    if (step < run.step || run.step < run.reached) run.goTo(Math.min(step, run.reached));
    const end = this.#now() + milliseconds;
    let burst = 1;
    while (run.step < step) {
      const aim = Math.min(step, run.step + burst);
      const start = this.#now();
      if (run.goTo(aim) < aim) break;
      const now = this.#now();
      if (now >= end) break;
      if (now - start < BURST_MS) burst *= 2;
    }
    return this.#place();
  }

  evaluate(): Scores {
    return this.#run.evaluate();
  }

  #place(): RunPlace {
    const { step, reached, divergence, parameters } = this.#run;
    const losses = this.#run.lossesFrom(this.#told);
    this.#told = reached;
    return { step, reached, losses, parameters: Float64Array.from(parameters), divergence };
  }
}
