import type { State } from '../../state/state.ts';
import type { View } from '../../view/view.ts';

/** 'moving' during a gesture or while a slider moves: the picture may be coarse, to keep up. */
export type Motion = 'moving' | 'still';

/** After this long without a change a movement has ended, and the picture becomes fine. */
const QUIET_MS = 150;

/** Is notified of changes: the picture at once (it waits for the frame itself), the page once per frame. */
export interface SessionListener {
  draw(state: State, moving: boolean): void;
  show(state: State, moving: boolean): void;
}

/** Holds the state that a panel shows. */
export class Session {
  #state: State;
  #moving = false;
  #destroyed = false;
  #frame = 0;
  #quietTimer = 0;
  /** How many keep a movement going, however slow it is. */
  #holders = 0;
  readonly #listener: SessionListener;

  constructor(initial: State, listener: SessionListener) {
    this.#state = initial;
    this.#listener = listener;
  }

  get state(): State {
    return this.#state;
  }

  /** True during a gesture or while a slider moves. */
  get moving(): boolean {
    return this.#moving;
  }

  /** Whether a movement goes on for longer than a gesture, e.g. that of a network which learns. */
  get held(): boolean {
    return this.#holders > 0;
  }

  /** Shows another state; a destroyed session does not change. */
  change(next: State, motion: Motion): void {
    if (this.#destroyed) return;
    this.#state = next;
    this.#moving = motion === 'moving';
    window.clearTimeout(this.#quietTimer);
    if (this.#moving) this.#startQuiet();
    this.#tell();
  }

  /** Lets no movement end by itself. @returns a function that lets it end */
  hold(): () => void {
    this.#holders += 1;
    window.clearTimeout(this.#quietTimer);
    return () => {
      this.#holders -= 1;
      if (this.#moving && !this.#destroyed) this.#startQuiet();
    };
  }

  changeView(view: View, motion: Motion): void {
    this.change({ ...this.#state, view }, motion);
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
    window.cancelAnimationFrame(this.#frame);
  }

  #startQuiet(): void {
    if (this.#holders > 0) return;
    this.#quietTimer = window.setTimeout(() => this.#rest(), QUIET_MS);
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
}
