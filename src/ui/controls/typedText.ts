import type { Controller } from 'lil-gui';
import { messageOf } from '../../input/messageOf.ts';
import { separatorHint } from '../../input/parseNumber.ts';
import { make, setAttribute, setText } from '../dom/elements.ts';

/** Text that a person types in a controller, with what is wrong with it: until it is right it stays as it was typed. */
export class TypedText {
  readonly input: HTMLInputElement;
  readonly #controller: Controller;
  readonly #numeric: boolean;
  readonly #take: (text: string) => void;
  readonly #error: HTMLElement;
  /** The value, as it was last shown. */
  #shown: string | null = null;

  /**
   * @param numeric whether it is a number: then a message says how one is written
   * @param take sets the controller's value, and says that it is final; throws an Error whose message people see
   */
  constructor(controller: Controller, numeric: boolean, take: (text: string) => void) {
    this.#controller = controller;
    this.#numeric = numeric;
    this.#take = take;
    const { $name, $widget, domElement } = controller;
    this.#error = make('p', { class: 'error', role: 'alert', id: `${$name.id}-error` });
    this.input = make('input', {
      type: 'text',
      spellcheck: 'false',
      autocomplete: 'off',
      'aria-labelledby': $name.id,
      class: numeric ? 'numeric' : '',
    });
    this.input.addEventListener('change', () => this.#accept());
    this.input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') this.#accept();
      else if (event.key === 'Escape') this.#revert();
    });
    $widget.append(this.input);
    domElement.append(this.#error);
  }

  /** Shows the value; what is being typed stays as long as the value is still the one that was shown. */
  show(text: string): void {
    if (text === this.#shown) return;
    this.#shown = text;
    this.#revert();
  }

  /** Takes text that was wrong, if it is right now that another value has changed. */
  reconsider(): void {
    if (this.#controller.domElement.classList.contains('invalid')) this.#accept();
  }

  /** What was typed, or complained about, is gone with the next value that is shown. */
  forget(): void {
    this.#shown = null;
  }

  #revert(): void {
    this.input.value = this.#shown ?? '';
    this.#complain('');
  }

  #accept(): void {
    const { value } = this.input;
    if (value === this.#shown) {
      this.#complain('');
      return;
    }
    try {
      this.#take(value);
    } catch (error) {
      const hint = this.#numeric ? separatorHint(value) : '';
      this.#complain(messageOf(error) + hint);
      return;
    }
    // Also where the value is the old one written in another way.
    this.#revert();
  }

  /** Marks the text as wrong and keeps it. */
  #complain(message: string): void {
    setText(this.#error, message);
    setAttribute(this.input, 'aria-invalid', String(message !== ''));
    setAttribute(this.input, 'aria-describedby', message !== '' && this.#error.id);
    this.#controller.domElement.classList.toggle('invalid', message !== '');
  }
}
