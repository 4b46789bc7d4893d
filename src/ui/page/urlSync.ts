import { mendLink } from '../../state/mendedLink.ts';

/** Safari rejects more than 100 changes of the address in 30 seconds: these at once, and one more after this interval. */
const BURST = 10;
const REFILL_MS = 350;
/** Several changes closer together are a movement, e.g. a script's animation: nobody clicks so fast. */
const STEP_MS = 100;
const STEPS = 3;

/** Keeps what the page shows in the address after '#', and reads it from there. */
export class UrlSync {
  readonly #onLink: (text: string) => void;
  #timer = 0;
  #pending: (() => string) | null = null;
  /** The address as this class last read or wrote it. */
  #known = window.location.hash;
  /** Not written: the result of a partly broken address. */
  #unwritten: string | null = null;
  #allowed = BURST;
  #refilled = performance.now();
  #changed = Number.NEGATIVE_INFINITY;
  /** Changes so close together, the last one among them. */
  #fast = 0;
  /** Whether it will be written once everything that changes together has changed. */
  #isQueued = false;

  /** @param onLink called with another address, without its '#' */
  constructor(onLink: (text: string) => void, signal: AbortSignal) {
    this.#onLink = onLink;
    window.addEventListener('hashchange', () => this.#read(), { signal });
    window.addEventListener('pagehide', () => this.flush(), { signal });
    document.addEventListener('visibilitychange', () => this.flush(), { signal });
  }

  /** The current address, without its '#'. */
  static initial(): string {
    return readHash();
  }

  /**
   * Writes the result of `encode`: once everything that changes together has changed, or, while something
   * moves, after a pause. Writing costs a quarter of a moving frame on a slow machine.
   */
  write(encode: () => string, moving: boolean): void {
    this.#pending = encode;
    if (this.#isQueued) return;
    window.clearTimeout(this.#timer);
    // A reload may come before the next frame does.
    if (!this.#isMovement(moving) && this.#takeTurn()) this.#queue();
    else this.#timer = window.setTimeout(() => this.flush(), REFILL_MS);
  }

  /** Leaves the address unchanged until something other than this has to be written. */
  keep(text: string): void {
    this.#unwritten = `#${text}`;
  }

  flush(): void {
    window.clearTimeout(this.#timer);
    this.#isQueued = false;
    if (!this.#pending) return;
    const hash = `#${this.#pending()}`;
    this.#pending = null;
    if (hash === this.#unwritten) return;
    this.#unwritten = null;
    // Something else has changed the address, and its hashchange is pending: a link goes first.
    if (window.location.hash !== this.#known) return;
    // Replacing fires no hashchange and adds no entry for the browser's back button.
    if (hash !== this.#known) window.history.replaceState(window.history.state, '', hash);
    this.#known = window.location.hash;
  }

  destroy(): void {
    window.clearTimeout(this.#timer);
    this.#pending = null;
  }

  #queue(): void {
    this.#isQueued = true;
    queueMicrotask(() => this.flush());
  }

  #isMovement(moving: boolean): boolean {
    const now = performance.now();
    this.#fast = now - this.#changed < STEP_MS ? this.#fast + 1 : 0;
    this.#changed = now;
    return moving || this.#fast >= STEPS;
  }

  #takeTurn(): boolean {
    const now = performance.now();
    const refills = Math.floor((now - this.#refilled) / REFILL_MS);
    this.#refilled += refills * REFILL_MS;
    this.#allowed = Math.min(BURST, this.#allowed + refills);
    if (this.#allowed === 0) return false;
    this.#allowed -= 1;
    return true;
  }

  #read(): void {
    this.#pending = null;
    this.#unwritten = null;
    this.#known = window.location.hash;
    window.clearTimeout(this.#timer);
    this.#onLink(readHash());
  }
}

function readHash(): string {
  return mendLink(window.location.hash.slice(1));
}
