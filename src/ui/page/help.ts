import { makeDialog } from '../dom/dialog.ts';
import { make } from '../dom/elements.ts';
import { nameKey } from './keyNames.ts';
import { KEY_HELP } from './keys.ts';

/** The list of gestures and keys, in a dialog. */
export class Help {
  readonly #dialog: HTMLDialogElement;

  constructor(parent: HTMLElement) {
    const rows = KEY_HELP.map(([keys, what]) =>
      make('div', {}, make('dt', {}, keys), make('dd', {}, what)),
    );
    const isToggle = (event: KeyboardEvent) => nameKey(event) === '?';
    this.#dialog = makeDialog('Gestures and keys', 'help', isToggle, make('dl', {}, ...rows));
    parent.append(this.#dialog);
  }

  toggle(): void {
    if (this.#dialog.open) this.#dialog.close();
    else this.#dialog.showModal();
  }
}
