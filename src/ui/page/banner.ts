import { make, makeIcon } from '../dom/elements.ts';
import { ICONS } from '../dom/icons.ts';

/** One strip above the panels for what is true of the whole page, until a person closes it. */
export class Banner {
  readonly #element: HTMLElement;

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  /** Shows sentences after a heading. */
  show(heading: string, ...sentences: readonly string[]): void {
    const close = make(
      'button',
      { type: 'button', class: 'tool', 'aria-label': 'Dismiss' },
      makeIcon(ICONS.close),
    );
    close.addEventListener('click', () => {
      this.#element.hidden = true;
    });
    const text = make('p', {}, make('strong', {}, heading), `. ${sentences.join(' ')}`);
    this.#element.replaceChildren(text, close);
    this.#element.hidden = false;
  }
}
