import { make } from '../dom/elements.ts';
import { KEY_HELP } from './keys.ts';

/** The list of gestures and keys, in a dialog. */
export class Help {
  readonly #dialog: HTMLDialogElement;

  constructor(parent: HTMLElement) {
    const rows = KEY_HELP.map(([keys, what]) =>
      make('div', {}, make('dt', {}, keys), make('dd', {}, what)),
    );
    const close = make('button', { type: 'button', class: 'plain' }, 'Close');
    this.#dialog = make(
      'dialog',
      { class: 'dialog', 'aria-label': 'Gestures and keys' },
      make('h3', {}, 'Gestures and keys'),
      make('dl', {}, ...rows),
      close,
    );
    close.addEventListener('click', () => this.#dialog.close());
    this.#dialog.addEventListener('click', (event) => {
      // A click on the backdrop hits the dialog itself.
      if (event.target === this.#dialog) this.#dialog.close();
    });
    parent.append(this.#dialog);
  }

  toggle(): void {
    if (this.#dialog.open) this.#dialog.close();
    else {
      this.#dialog.showModal();
      // The focused button is at the end.
      this.#dialog.scrollTop = 0;
    }
  }
}
