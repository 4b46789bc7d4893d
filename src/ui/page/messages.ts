import { make, makeIcon } from '../dom/elements.ts';
import { ICONS } from '../dom/icons.ts';

const NOTE_MS = 8000;

/** The toast of work that takes its time. */
export interface Activity {
  /** @param share of the work that is done, 0 to 1 */
  showProgress(share: number): void;
  /** Removes it. */
  end(): void;
}

/** Toasts for transient messages, and one notice over the picture if nothing can be shown. */
export class Messages {
  readonly #toasts: HTMLElement;
  readonly #cover: () => HTMLElement;
  readonly #timers = new Set<number>();
  #fatal: HTMLElement | null = null;
  #ongoing: HTMLElement | null = null;

  /** @param cover the element that the notice covers */
  constructor(toasts: HTMLElement, cover: () => HTMLElement) {
    this.#toasts = toasts;
    this.#cover = cover;
  }

  /** Shows a message that a person may miss; it disappears by itself. */
  note(text: string): void {
    this.#removeLater(this.#open(text, 'status'));
  }

  /** A note with a button. @returns takes the message away, once the button would mislead */
  offer(text: string, label: string, act: () => void): () => void {
    const button = make('button', { type: 'button', class: 'plain' }, label);
    const toast = this.#open(text, 'status', button);
    button.addEventListener('click', () => {
      toast.remove();
      act();
    });
    this.#removeLater(toast);
    return () => toast.remove();
  }

  /**
   * Shows what went wrong; the message stays until it is closed. Lines after the first are code.
   * @returns takes the message away, once it is of no use
   */
  warn(text: string): () => void {
    const toast = this.#open(text, 'alert');
    return () => toast.remove();
  }

  /** Asks for something that a button gives, until it is closed. @returns takes the message away */
  ask(text: string, label: string, act: () => void): () => void {
    const button = make('button', { type: 'button', class: 'plain' }, label);
    button.addEventListener('click', act);
    const toast = this.#open(text, 'status', button);
    return () => toast.remove();
  }

  /** Shows how to begin, until the returned function is called. */
  hint(text: string): () => void {
    const hint = make('p', { class: 'firstHint' }, text);
    this.#toasts.append(hint);
    return () => hint.remove();
  }

  /** Shows a text to copy by hand, selected; it stays until it is closed. */
  giveToCopy(text: string, content: string): void {
    const toast = this.#open(text, 'status');
    const field = make('input', { type: 'text', readonly: true, 'aria-label': text });
    field.value = content;
    toast.firstElementChild!.after(field);
    field.focus();
    field.select();
  }

  /** Shows the current activity, until it is over (null). */
  ongoing(text: string | null): void {
    this.#ongoing?.remove();
    this.#ongoing = text === null ? null : this.#open(text, 'status');
  }

  /** Shows work that takes its time, with its progress and a button that cancels it. */
  begin(text: string, onCancel: () => void): Activity {
    // Screen readers read it when they are asked, and are not told every change.
    const progress = make('progress', { 'aria-label': text, value: 0 });
    const cancel = make('button', { type: 'button', class: 'plain' }, 'Cancel');
    cancel.addEventListener('click', onCancel);
    const words = make('span', {}, text);
    const toast = make('div', { class: 'toast', role: 'status' }, words, progress, cancel);
    this.#toasts.append(toast);
    return {
      showProgress: (share) => {
        progress.value = share;
      },
      end: () => toast.remove(),
    };
  }

  /** Covers the picture with what is missing and what to do. */
  fatal(heading: string, text: string): void {
    this.#fatal?.remove();
    const again = make('button', { type: 'button', class: 'plain' }, 'Reload the page');
    again.addEventListener('click', () => window.location.reload());
    const paragraphs = text.split('\n').map((line) => make('p', {}, line));
    this.#fatal = make(
      'div',
      { class: 'fatal', role: 'alert' },
      make('h3', {}, heading),
      ...paragraphs,
      again,
    );
    this.coverAgain();
  }

  /** The notice may have to cover another picture now. */
  coverAgain(): void {
    if (!this.#fatal) return;
    this.#fatal.parentElement?.classList.remove('broken');
    const cover = this.#cover();
    cover.classList.add('broken');
    cover.append(this.#fatal);
  }

  destroy(): void {
    for (const timer of this.#timers) window.clearTimeout(timer);
  }

  #removeLater(toast: HTMLElement): void {
    const timer = window.setTimeout(() => {
      this.#timers.delete(timer);
      toast.remove();
    }, NOTE_MS);
    this.#timers.add(timer);
  }

  #open(text: string, role: 'status' | 'alert', ...actions: HTMLElement[]): HTMLElement {
    const close = make(
      'button',
      { type: 'button', class: 'tool', 'aria-label': 'Dismiss' },
      makeIcon(ICONS.close),
    );
    const [sentence, ...code] = text.split('\n');
    const words = make('span', {}, sentence!);
    // It scrolls, so the keyboard must reach it.
    if (code.length > 0) words.append(make('pre', { tabindex: 0 }, code.join('\n')));
    const toast = make('div', { class: 'toast', role }, words, ...actions, close);
    close.addEventListener('click', () => toast.remove());
    // The same message is not shown twice.
    const { textContent } = toast;
    for (const old of this.#toasts.children) if (old.textContent === textContent) old.remove();
    this.#toasts.append(toast);
    return toast;
  }
}
