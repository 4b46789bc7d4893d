import type { FrameReport } from '../picture/frameReport.ts';
import { COLORMAP_SIZE, colormapTable } from '../scales/colormaps.ts';
import type { ColorScale } from '../scales/colorScale.ts';
import { colorScale, colorTicks, mapFraction } from '../scales/colorScale.ts';
import type { Ticks } from '../scales/ticks.ts';
import type { State } from '../state/state.ts';
import { make } from './dom.ts';

/** Steps drawn along the bar; finer than any screen shows it. */
const BAR_STEPS = 1024;
/** Room that a number takes along the bar, in CSS pixels. */
const LABEL_ROOM_UPRIGHT_PX = 56;
const LABEL_ROOM_LYING_PX = 84;

/** The colour map with its numbers: continuous, or in the steps of filled contours. */
export class ColorBar {
  readonly #element: HTMLElement;
  readonly #strip = make('canvas', { class: 'strip' });
  readonly #numbers = make('div', { class: 'numbers' });
  readonly #offset = make('span', { class: 'offset' });
  #drawn = '';

  constructor(element: HTMLElement) {
    this.#element = element;
    element.append(make('div', { class: 'scale' }, this.#strip, this.#numbers), this.#offset);
  }

  show(state: State, report: FrameReport): void {
    this.#element.classList.toggle('regions', report.range === null);
    if (report.range === null) {
      this.#numbers.replaceChildren('each colour one region');
      this.#offset.textContent = '';
      // A canvas that changes its size is empty.
      this.#strip.width = 1;
      this.#drawn = '';
      return;
    }
    const upright = this.#element.clientHeight > this.#element.clientWidth;
    const length = upright ? this.#strip.clientHeight : this.#strip.clientWidth;
    const scale = colorScale(state.quantity, state.contours, report.range);
    const key = JSON.stringify([scale, upright, length, state.colormap, state.quantity]);
    if (key === this.#drawn) return;
    this.#drawn = key;
    this.#paint(state, scale, upright);
    const room = upright ? LABEL_ROOM_UPRIGHT_PX : LABEL_ROOM_LYING_PX;
    this.#number(colorTicks(scale, Math.max(2, length / room)), upright);
  }

  #paint(state: State, scale: ColorScale, upright: boolean): void {
    const table = colormapTable(state.colormap);
    const strip = this.#strip;
    strip.width = upright ? 1 : BAR_STEPS;
    strip.height = upright ? BAR_STEPS : 1;
    const image = new ImageData(strip.width, strip.height);
    for (let step = 0; step < BAR_STEPS; step++) {
      const fraction = mapFraction((step + 0.5) / BAR_STEPS, scale);
      const entry = Math.min(COLORMAP_SIZE - 1, Math.floor(fraction * COLORMAP_SIZE));
      const pixel = upright ? BAR_STEPS - 1 - step : step;
      image.data.set(table.subarray(4 * entry, 4 * entry + 4), 4 * pixel);
    }
    strip.getContext('2d')!.putImageData(image, 0, 0);
  }

  #number({ ticks, offset }: Ticks, upright: boolean): void {
    const labels = ticks.map(({ position, label }) => {
      const element = make('span', { class: 'number' }, label);
      const percent = `${((position + 1) / 2) * 100}%`;
      if (upright) element.style.bottom = percent;
      else element.style.left = percent;
      return element;
    });
    this.#numbers.replaceChildren(...labels);
    const parts = (offset ?? '').split(' ').flatMap((part) => [make('span', {}, part), ' ']);
    this.#offset.replaceChildren(...parts);
  }
}
