import {
  canRedo,
  canUndo,
  createHistory,
  type History,
  push,
  redo,
  revise,
  undo,
} from '../../state/history.ts';

/** Changes of a movement that are closer together than this are one step. */
const QUIET_MS = 600;

/** What can be undone. */
export interface StepsHost<T> {
  /** What is shown now, as an immutable value. */
  shown(): T;
  /** Whether a change from one to the other would not be a step. */
  equal(a: T, b: T): boolean;
  restore(shown: T): void;
  /** There is more or less to undo or redo; not called where nothing has happened. */
  onChange(): void;
}

/**
 * Divides what happens on the page into steps, and goes back and forward through them. A jump, e.g.
 * a click, is a step, with all that changes together with it. A movement, e.g. a drag, is a step
 * from its begin until it has rested for a while.
 */
export class Steps<T> {
  readonly #host: StepsHost<T>;
  #history: History<T>;
  /** What was shown when it last changed, maybe within a movement. */
  #seen: T;
  #isMoving = false;
  #hasJumped = false;
  #isHeld = false;
  #isQueued = false;
  #quietTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: StepsHost<T>) {
    this.#host = host;
    this.#seen = host.shown();
    this.#history = createHistory(this.#seen);
  }

  get canUndo(): boolean {
    this.#look();
    return this.#isMoving || canUndo(this.#history);
  }

  get canRedo(): boolean {
    this.#look();
    return !this.#isMoving && canRedo(this.#history);
  }

  /** Something may have changed; looks at it once everything that changes together has changed. */
  notice(moving: boolean): void {
    if (!moving) this.#hasJumped = true;
    if (this.#isQueued) return;
    this.#isQueued = true;
    queueMicrotask(() => this.#look());
  }

  /**
   * A finger or button goes down, and begins another movement, or up: while it is down a movement
   * does not end, however long it rests.
   */
  hold(held: boolean): void {
    this.#isHeld = held;
    if (held) this.flush();
    else if (this.#isMoving) this.#recordLater();
  }

  undo(): void {
    this.#travel(undo);
  }

  redo(): void {
    this.#travel(redo);
  }

  /** Makes a step of what has changed until now. */
  flush(): void {
    this.#look();
    this.#record();
  }

  destroy(): void {
    clearTimeout(this.#quietTimer);
    this.#isQueued = false;
  }

  #look(): void {
    if (!this.#isQueued) return;
    this.#isQueued = false;
    const now = this.#host.shown();
    const isJump = this.#hasJumped && !this.#host.equal(now, this.#seen);
    const isMovement = !this.#hasJumped;
    this.#hasJumped = false;
    // A movement that a jump ends is a step of its own.
    if (isJump) this.#record();
    this.#seen = now;
    if (isJump) this.#record();
    else if (isMovement) this.#move();
  }

  #move(): void {
    this.#isMoving = true;
    this.#recordLater();
    this.#host.onChange();
  }

  #recordLater(): void {
    clearTimeout(this.#quietTimer);
    if (!this.#isHeld) this.#quietTimer = setTimeout(() => this.#record(), QUIET_MS);
  }

  #record(): void {
    clearTimeout(this.#quietTimer);
    const wasMoving = this.#isMoving;
    this.#isMoving = false;
    const isSame = this.#host.equal(this.#seen, this.#history.current);
    this.#history = (isSame ? revise : push)(this.#history, this.#seen);
    if (wasMoving || !isSame) this.#host.onChange();
  }

  #travel(step: (history: History<T>) => History<T>): void {
    this.flush();
    const there = step(this.#history);
    if (there === this.#history) return;
    this.#history = there;
    this.#host.restore(there.current);
    this.#seen = this.#host.shown();
    this.#host.onChange();
  }
}
