import { formatCoordinate } from '../../scales/format.ts';
import { make, setText } from '../dom/elements.ts';
import type { ChosenPoint } from './pointsTool.ts';

/** A ring around the point of the data set that the keyboard moves, and where it is, which screen readers say. */
export class ChosenMark {
  readonly #ring = make('div', { class: 'chosenPoint', hidden: true });
  readonly #said = make('p', { class: 'chosenWords', role: 'status' });

  readonly #picture: HTMLElement;

  constructor(picture: HTMLElement) {
    this.#picture = picture;
    picture.append(this.#ring, this.#said);
  }

  /** @param halfWidth of the view, which says how many digits there are */
  show(chosen: ChosenPoint | null, halfWidth: number): void {
    this.#picture.classList.toggle('choosing', chosen !== null);
    this.#ring.hidden = chosen === null;
    setText(this.#said, chosen === null ? '' : describe(chosen, halfWidth));
    if (chosen) this.#ring.style.translate = `${chosen.at[0]}px ${chosen.at[1]}px`;
  }
}

function describe({ index, count, label, place }: ChosenPoint, halfWidth: number): string {
  const [x, y] = place.map((u) => formatCoordinate(u, 0, halfWidth));
  return `point ${index + 1} of ${count}, class ${label + 1}, at (${x}, ${y})`;
}
