import { makeDialog } from '../dom/dialog.ts';
import { make } from '../dom/elements.ts';
import { nameKey } from './keyNames.ts';
import { KEY_HELP, MOUSE_HELP, TOUCH_HELP } from './keys.ts';

/** The list of gestures and keys, in a dialog; the gestures are those of the device. */
export class Help {
  readonly #dialog: HTMLDialogElement;

  constructor(parent: HTMLElement) {
    const isToggle = (event: KeyboardEvent) => nameKey(event) === '?';
    this.#dialog = makeDialog(
      'Gestures and keys',
      'help',
      isToggle,
      makeList('mouse', MOUSE_HELP),
      makeList('touch', TOUCH_HELP),
      makeList('keys', KEY_HELP),
    );
    parent.append(this.#dialog);
  }

  toggle(): void {
    if (this.#dialog.open) this.#dialog.close();
    else this.#dialog.showModal();
  }
}

function makeList(kind: string, entries: typeof KEY_HELP): HTMLElement {
  const rows = entries.map(([input, what]) =>
    make('div', {}, make('dt', {}, input), make('dd', {}, what)),
  );
  return make('dl', { class: kind }, ...rows);
}
