/**
 * Controllers that lil-gui does not have: sliders that are real range inputs (so that the
 * keyboard and screen readers support them), text with its own error, rows of buttons, notes.
 */
import type GUI from 'lil-gui';
import { Controller } from 'lil-gui';
import { parseNumber, separatorHint } from '../../input/parseNumber.ts';
import { disableButton } from '../dom/disableButton.ts';
import { make, setAttribute, setText } from '../dom/elements.ts';

/** Positions of a slider's knob. */
const SLIDER_STEPS = 1000;

/** Text that `parse` reads; it keeps what was typed while that cannot be read. */
export class TextController<T> extends Controller {
  readonly #input: HTMLInputElement;
  readonly #error: HTMLElement;
  readonly #parse: (text: string) => T;
  readonly #numeric: boolean;
  readonly #format: (value: T) => string;
  #shown: string | null = null;

  /** @param parse throws an Error whose message people see */
  constructor(
    parent: GUI,
    object: object,
    property: string,
    conversion: { parse(text: string): T; format(value: T): string; numeric: boolean },
  ) {
    super(parent, object, property, 'text-controller');
    this.#parse = conversion.parse;
    this.#numeric = conversion.numeric;
    this.#format = conversion.format;
    this.#error = make('p', { class: 'error', role: 'alert', id: `${this.$name.id}-error` });
    this.#input = make('input', {
      type: 'text',
      spellcheck: 'false',
      autocomplete: 'off',
      'aria-labelledby': this.$name.id,
      class: conversion.numeric ? 'numeric' : '',
    });
    this.#input.addEventListener('change', () => this.#accept());
    this.#input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') this.#accept();
      else if (event.key === 'Escape') this.#revert();
    });
    this.$widget.append(this.#input);
    this.domElement.append(this.#error);
    this.$disable = this.#input;
    this.updateDisplay();
  }

  /** The same name costs nothing. */
  override name(name: string): this {
    return name === this._name ? this : super.name(name);
  }

  override updateDisplay(): this {
    const text = this.#format(this.getValue());
    // What is being typed stays as long as the value is still the one that was shown.
    if (text !== this.#shown) {
      this.#shown = text;
      this.#revert();
    }
    return this;
  }

  /** Takes text that was wrong, if it is right now that another value has changed. */
  reconsider(): void {
    if (this.domElement.classList.contains('invalid')) this.#accept();
  }

  #revert(): void {
    this.#input.value = this.#shown ?? '';
    this.#complain('');
  }

  #accept(): void {
    if (this.#input.value === this.#shown) {
      this.#complain('');
      return;
    }
    try {
      const value = this.#parse(this.#input.value);
      this.#complain('');
      this.setValue(value);
      // Also where the value is the old one written in another way.
      this.#shown = this.#format(this.getValue());
      this.#input.value = this.#shown;
      this._callOnFinishChange();
    } catch (error) {
      const hint = this.#numeric ? separatorHint(this.#input.value) : '';
      this.#complain((error instanceof Error ? error.message : String(error)) + hint);
    }
  }

  /** Marks the text as wrong and keeps it. */
  #complain(message: string): void {
    setText(this.#error, message);
    setAttribute(this.#input, 'aria-invalid', String(message !== ''));
    setAttribute(this.#input, 'aria-describedby', message !== '' && this.#error.id);
    this.domElement.classList.toggle('invalid', message !== '');
  }
}

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

/** A range input with a number beside it. */
export class SliderController extends Controller {
  readonly #range: HTMLInputElement;
  readonly #number: HTMLInputElement;
  readonly #error: HTMLElement;
  #scale: SliderScale;
  #shown: string | null = null;

  constructor(parent: GUI, object: object, property: string, scale: SliderScale) {
    super(parent, object, property, 'slider-controller');
    this.#scale = scale;
    this.#error = make('p', { class: 'error', role: 'alert', id: `${this.$name.id}-error` });
    this.#range = make('input', {
      type: 'range',
      min: 0,
      max: SLIDER_STEPS,
      step: 'any',
      'aria-labelledby': this.$name.id,
    });
    this.#number = make('input', {
      type: 'text',
      inputmode: 'decimal',
      autocomplete: 'off',
      class: 'numeric',
      'aria-labelledby': this.$name.id,
    });
    this.#range.addEventListener('input', () => this.setValue(this.#fromKnob()));
    this.#range.addEventListener('change', () => this._callOnFinishChange());
    this.#range.addEventListener('keydown', (event) => this.#pressArrow(event));
    this.#number.addEventListener('change', () => this.#accept());
    this.#number.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') this.#accept();
      else if (event.key === 'Escape') this.#revert();
    });
    this.$widget.append(this.#range, this.#number);
    this.domElement.append(this.#error);
    this.updateDisplay();
  }

  /** What was typed, or complained about, on the old scale is gone. */
  setScale(scale: SliderScale): this {
    this.#scale = scale;
    this.#shown = null;
    return this.updateDisplay();
  }

  override updateDisplay(): this {
    const value: number = this.getValue();
    const text = this.#scale.format(value);
    this.#range.value = String(this.#toKnob(value));
    setAttribute(this.#range, 'aria-valuetext', text);
    // What is being typed stays as long as the value is still the one that was shown.
    if (text !== this.#shown) {
      this.#shown = text;
      this.#revert();
    }
    return this;
  }

  #revert(): void {
    this.#number.value = this.#shown ?? '';
    this.#complain('');
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

  #accept(): void {
    const { format, integer } = this.#scale;
    const { min, max } = this.#scale.typed ?? this.#scale;
    const text = this.#number.value;
    if (text === format(this.getValue())) {
      this.#complain('');
      return;
    }
    const value = parseNumber(text);
    if (!(value >= min && value <= max) || (integer && !Number.isInteger(value))) {
      const kind = integer ? 'Enter a whole number' : 'Enter a number';
      this.#complain(`${kind} from ${format(min)} to ${format(max)}.${separatorHint(text)}`);
      return;
    }
    this.setValue(value);
    // Also where the value is the old one written in another way.
    this.#revert();
    this._callOnFinishChange();
  }

  #complain(message: string): void {
    setText(this.#error, message);
    setAttribute(this.#number, 'aria-invalid', String(message !== ''));
    setAttribute(this.#number, 'aria-describedby', message !== '' && this.#error.id);
    this.domElement.classList.toggle('invalid', message !== '');
  }
}

export interface Choice<T> {
  readonly label: string;
  readonly value: T;
  readonly title?: string;
}

/** A row of buttons that set the property; the one that holds its value is pressed. */
export class ChoiceController<T> extends Controller {
  readonly #buttons: readonly { button: HTMLButtonElement; value: T }[];

  constructor(parent: GUI, object: object, property: string, choices: readonly Choice<T>[]) {
    super(parent, object, property, 'choice-controller');
    this.#buttons = choices.map(({ label, value, title }) => {
      const button = make('button', { type: 'button' }, label);
      if (title) button.title = title;
      button.addEventListener('click', () => {
        this.setValue(value);
        this._callOnFinishChange();
      });
      return { button, value };
    });
    this.$widget.setAttribute('role', 'group');
    this.$widget.setAttribute('aria-labelledby', this.$name.id);
    this.$widget.append(...this.#buttons.map(({ button }) => button));
    this.updateDisplay();
  }

  override updateDisplay(): this {
    for (const { button, value } of this.#buttons) {
      setAttribute(button, 'aria-pressed', String(value === this.getValue()));
    }
    return this;
  }
}

/** Read-only text; the property holds it. */
export class NoteController extends Controller {
  constructor(parent: GUI, object: object, property: string) {
    super(parent, object, property, 'note-controller');
    this.updateDisplay();
  }

  override updateDisplay(): this {
    setText(this.$widget, String(this.getValue()));
    return this;
  }
}

/** A row of buttons, each with an action. */
export class ActionsController extends Controller {
  readonly #buttons = new Map<string, HTMLButtonElement>();

  constructor(
    parent: GUI,
    actions: readonly {
      readonly label: string;
      /** Where the label is a sign. */
      readonly name?: string;
      readonly title: string;
      act(): void;
    }[],
  ) {
    super(parent, { none: null }, 'none', 'choice-controller');
    for (const { label, name = false, title, act } of actions) {
      const button = make('button', { type: 'button', title, 'aria-label': name }, label);
      button.addEventListener('click', act);
      this.#buttons.set(label, button);
    }
    this.$widget.append(...this.#buttons.values());
    this.$widget.setAttribute('role', 'group');
    this.$widget.setAttribute('aria-labelledby', this.$name.id);
  }

  /**
   * Disables buttons for reasons, and enables those whose reason is null. The focus of a button that
   * becomes disabled moves to one that is enabled.
   */
  disableActions(reasons: Readonly<Record<string, string | null>>): void {
    const buttons = [...this.#buttons];
    const hadFocus = buttons.some(([, button]) => button.matches(':focus'));
    for (const [label, button] of buttons) disableButton(button, reasons[label] ?? null);
    const isLost = hadFocus && buttons.every(([, button]) => !button.matches(':focus:enabled'));
    if (isLost) buttons.find(([, button]) => !button.disabled)?.[1].focus();
  }
}
