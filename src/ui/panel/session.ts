import type { State } from '../../state/state.ts';
import type { History } from '../../view/history.ts';
import {
  back,
  canBack,
  canForward,
  createHistory,
  currentView,
  forward,
  push,
} from '../../view/history.ts';
import type { View } from '../../view/view.ts';

/** 'moving' during a gesture or while a slider moves: the picture may be coarse, to keep up. */
export type Motion = 'moving' | 'still';

/** After this long without a change a movement has ended, and the picture becomes fine. */
const QUIET_MS = 150;
/** Changes of view closer together than this are one step of the history. */
const HISTORY_QUIET_MS = 600;

/** Is notified of changes: the picture at once (it waits for the frame itself), the page once per frame. */
export interface SessionListener {
  draw(state: State, moving: boolean): void;
  show(state: State, moving: boolean): void;
}

/** Holds the state that the page shows, and the history of its views. */
export class Session {
  #state: State;
  #history: History;
  #moving = false;
  #held = false;
  #destroyed = false;
  #frame = 0;
  #quietTimer = 0;
  #historyTimer = 0;
  readonly #listener: SessionListener;

  constructor(initial: State, listener: SessionListener) {
    this.#state = initial;
    this.#history = createHistory(initial.view);
    this.#listener = listener;
  }

  get state(): State {
    return this.#state;
  }

  /** True during a gesture or while a slider moves. */
  get moving(): boolean {
    return this.#moving;
  }

  get canBack(): boolean {
    return canBack(this.#recorded());
  }

  get canForward(): boolean {
    return canForward(this.#recorded());
  }

  /** Shows another state; a destroyed session does not change. */
  change(next: State, motion: Motion): void {
    if (this.#destroyed) return;
    const isJump = next.view !== this.#state.view && motion === 'still';
    // A jump is its own step, even directly after a movement.
    if (isJump) this.#history = this.#recorded();
    this.#apply(next, motion);
    if (isJump) this.#history = this.#recorded();
    else this.#recordLater();
  }

  changeView(view: View, motion: Motion): void {
    this.change({ ...this.#state, view }, motion);
  }

  /** While a finger or button is down, no view enters the history, however long it rests. */
  hold(held: boolean): void {
    this.#held = held;
    this.#recordLater();
  }

  goBack(): void {
    this.#travel(back);
  }

  goForward(): void {
    this.#travel(forward);
  }

  /** Shows changes at once, as still. */
  flush(): void {
    if (this.#destroyed) return;
    window.clearTimeout(this.#quietTimer);
    if (this.#moving) this.#rest();
    if (this.#frame !== 0) this.#showNow();
  }

  destroy(): void {
    this.#destroyed = true;
    window.clearTimeout(this.#quietTimer);
    window.clearTimeout(this.#historyTimer);
    window.cancelAnimationFrame(this.#frame);
  }

  #apply(next: State, motion: Motion): void {
    this.#state = next;
    this.#moving = motion === 'moving';
    window.clearTimeout(this.#quietTimer);
    if (this.#moving) this.#quietTimer = window.setTimeout(() => this.#rest(), QUIET_MS);
    this.#tell();
  }

  #rest(): void {
    this.#moving = false;
    this.#tell();
  }

  #tell(): void {
    this.#listener.draw(this.#state, this.#moving);
    if (this.#frame === 0) this.#frame = window.requestAnimationFrame(() => this.#showNow());
  }

  #showNow(): void {
    window.cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#listener.show(this.#state, this.#moving);
  }

  #travel(step: (history: History) => History): void {
    this.#history = step(this.#recorded());
    this.#apply({ ...this.#state, view: currentView(this.#history) }, 'still');
  }

  #recordLater(): void {
    window.clearTimeout(this.#historyTimer);
    if (this.#held) return;
    this.#historyTimer = window.setTimeout(() => {
      this.#history = this.#recorded();
    }, HISTORY_QUIET_MS);
  }

  /** The history with the current view at its end. */
  #recorded(): History {
    return push(this.#history, this.#state.view);
  }
}
