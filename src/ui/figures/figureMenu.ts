import type { Figure } from '../../figures/figure.ts';
import { FIGURES } from '../../figures/figures.ts';
import { makeDialog } from '../dom/dialog.ts';
import { make, setAttribute } from '../dom/elements.ts';
import { nameKey } from '../page/keyNames.ts';

/** The list of figures, as a dialog. */
export class FigureMenu {
  readonly #dialog: HTMLDialogElement;
  readonly #buttons = new Map<string, HTMLButtonElement>();

  constructor(parent: HTMLElement, onChoose: (figure: Figure) => void) {
    const entries = FIGURES.map((figure) => {
      const button = make(
        'button',
        { type: 'button', class: 'figureEntry' },
        make('span', { class: 'figureName' }, figure.title),
        ' ',
        make('span', { class: 'figureQuestion' }, figure.question),
      );
      button.addEventListener('click', () => {
        this.#dialog.close();
        onChoose(figure);
      });
      this.#buttons.set(figure.id, button);
      return make('li', {}, button);
    });
    const isToggle = (event: KeyboardEvent) => nameKey(event) === 'f';
    this.#dialog = makeDialog('Figures', 'figureMenu', isToggle, make('ol', {}, ...entries));
    parent.append(this.#dialog);
  }

  /** @param current the open figure */
  toggle(current: Figure | null): void {
    if (this.#dialog.open) {
      this.#dialog.close();
      return;
    }
    for (const [id, button] of this.#buttons) {
      setAttribute(button, 'aria-current', id === current?.id && 'true');
    }
    this.#dialog.showModal();
    // Not the button that closes it, which comes first.
    const chosen = current ?? FIGURES[0]!;
    this.#buttons.get(chosen.id)!.focus();
  }
}
