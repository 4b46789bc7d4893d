import { describeScale } from '../../drawing/imagesMarkup.ts';
import { largestIn } from '../../drawing/pixels.ts';
import { IMAGES_MAX, weightImages } from '../../learnt/weights.ts';
import { shapeOf } from '../../model/drawnNetwork.ts';
import type { State } from '../../state/state.ts';
import { make, setAttribute, setText } from '../dom/elements.ts';
import { makePixels, paintSigned } from './pixelCanvas.ts';

const NO_IMAGES = 'The inputs of this network are no images.';

interface Picture {
  readonly canvas: HTMLCanvasElement;
  readonly name: HTMLElement;
}

/** The weights of the first layer as images, all on one scale. */
export class WeightsView {
  readonly element = make('div', { class: 'weights' });
  readonly #images = make('ul', { class: 'weightImages', 'aria-label': 'Weights as images' });
  readonly #scale = make('p', { class: 'weightScale' });
  readonly #pictures: Picture[] = [];

  constructor() {
    this.element.append(this.#images, this.#scale);
  }

  show(state: State): void {
    const images = weightImages(state) ?? [];
    const largest = largestIn(images);
    this.#lay(images.length);
    images.forEach((image, i) => {
      const { canvas, name } = this.#pictures[i]!;
      paintSigned(canvas, image, largest);
      setText(name, image.name);
      setAttribute(canvas, 'aria-label', `weights of ${image.name}`);
    });
    setText(this.#scale, images.length === 0 ? NO_IMAGES : describe(state, images.length, largest));
  }

  #lay(count: number): void {
    if (this.#pictures.length === count) return;
    while (this.#pictures.length < count) {
      this.#pictures.push({ canvas: makePixels(''), name: make('span') });
    }
    this.#pictures.length = count;
    // About twice as many columns as rows.
    this.#images.style.setProperty('--columns', String(Math.ceil(Math.sqrt(2 * count))));
    const items = this.#pictures.map(({ canvas, name }) => make('li', {}, canvas, name));
    this.#images.replaceChildren(...items);
  }
}

function describe({ field }: State, shown: number, largest: number): string {
  const { hidden, outputs } = shapeOf(field.network);
  const neurons = hidden[0] ?? outputs;
  const more =
    neurons > shown && shown === IMAGES_MAX
      ? ` ${neurons - shown} more neurons have no image here.`
      : '';
  return `${describeScale(largest)}${more}`;
}
