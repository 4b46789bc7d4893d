import type { Sheet } from '../state/sheet.ts';

/** While something moves, Python hears of it this often. */
const EVERY_MS = 50;

/** Tells Python what is shown: at once when it rests, and now and then while it moves. */
export class SheetReports {
  readonly #send: (sheet: Sheet) => void;
  #known = '';
  #waiting: Sheet | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(send: (sheet: Sheet) => void) {
    this.#send = send;
  }

  /** Whether a sheet is what was last told or heard. */
  isKnown(sheet: Sheet): boolean {
    return JSON.stringify(sheet) === this.#known;
  }

  /** This sheet came from elsewhere: nobody has to be told. */
  hear(sheet: Sheet): void {
    this.#stopWaiting();
    this.#known = JSON.stringify(sheet);
  }

  tell(sheet: Sheet, moving: boolean): void {
    this.#waiting = sheet;
    if (!moving) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), EVERY_MS);
  }

  /** Tells what waits. */
  flush(): void {
    const sheet = this.#waiting;
    this.#stopWaiting();
    if (sheet === null || this.isKnown(sheet)) return;
    this.#known = JSON.stringify(sheet);
    this.#send(sheet);
  }

  #stopWaiting(): void {
    this.#waiting = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
