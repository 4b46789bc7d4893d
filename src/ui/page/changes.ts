import type { Sheet } from '../../state/sheet.ts';
import type { State } from '../../state/state.ts';

/** A change of what is shown. */
export interface Change {
  /** Who made it: a script by a method of this Reluscope, or a person. */
  readonly by: 'script' | 'person';
  /** Whether more changes of the same movement are to be expected. */
  readonly moving: boolean;
  /**
   * The keys of states that changed in any panel, and those of the sheet, e.g. 'view' or 'linkedViews'; 'panels' if there are
   * more or fewer panels.
   */
  readonly changed: readonly ChangedKey[];
  /** All that is shown now, as `open` takes it. */
  readonly sheet: Sheet;
}

export type ChangedKey = keyof State | keyof Sheet;

export type ChangeListener = (change: Change) => void;

/** Tells listeners what has changed since they last heard, and by whom. */
export class Changes {
  readonly #sheet: () => Sheet;
  readonly #listeners = new Set<ChangeListener>();
  /** null while nobody listens. */
  #known: Sheet | null = null;
  #isInScript = false;
  /** Who made the last change. */
  #by: Change['by'] = 'person';

  constructor(sheet: () => Sheet) {
    this.#sheet = sheet;
  }

  /** @returns a function that ends it */
  listen(listener: ChangeListener): () => void {
    // The same function can listen twice.
    const own: ChangeListener = (change) => listener(change);
    this.#known ??= this.#sheet();
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
      if (this.#listeners.size === 0) this.#known = null;
    };
  }

  /** Something may have changed, by a person unless a script is at work. */
  notice(moving: boolean): void {
    if (!this.#isInScript) this.#compare('person', moving);
  }

  /**
   * What `work` changes is the script's; what a person has changed before is known first.
   * @param moving whether the script says that more of the same movement follows
   */
  inScript(work: () => void, moving = false): void {
    this.#compare('person', false);
    this.#isInScript = true;
    this.#by = 'script';
    try {
      work();
    } finally {
      this.#isInScript = false;
    }
    this.#compare('script', moving);
  }

  /** What `work` changes follows late from the last change, and is of whoever made that: e.g. a run comes to the step that was asked for. */
  inWake(work: () => void): void {
    if (this.#by === 'script') this.inScript(work);
    else work();
  }

  #compare(by: Change['by'], moving: boolean): void {
    const before = this.#known;
    if (before === null) return;
    const sheet = this.#sheet();
    const changed = changedKeys(before, sheet);
    if (changed.length === 0) return;
    this.#known = sheet;
    this.#by = by;
    for (const listener of [...this.#listeners]) {
      try {
        listener({ by, moving, changed, sheet: structuredClone(sheet) });
      } catch (error) {
        // One that fails keeps the others from nothing; the console shows it.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  destroy(): void {
    this.#listeners.clear();
    this.#known = null;
  }
}

/** The keys in which two sheets differ. */
export function changedKeys(before: Sheet, after: Sheet): readonly ChangedKey[] {
  const keys = new Set<ChangedKey>();
  for (const key of ['columns', 'linkedViews', 'sharedRange', 'active'] as const) {
    if (before[key] !== after[key]) keys.add(key);
  }
  if (before.panels.length !== after.panels.length) return [...keys.add('panels')];
  for (const [i, state] of after.panels.entries()) {
    const old = before.panels[i]!;
    if (old === state) continue;
    for (const key of Object.keys(state) as (keyof State)[]) {
      if (old[key] !== state[key] && JSON.stringify(old[key]) !== JSON.stringify(state[key])) {
        keys.add(key);
      }
    }
  }
  return [...keys];
}
