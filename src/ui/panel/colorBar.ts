import { colorBarOf } from '../../overlay/colorBar.ts';
import type { FrameReport } from '../../picture/frameReport.ts';
import type { Ticks } from '../../scales/ticks.ts';
import type { State } from '../../state/state.ts';
import { make } from '../dom/elements.ts';

/** Steps drawn along the bar; finer than any screen. */
const BAR_STEPS = 1024;
/** Room that a number needs along the bar, in CSS pixels. */
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
      this.#numbers.replaceChildren('one colour per region');
      this.#offset.textContent = '';
      // Resizing a canvas clears it.
      this.#strip.width = 1;
      this.#drawn = '';
      return;
    }
    const upright = this.#element.clientHeight > this.#element.clientWidth;
    const length = upright ? this.#strip.clientHeight : this.#strip.clientWidth;
    const { quantity, contours, colormap } = state;
    const key = JSON.stringify([report.range, upright, length, quantity, contours, colormap]);
    if (key === this.#drawn) return;
    this.#drawn = key;
    const room = upright ? LABEL_ROOM_UPRIGHT_PX : LABEL_ROOM_LYING_PX;
    const { colors, ticks } = colorBarOf(state, report.range, length, room);
    this.#paint(colors, upright);
    this.#number(ticks, upright);
  }

  #paint(colors: readonly { readonly from: number; readonly color: string }[], upright: boolean) {
    const strip = this.#strip;
    strip.width = upright ? 1 : BAR_STEPS;
    strip.height = upright ? BAR_STEPS : 1;
    const context = strip.getContext('2d')!;
    for (const { from, color } of colors) {
      // Each step extends to the end, and the next covers it.
      const start = Math.round(from * BAR_STEPS);
      context.fillStyle = color;
      if (upright) context.fillRect(0, 0, 1, BAR_STEPS - start);
      else context.fillRect(start, 0, BAR_STEPS - start, 1);
    }
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
