import type { FrameReport } from '../frameReport.ts';
import type { State } from '../state/state.ts';
import { COLORMAP_SIZE, colormapTable } from '../view/colormaps.ts';
import type { Ticks } from '../view/ticks.ts';
import { valueTicks } from '../view/ticks.ts';
import { make, setText } from './dom.ts';

/** Steps drawn along the bar; finer than any screen shows it. */
const BAR_STEPS = 1024;
/** Room that a number takes along the bar, in CSS pixels. */
const LABEL_ROOM_UPRIGHT_PX = 56;
const LABEL_ROOM_LYING_PX = 84;
/** A direction has a range of its own, a full turn. */
const TURN: Ticks = {
  ticks: [
    { position: -1, label: '−π' },
    { position: -0.5, label: '−π/2' },
    { position: 0, label: '0' },
    { position: 0.5, label: 'π/2' },
    { position: 1, label: 'π' },
  ],
  offset: null,
};

/** What the bar shows: values from min to max, in the steps between levels if there are any. */
interface Scale {
  readonly min: number;
  readonly max: number;
  readonly levels: readonly number[];
}

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
    const scale = scaleOf(state, report.range, report.levels);
    const key = JSON.stringify([scale, upright, length, state.colormap, state.quantity]);
    if (key === this.#drawn) return;
    this.#drawn = key;
    this.#paint(state, scale, upright);
    this.#number(ticksOf(state, scale, length, upright), upright);
  }

  #paint(state: State, scale: Scale, upright: boolean): void {
    const table = colormapTable(state.colormap);
    const strip = this.#strip;
    strip.width = upright ? 1 : BAR_STEPS;
    strip.height = upright ? BAR_STEPS : 1;
    const image = new ImageData(strip.width, strip.height);
    for (let step = 0; step < BAR_STEPS; step++) {
      const fraction = steppedFraction((step + 0.5) / BAR_STEPS, scale);
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
    setText(this.#offset, offset ?? '');
  }
}

function scaleOf(
  state: State,
  { min, max }: { readonly min: number; readonly max: number },
  levels: readonly number[],
): Scale {
  if (state.quantity === 'gradientDirection') return { min: -Math.PI, max: Math.PI, levels: [] };
  return { min, max, levels: state.contours.filled ? levels : [] };
}

/** Where in the colour map a place of the bar (0 to 1) is: its own, or the middle of its step. */
function steppedFraction(place: number, { min, max, levels }: Scale): number {
  if (!(max > min)) return 0.5;
  if (levels.length === 0) return place;
  const step = levels.length > 1 ? levels[1]! - levels[0]! : max - min;
  const band = levels.findLastIndex((level) => level <= min + place * (max - min));
  const middle = levels[0]! + (band + 0.5) * step;
  return Math.min(1, Math.max(0, (middle - min) / (max - min)));
}

function ticksOf(state: State, { min, max }: Scale, length: number, upright: boolean): Ticks {
  if (state.quantity === 'gradientDirection') return TURN;
  const count = length / (upright ? LABEL_ROOM_UPRIGHT_PX : LABEL_ROOM_LYING_PX);
  return valueTicks(min, max, Math.max(2, count));
}
