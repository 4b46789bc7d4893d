import type GUI from 'lil-gui';
import { Controller } from 'lil-gui';
import { make, setAttribute } from '../dom/elements.ts';
import type { Choice } from './controllers.ts';

export interface MenuOption<T> {
  readonly label: string;
  readonly value: T;
  /** Why it cannot be chosen, which its line says, too. */
  readonly reason?: string | null;
}

/** A menu whose options follow the state, with buttons for the most frequent ones. */
export class MenuController<T> extends Controller {
  readonly #select: HTMLSelectElement;
  readonly #buttons: readonly { readonly button: HTMLButtonElement; readonly value: T }[];
  #options: readonly MenuOption<T>[] = [];

  constructor(parent: GUI, object: object, property: string, shortcuts: readonly Choice<T>[] = []) {
    super(parent, object, property, 'menu-controller');
    this.#buttons = shortcuts.map(({ label, value }) => {
      const button = make('button', { type: 'button' }, label);
      button.addEventListener('click', () => this.#choose(value));
      return { button, value };
    });
    this.#select = make('select', { 'aria-labelledby': this.$name.id });
    this.#select.addEventListener('change', () => {
      this.#choose(this.#options[this.#select.selectedIndex]!.value);
    });
    this.$widget.append(...this.#buttons.map(({ button }) => button), this.#select);
    this.$disable = this.#select;
  }

  /** Gives the menu other options; the same ones cost nothing. */
  setOptions(options: readonly MenuOption<T>[]): this {
    if (!equalOptions(options, this.#options)) {
      this.#options = options;
      this.#select.replaceChildren(...options.map(makeOption));
    }
    return this.updateDisplay();
  }

  /** The same name costs nothing. */
  override name(name: string): this {
    return name === this._name ? this : super.name(name);
  }

  override updateDisplay(): this {
    const value: T = this.getValue();
    this.#select.selectedIndex = this.#options.findIndex((option) => option.value === value);
    for (const { button, value: own } of this.#buttons) {
      setAttribute(button, 'aria-pressed', String(own === value));
    }
    return this;
  }

  #choose(value: T): void {
    this.setValue(value);
    this._callOnFinishChange();
  }
}

function makeOption<T>({ label, reason = null }: MenuOption<T>): HTMLOptionElement {
  if (reason === null) return make('option', {}, label);
  return make('option', { disabled: true }, `${label} (${reason})`);
}

function equalOptions<T>(a: readonly MenuOption<T>[], b: readonly MenuOption<T>[]): boolean {
  if (a === b) return true;
  return (
    a.length === b.length &&
    a.every(({ label, value, reason = null }, i) => {
      const other = b[i]!;
      return label === other.label && value === other.value && reason === (other.reason ?? null);
    })
  );
}

/** Options 1 … count for the numbers 0 … count − 1: people count from 1. */
export function numberOptions(count: number): readonly MenuOption<number>[] {
  return Array.from({ length: count }, (_, i) => ({ label: String(i + 1), value: i }));
}
