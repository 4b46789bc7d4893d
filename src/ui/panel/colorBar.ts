import { type ClassLegend, classLegendOf, shownClasses } from '../../overlay/classLegend.ts';
import { type ColorBar as BarContent, colorBarOf } from '../../overlay/colorBar.ts';
import type { LabelRoom } from '../../overlay/fitLabels.ts';
import type { FrameReport } from '../../picture/frameReport.ts';
import { pictureColors } from '../../scales/pictureColors.ts';
import { QUANTITY_NAMES } from '../../state/labels.ts';
import type { State } from '../../state/state.ts';
import { make, setAttribute, setText } from '../dom/elements.ts';

/** Steps drawn along the bar; finer than any screen. */
const BAR_STEPS = 1024;
const REGIONS = 'one colour per region';
/** Room for an entry of a legend: below each other, or in two lines below a picture. */
const LEGEND_ROW = 24;
const LEGEND_LINES = 2;
/** The least width of a column with its gap, and what an entry takes: its sign, gaps, and each letter. */
const LEGEND_COLUMN = 84;
const ENTRY = { sign: 27, letter: 7 };
/** In CSS pixels, for the text sizes of the style sheet. */
const UPRIGHT: Omit<LabelRoom, 'length'> = {
  perLabel: 56,
  gap: 4,
  beyond: [8, 8],
  sizeOf: () => 12,
};
/** On the right of a bar below its picture the page ends, or another panel begins. */
const LYING: Omit<LabelRoom, 'length'> = {
  perLabel: 84,
  gap: 6,
  beyond: [40, 8],
  sizeOf: (label) => 8 * label.length,
};

/** The colour map with its name and numbers: continuous, or in the steps of filled contours. */
export class ColorBar {
  readonly #element: HTMLElement;
  readonly #name = make('span', { class: 'name' });
  readonly #strip = make('canvas', { class: 'strip' });
  readonly #numbers = make('div', { class: 'numbers' });
  readonly #offset = make('span', { class: 'offset' });
  #drawn = '';
  #stops: ArrayLike<number> | null = null;

  constructor(element: HTMLElement) {
    this.#element = element;
    // Its description says all that a sighted person reads off it.
    setAttribute(element, 'role', 'img');
    const scale = make('div', { class: 'scale' }, this.#strip, this.#numbers);
    element.append(this.#name, scale, this.#offset);
  }

  show(state: State, { range }: FrameReport): void {
    const upright = this.#element.clientHeight > this.#element.clientWidth;
    const length = upright ? this.#element.clientHeight : this.#element.clientWidth;
    const shown = [state.quantity, pictureColors(state), shownClasses(state), upright, length];
    const key = JSON.stringify([shown, { ...range, stops: null }]);
    if (key === this.#drawn && range?.stops === this.#stops) return;
    this.#drawn = key;
    this.#stops = range?.stops ?? null;
    const strip = upright ? this.#strip.clientHeight : this.#strip.clientWidth;
    const bar = colorBarOf(state, range, { length: strip, ...(upright ? UPRIGHT : LYING) });
    const column = columnOf(shownClasses(state) ?? [], length);
    const room = upright
      ? (length - this.#name.offsetHeight) / LEGEND_ROW
      : LEGEND_LINES * Math.floor(length / column);
    this.#numbers.style.setProperty('--column', `${column}px`);
    const legend = classLegendOf(state, room);
    setText(this.#name, legend?.name ?? QUANTITY_NAMES[state.quantity]);
    this.#element.classList.toggle('classes', legend !== null);
    this.#element.classList.toggle('regions', bar === null && legend === null);
    setAttribute(this.#element, 'aria-label', bar?.text ?? legend?.text ?? REGIONS);
    if (bar) this.#showScale(bar, upright);
    else this.#showWords(legend ? entriesOf(legend) : [REGIONS]);
  }

  #showWords(words: readonly (string | HTMLElement)[]): void {
    this.#numbers.replaceChildren(...words);
    this.#offset.textContent = '';
    // Resizing a canvas clears it.
    this.#strip.width = 1;
  }

  #showScale({ colors, numbers }: BarContent, upright: boolean): void {
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
    const labels = numbers.labels.map(({ label, middle, isEnd }) => {
      const element = make('span', { class: isEnd ? 'number end' : 'number' }, label);
      element.style[upright ? 'bottom' : 'left'] = `${middle}px`;
      return element;
    });
    this.#numbers.replaceChildren(...labels);
    const parts = (numbers.offset ?? '').split(' ');
    this.#offset.replaceChildren(...parts.flatMap((part) => [make('span', {}, part), ' ']));
  }
}

/** As wide as the longest name, unless there would not be room for all. */
function columnOf(names: readonly string[], length: number): number {
  const letters = Math.max(0, ...names.map((name) => name.length));
  const columns = Math.max(1, Math.ceil(names.length / LEGEND_LINES));
  const wanted = ENTRY.sign + ENTRY.letter * letters;
  return Math.max(LEGEND_COLUMN, Math.min(wanted, Math.floor(length / columns)));
}

function entriesOf({ entries, more }: ClassLegend): HTMLElement[] {
  const made = entries.map(({ color, name }) => {
    const sign = make('span', { class: 'sign' });
    sign.style.backgroundColor = color;
    return make(
      'span',
      { class: 'entry' },
      sign,
      make('span', { class: 'word', title: name }, name),
    );
  });
  return more === null ? made : [...made, make('span', { class: 'entry' }, more)];
}
