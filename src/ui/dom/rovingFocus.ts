import { setAttribute } from './elements.ts';

/** @returns the index of the element to which a key leads from another one; undefined or −1 for none, null if it is not for them */
export type NextFocus = (
  elements: readonly HTMLElement[],
  from: number,
  key: string,
) => number | undefined | null;

/** One of several elements is a stop of the tabulator key; arrows lead to the others. */
export class RovingFocus {
  readonly #next: NextFocus;
  #elements: readonly HTMLElement[] = [];

  /** @param room around the elements */
  constructor(room: HTMLElement, next: NextFocus) {
    this.#next = next;
    room.addEventListener('keydown', (event) => this.#press(event));
  }

  /** Leads through these from now on; the first is the stop. */
  set elements(elements: readonly HTMLElement[]) {
    this.#elements = elements;
    this.stopAt(0);
  }

  stopAt(index: number): void {
    this.#elements.forEach((element, i) => {
      setAttribute(element, 'tabindex', i === index ? 0 : -1);
    });
  }

  #press(event: KeyboardEvent): void {
    const from = this.#elements.indexOf(event.target as HTMLElement);
    const next = from < 0 ? null : this.#next(this.#elements, from, event.key);
    if (next === null) return;
    // At a border it does not move the picture instead.
    event.preventDefault();
    event.stopPropagation();
    const element = this.#elements[next ?? -1];
    if (!element) return;
    this.stopAt(next!);
    element.focus();
  }
}

/** For elements in rows that the style sheet breaks. */
export const inRows: NextFocus = (elements, from, key) => {
  const { offsetLeft: left, offsetTop: top } = elements[from]!;
  switch (key) {
    case 'ArrowLeft':
      return from - 1;
    case 'ArrowRight':
      return from + 1;
    case 'Home':
      return 0;
    case 'End':
      return elements.length - 1;
    case 'ArrowUp':
      return elements.findLastIndex((one) => one.offsetTop < top && one.offsetLeft <= left);
    case 'ArrowDown':
      return elements.findIndex((one) => one.offsetTop > top && one.offsetLeft >= left);
    default:
      return null;
  }
};
