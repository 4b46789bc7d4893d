import { parseNumber, separatorHint } from '../../input/parseNumber.ts';
import type { ParameterPlace } from '../../model/parameters.ts';
import { formatNumber } from '../../scales/format.ts';
import { make, setAttribute, setText } from '../dom/elements.ts';
import type { Motion } from '../panel/session.ts';

/** A parameter as a row shows it. */
export interface Row {
  readonly place: ParameterPlace;
  /** Of the input that the weight multiplies, e.g. x₁; or 'bias'. */
  readonly name: string;
  /** For screen readers, e.g. 'weight of x₁ in h₁,₃'. */
  readonly description: string;
}

export interface RowActions {
  edit(place: ParameterPlace, value: number, motion: Motion): void;
  /** A row is pointed at or in focus, or none is. */
  point(place: ParameterPlace | null): void;
}

const DIGITS = 5;
/** A drag over so many pixels changes a weight by the size of the layer's largest one. */
export const DRAG_PX = 120;
/** The arrow keys change it by this part of that size; with shift by ten times as much. */
const KEY_STEP = 0.01;

/** The parameters of a neuron as rows of numbers that can be typed, stepped by arrow keys, and dragged by their names. */
export class WeightRows {
  readonly element = make('div', { class: 'weightRows' });
  readonly #error = make('p', { class: 'error', role: 'alert' });
  readonly #actions: RowActions;
  #inputs: { readonly place: ParameterPlace; readonly input: HTMLInputElement }[] = [];
  #values: number[] = [];
  /** The size by which drags and keys change a weight. */
  #scale = 1;

  constructor(actions: RowActions) {
    this.#actions = actions;
  }

  /** Makes the rows anew. @param isEditable whether the numbers can be changed */
  lay(rows: readonly Row[], isEditable: boolean): void {
    this.#inputs = rows.map((row, i) => ({
      place: row.place,
      input: make('input', {
        ...{ type: 'text', inputmode: 'decimal', spellcheck: 'false', autocomplete: 'off' },
        'aria-label': row.description,
        readonly: !isEditable,
        'data-row': i,
      }),
    }));
    this.#values = [];
    const elements = rows.map(({ name }, i) => {
      const { place, input } = this.#inputs[i]!;
      const label = make('span', { class: 'weightName' }, name);
      const row = make('div', { class: 'weightRow' }, label, input);
      row.addEventListener('pointerenter', () => this.#actions.point(place));
      row.addEventListener('pointerleave', () => this.#actions.point(null));
      input.addEventListener('focus', () => this.#actions.point(place));
      input.addEventListener('blur', () => this.#actions.point(null));
      if (isEditable) {
        input.addEventListener('change', () => this.#accept(i));
        input.addEventListener('keydown', (event) => this.#press(event, i));
        this.#letDrag(label, i);
      }
      return row;
    });
    this.element.replaceChildren(...elements, this.#error);
  }

  /** @param values in the order of the rows */
  show(values: readonly number[], scale: number): void {
    this.#scale = scale;
    this.#inputs.forEach(({ input }, i) => {
      // What is being typed stays as long as the number does.
      if (values[i] !== this.#values[i]) input.value = formatNumber(values[i]!, DIGITS);
    });
    this.#values = [...values];
  }

  #accept(row: number): void {
    const { place, input } = this.#inputs[row]!;
    const value = parseNumber(input.value);
    const isWrong = Number.isNaN(value);
    setAttribute(input, 'aria-invalid', isWrong && 'true');
    setText(this.#error, isWrong ? `Enter a number, e.g. 0.5.${separatorHint(input.value)}` : '');
    // The text has fewer digits than the number that it stands for.
    const isNew = input.value !== formatNumber(this.#values[row]!, DIGITS);
    if (!isWrong && isNew) this.#actions.edit(place, value, 'still');
  }

  #press(event: KeyboardEvent, row: number): void {
    const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (event.key === 'Enter') this.#accept(row);
    if (direction === 0) return;
    const step = direction * KEY_STEP * (event.shiftKey ? 10 : 1) * this.#scale;
    this.#actions.edit(this.#inputs[row]!.place, this.#values[row]! + step, 'moving');
    event.preventDefault();
  }

  #letDrag(label: HTMLElement, row: number): void {
    label.classList.add('draggable');
    label.addEventListener('pointerdown', (down) => {
      if (down.button !== 0) return;
      label.setPointerCapture(down.pointerId);
      const [start, scale] = [this.#values[row]!, this.#scale];
      const { place } = this.#inputs[row]!;
      const drag = new AbortController();
      const { signal } = drag;
      label.addEventListener(
        'pointermove',
        ({ clientX }) => {
          const moved = ((clientX - down.clientX) / DRAG_PX) * scale;
          this.#actions.edit(place, start + moved, 'moving');
        },
        { signal },
      );
      for (const end of ['pointerup', 'pointercancel'] as const) {
        label.addEventListener(end, () => drag.abort(), { signal });
      }
      down.preventDefault();
    });
  }
}
