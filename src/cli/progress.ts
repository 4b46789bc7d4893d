/** Where progress is reported: stderr. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const REDRAW_MS = 200;
/** If lines cannot be redrawn, one is added at most this often. */
const LINE_MS = 10_000;
const BAR_WIDTH = 24;
const ERASE_LINE = '\r\x1b[K';

/**
 * Reports progress: a bar that is redrawn on a terminal, plain lines elsewhere, nothing when quiet.
 */
export class Progress {
  readonly #stream: ProgressStream;
  readonly #quiet: boolean;
  readonly #now: () => number;
  #label: string | null = null;
  /** 0 to 1; null if unknown. */
  #done: number | null = null;
  #started = 0;
  #lineAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: ProgressStream, quiet: boolean, now: () => number = Date.now) {
    this.#stream = stream;
    this.#quiet = quiet;
    this.#now = now;
  }

  /** Begins a piece of work, and ends the previous one. */
  begin(label: string): void {
    this.end();
    if (this.#quiet) return;
    this.#label = label;
    this.#done = null;
    this.#started = this.#now();
    this.#lineAt = this.#started;
    if (!this.#stream.isTTY) {
      this.#stream.write(`${label}…\n`);
      return;
    }
    this.#draw();
    this.#timer = setInterval(() => this.#draw(), REDRAW_MS);
    this.#timer.unref();
  }

  /** @param progress 0 to 1. */
  report(progress: number): void {
    if (this.#label === null) return;
    this.#done = Math.min(1, Math.max(0, progress));
    if (this.#stream.isTTY) {
      this.#draw();
    } else if (this.#now() - this.#lineAt >= LINE_MS) {
      this.#lineAt = this.#now();
      this.#stream.write(`${this.#label}: ${percent(this.#done)}, ${this.#seconds()} s\n`);
    }
  }

  /** Ends the piece of work, and removes its bar. */
  end(): void {
    clearInterval(this.#timer);
    if (this.#label !== null && this.#stream.isTTY) this.#stream.write(ERASE_LINE);
    this.#label = null;
  }

  /** A line that stays. */
  note(text: string): void {
    this.end();
    if (!this.#quiet) this.#stream.write(`${text}\n`);
  }

  #draw(): void {
    const parts = [this.#label, `${this.#seconds()} s`];
    if (this.#done !== null) {
      const filled = Math.round(BAR_WIDTH * this.#done);
      const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`;
      parts.splice(1, 0, bar, percent(this.#done).padStart(5));
    }
    // A line that wraps could not be erased. Some terminals report an unknown width as 0.
    const line = parts.join('  ').slice(0, (this.#stream.columns || 80) - 1);
    this.#stream.write(`${ERASE_LINE}${line}`);
  }

  #seconds(): number {
    return Math.round((this.#now() - this.#started) / 1000);
  }
}

function percent(progress: number): string {
  return `${Math.floor(100 * progress)} %`;
}
