import type { State } from '../state/state.ts';
import { decodeState, encodeState } from '../state/url.ts';

/** Browsers refuse more than about 200 changes of the address in 30 seconds. */
const WRITE_QUIET_MS = 250;

/** Keeps the state in the address after '#', and takes it from there. */
export class UrlSync {
  readonly #onState: (state: State, problem: string | null) => void;
  #timer = 0;
  #pending: State | null = null;
  /** The address as this class last read or wrote it. */
  #known = window.location.hash;

  constructor(onState: (state: State, problem: string | null) => void, signal: AbortSignal) {
    this.#onState = onState;
    window.addEventListener('hashchange', () => this.#read(), { signal });
    window.addEventListener('pagehide', () => this.flush(), { signal });
  }

  /** The state of the address as it is now; null where it holds none. */
  static initial(): { state: State; problem: string | null } | null {
    const text = readHash();
    return text === '' ? null : decodeState(text);
  }

  /** Writes the state when it has been the same for a while. */
  write(state: State): void {
    this.#pending = state;
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.flush(), WRITE_QUIET_MS);
  }

  flush(): void {
    window.clearTimeout(this.#timer);
    if (!this.#pending) return;
    const hash = `#${encodeState(this.#pending)}`;
    this.#pending = null;
    // Somebody else has changed the address, and its hashchange is on its way: a link goes first.
    if (window.location.hash !== this.#known) return;
    // Replacing fires no hashchange and makes no entry for the browser's back button.
    if (hash !== this.#known) window.history.replaceState(window.history.state, '', hash);
    this.#known = window.location.hash;
  }

  destroy(): void {
    window.clearTimeout(this.#timer);
  }

  #read(): void {
    this.#pending = null;
    this.#known = window.location.hash;
    window.clearTimeout(this.#timer);
    const { state, problem } = decodeState(readHash());
    this.#onState(state, problem);
  }
}

function readHash(): string {
  return window.location.hash.slice(1);
}
