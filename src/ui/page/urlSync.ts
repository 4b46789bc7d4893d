/** Browsers refuse more than about 200 changes of the address in 30 seconds. */
const WRITE_QUIET_MS = 250;

/** Keeps what the page shows in the address after '#', and takes it from there. */
export class UrlSync {
  readonly #onLink: (text: string) => void;
  #timer = 0;
  #pending: (() => string) | null = null;
  /** The address as this class last read or wrote it. */
  #known = window.location.hash;

  /** @param onLink told of another address, without its '#' */
  constructor(onLink: (text: string) => void, signal: AbortSignal) {
    this.#onLink = onLink;
    window.addEventListener('hashchange', () => this.#read(), { signal });
    window.addEventListener('pagehide', () => this.flush(), { signal });
  }

  /** The address as it is now, without its '#'. */
  static initial(): string {
    return readHash();
  }

  /** Writes what `encode` gives when nothing more has come for a while. */
  write(encode: () => string): void {
    this.#pending = encode;
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.flush(), WRITE_QUIET_MS);
  }

  flush(): void {
    window.clearTimeout(this.#timer);
    if (!this.#pending) return;
    const hash = `#${this.#pending()}`;
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
    this.#onLink(readHash());
  }
}

function readHash(): string {
  return window.location.hash.slice(1);
}
