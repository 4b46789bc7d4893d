import { partOf, pointAt } from '../../data/findSample.ts';
import { CORNERS, type Corner, cornersOf } from '../../learnt/digitPlane.ts';
import { imageShapeOf } from '../../model/imageShape.ts';
import type { State } from '../../state/state.ts';
import { dataOf, grayRangeOf } from '../../state/stateData.ts';
import { make, setAttribute } from '../dom/elements.ts';
import { makePixels, paintPoint } from './pixelCanvas.ts';

const PLACES = ['(0, 0)', '(1, 0)', '(0, 1)'] as const;

export interface PlaneActions {
  showMainDirections(): void;
  showThreePoints(): void;
}

/** The plane of the picture: through three points of the data, which stand here, or their main directions. */
export class PlaneBar {
  readonly element: HTMLElement;
  readonly #main: HTMLButtonElement;
  readonly #three: HTMLButtonElement;
  readonly #corners: readonly { button: HTMLButtonElement; canvas: HTMLCanvasElement }[];
  /** Where the next point goes that a person chooses. */
  #next: Corner = 0;

  constructor({ showMainDirections, showThreePoints }: PlaneActions) {
    this.#main = makeButton('main directions', showMainDirections);
    this.#three = makeButton('three digits', showThreePoints);
    this.#corners = CORNERS.map((corner) => {
      const canvas = makePixels(null);
      const name = `The next digit goes to ${PLACES[corner]}`;
      const button = make(
        'button',
        { type: 'button', class: 'corner', title: name, 'aria-label': name },
        canvas,
        make('span', {}, PLACES[corner]),
      );
      button.addEventListener('click', () => this.aim(corner));
      return { button, canvas };
    });
    const corners = this.#corners.map(({ button }) => button);
    this.element = make(
      'div',
      { class: 'planeBar', role: 'group', 'aria-label': 'Plane of the picture' },
      make('span', { class: 'planeName' }, 'Plane:'),
      ...[this.#main, this.#three],
      make('span', { class: 'planeCorners' }, ...corners),
    );
    this.aim(0);
  }

  get next(): Corner {
    return this.#next;
  }

  /** Lets the next point go to a corner. */
  aim(corner: Corner): void {
    this.#next = corner;
    this.#corners.forEach(({ button }, i) => {
      setAttribute(button, 'aria-pressed', String(i === corner));
    });
  }

  show(state: State): void {
    const set = dataOf(state);
    const shape = imageShapeOf(state.field, state.image);
    const corners = set && shape && cornersOf(state);
    this.element.hidden = set === null || shape === null;
    setAttribute(this.#three, 'aria-pressed', String(corners !== null));
    setAttribute(this.#main, 'aria-pressed', String(corners === null));
    this.#corners.forEach(({ button, canvas }, i) => {
      button.hidden = corners === null;
      if (!corners) return;
      const { part, index } = corners[i]!;
      paintPoint(canvas, pointAt(partOf(set, part), index), shape, grayRangeOf(state));
    });
  }
}

function makeButton(label: string, act: () => void): HTMLButtonElement {
  const button = make('button', { type: 'button', class: 'choice' }, label);
  button.addEventListener('click', act);
  return button;
}
