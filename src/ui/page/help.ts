import { makeDialog } from '../dom/dialog.ts';
import { make } from '../dom/elements.ts';
import { type HelpEntries, KEY_HELP, MOUSE_HELP, TOUCH_HELP } from './helpTexts.ts';
import { nameKey } from './keyNames.ts';
import { letterKeysAct, setLetterKeys } from './letterKeys.ts';

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
      makeLetterKeys(),
    );
    parent.append(this.#dialog);
  }

  toggle(): void {
    if (this.#dialog.open) this.#dialog.close();
    else this.#dialog.showModal();
  }
}

/** Switches keys off that somebody may press by speaking. */
function makeLetterKeys(): HTMLElement {
  const box = make('input', { type: 'checkbox' });
  box.checked = letterKeysAct();
  box.addEventListener('change', () => setLetterKeys(box.checked));
  return make('label', { class: 'letterKeys' }, box, ' Letters and signs act without Ctrl');
}

function makeList(kind: string, entries: HelpEntries): HTMLElement {
  const rows = entries.map(([input, what]) =>
    make('div', {}, make('dt', {}, input), make('dd', {}, what)),
  );
  return make('dl', { class: kind }, ...rows);
}
