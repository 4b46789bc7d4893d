import type { Samples } from '../../data/dataSet.ts';
import { pointAt } from '../../data/findSample.ts';
import type { GrayRange, ImageShape } from '../../model/imageShape.ts';
import { make, setText } from '../dom/elements.ts';
import { inRows, RovingFocus } from '../dom/rovingFocus.ts';
import { makePixels, paintPoint } from './pixelCanvas.ts';

/** More would be no list to look at. */
const LISTED_MAX = 60;

/** What a list shows. */
export interface ListedPoints {
  /** e.g. '3 taken for 8: 4' */
  readonly title: string;
  readonly samples: Samples;
  readonly indices: readonly number[];
  readonly shape: ImageShape;
  readonly range: GrayRange;
}

/** The points of a cell as images, each a button; arrows lead from one to another. */
export class PointList {
  readonly element = make('div', { class: 'pointList', hidden: true });
  readonly #choose: (index: number) => void;
  readonly #title = make('p', { class: 'pointsTitle', role: 'status' });
  readonly #points = make('div', { class: 'points', role: 'group' });
  readonly #focus = new RovingFocus(this.#points, inRows);
  #shown = '';

  constructor(choose: (index: number) => void) {
    this.#choose = choose;
    this.element.append(this.#title, this.#points);
  }

  show(list: ListedPoints | null): void {
    this.element.hidden = list === null;
    if (list === null) return;
    const { title, samples, indices, shape, range } = list;
    const key = JSON.stringify([title, samples.count, indices]);
    if (key === this.#shown) return;
    this.#shown = key;
    const shown = indices.slice(0, LISTED_MAX);
    const more = indices.length - shown.length;
    setText(this.#title, more > 0 ? `${title}, of which ${shown.length} are shown` : title);
    this.#points.setAttribute('aria-label', title);
    const buttons = shown.map((index, i) => {
      const canvas = makePixels(null);
      paintPoint(canvas, pointAt(samples, index), shape, range);
      const name = `Put digit ${i + 1} into the plane`;
      const attributes = { type: 'button', class: 'point', title: name, 'aria-label': name };
      const button = make('button', attributes, canvas);
      button.addEventListener('click', () => {
        this.#focus.stopAt(i);
        this.#choose(index);
      });
      return button;
    });
    this.#points.replaceChildren(...buttons);
    this.#focus.elements = buttons;
  }
}
