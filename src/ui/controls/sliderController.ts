import type GUI from 'lil-gui';
import { Controller } from 'lil-gui';
import { parseNumber } from '../../input/parseNumber.ts';
import { make, setAttribute } from '../dom/elements.ts';
import { TypedText } from './typedText.ts';

/** Positions of a slider's knob. */
const SLIDER_STEPS = 1000;

export interface SliderScale {
  readonly min: number;
  readonly max: number;
  /** The knob moves evenly in log(value). */
  readonly logarithmic?: boolean;
  /** Values of the knob are rounded to it; typed ones are not. */
  readonly step: number;
  /** Bounds of typed values; by default those of the knob. */
  readonly typed?: { readonly min: number; readonly max: number };
  readonly integer?: boolean;
  format(value: number): string;
}

/** A real range input, so that the keyboard and screen readers support it, with a number beside it. */
export class SliderController extends Controller {
  readonly #range: HTMLInputElement;
  readonly #typed: TypedText;
  #scale: SliderScale;

  constructor(parent: GUI, object: object, property: string, scale: SliderScale) {
    super(parent, object, property, 'slider-controller');
    this.#scale = scale;
    this.#range = make('input', {
      type: 'range',
      min: 0,
      max: SLIDER_STEPS,
      step: 'any',
      'aria-labelledby': this.$name.id,
    });
    this.#range.addEventListener('input', () => this.setValue(this.#fromKnob()));
    this.#range.addEventListener('change', () => this._callOnFinishChange());
    this.#range.addEventListener('keydown', (event) => this.#pressArrow(event));
    this.$widget.append(this.#range);
    this.#typed = new TypedText(this, true, (text) => {
      this.setValue(this.#read(text));
      this._callOnFinishChange();
    });
    setAttribute(this.#typed.input, 'inputmode', 'decimal');
    this.updateDisplay();
  }

  /** What was typed, or complained about, on the old scale is gone. */
  setScale(scale: SliderScale): this {
    this.#scale = scale;
    this.#typed.forget();
    return this.updateDisplay();
  }

  override updateDisplay(): this {
    const value: number = this.getValue();
    const text = this.#scale.format(value);
    this.#range.value = String(this.#toKnob(value));
    setAttribute(this.#range, 'aria-valuetext', text);
    this.#typed.show(text);
    return this;
  }

  #toKnob(value: number): number {
    const { min, max, logarithmic } = this.#scale;
    const fraction = logarithmic
      ? Math.log(value / min) / Math.log(max / min)
      : (value - min) / (max - min);
    return SLIDER_STEPS * Math.min(1, Math.max(0, fraction));
  }

  #fromKnob(): number {
    const { min, max, logarithmic } = this.#scale;
    const fraction = Number(this.#range.value) / SLIDER_STEPS;
    return this.#round(logarithmic ? min * (max / min) ** fraction : min + fraction * (max - min));
  }

  /** To the step; on a logarithmic scale to a tenth of the leading digit's place. */
  #round(value: number): number {
    const { min, max, step, logarithmic } = this.#scale;
    const rounded = logarithmic
      ? Number(value.toPrecision(2))
      : Number((Math.round(value / step) * step).toPrecision(12));
    return Math.min(max, Math.max(min, rounded));
  }

  /** Steps of the knob would be too fine for keys. */
  #pressArrow(event: KeyboardEvent): void {
    const up = event.key === 'ArrowRight' || event.key === 'ArrowUp';
    if (!up && event.key !== 'ArrowLeft' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    const { min, max, step, logarithmic } = this.#scale;
    const value: number = this.getValue();
    const factor = 10 ** (up ? 0.1 : -0.1);
    const next = logarithmic ? value * factor : value + (up ? step : -step);
    this.setValue(this.#round(Math.min(max, Math.max(min, next))));
    this._callOnFinishChange();
  }

  #read(text: string): number {
    const { format, integer } = this.#scale;
    const { min, max } = this.#scale.typed ?? this.#scale;
    const value = parseNumber(text);
    if (value >= min && value <= max && (!integer || Number.isInteger(value))) return value;
    const kind = integer ? 'Enter a whole number' : 'Enter a number';
    throw new RangeError(`${kind} from ${format(min)} to ${format(max)}.`);
  }
}
