import type { Field } from '../../model/field.ts';
import type { Recipe } from '../../training/recipe.ts';

/** A network of a run, whose regions may be counted. */
export interface CountedStep {
  readonly recipe: Recipe;
  readonly step: number;
  readonly field: Field;
  /** Whether another one is likely to follow at once. */
  readonly moving: boolean;
}

/** While networks follow each other, counting takes at most a quarter of the time, since pictures need the processors, too; */
const REST = 3;
/** and nobody reads numbers more often than after so many milliseconds. */
const LEAST_REST_MS = 100;

/**
 * Region counts of a run by step: of the networks that are shown, those for which there is time. One is counted at once; what comes
 * meanwhile waits, and the newest counts.
 */
export class StepCounts {
  readonly #count: (step: CountedStep) => Promise<number | null>;
  readonly #onCount: () => void;
  readonly #now: () => number;
  /** null for those that cannot be counted. */
  #counts = new Map<number, number | null>();
  #recipe: Recipe | null = null;
  #slice: Field['slice'] = null;
  #waiting: CountedStep | null = null;
  #counting: Promise<void> | null = null;
  #readyAt = Number.NEGATIVE_INFINITY;

  /**
   * @param count resolves to null if there is no count
   * @param now milliseconds, as `performance.now`
   */
  constructor(
    count: (step: CountedStep) => Promise<number | null>,
    onCount: () => void,
    now = () => performance.now(),
  ) {
    this.#count = count;
    this.#onCount = onCount;
    this.#now = now;
  }

  /** In the order of the steps. */
  get known(): ReadonlyMap<number, number> {
    const known = [...this.#counts].flatMap(([step, count]) =>
      count === null ? [] : [[step, count] as const],
    );
    return new Map(known.sort(([a], [b]) => a - b));
  }

  /** null if it is not known. */
  at(step: number): number | null {
    return this.#counts.get(step) ?? null;
  }

  /** The last step up to this one whose count is known; null if there is none. */
  lastKnown(step: number): number | null {
    let last: number | null = null;
    for (const known of this.known.keys()) if (known <= step) last = known;
    return last;
  }

  /** Another recipe, or another plane of the input space, begins anew. */
  offer(offered: CountedStep): void {
    const { recipe, step, field } = offered;
    if (recipe !== this.#recipe || field.slice !== this.#slice) {
      this.#recipe = recipe;
      this.#slice = field.slice;
      this.#counts = new Map();
    }
    this.#waiting = this.#counts.has(step) ? null : offered;
    this.#startNext();
  }

  /** Resolves when nothing is being counted. */
  async rest(): Promise<void> {
    while (this.#counting) await this.#counting;
  }

  #startNext(): void {
    const next = this.#waiting;
    if (next === null || this.#counting) return;
    if (next.moving && this.#now() < this.#readyAt) return;
    this.#waiting = null;
    this.#counting = this.#take(next).finally(() => {
      this.#counting = null;
      this.#startNext();
    });
  }

  async #take(next: CountedStep): Promise<void> {
    const counts = this.#counts;
    const start = this.#now();
    const count = await this.#count(next);
    const end = this.#now();
    this.#readyAt = end + Math.max(LEAST_REST_MS, REST * (end - start));
    counts.set(next.step, count);
    if (counts === this.#counts) this.#onCount();
  }
}
