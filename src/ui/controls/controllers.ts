/** Controllers that lil-gui does not have: rows of buttons, notes. */
import type GUI from 'lil-gui';
import { Controller } from 'lil-gui';
import { disableButton } from '../dom/disableButton.ts';
import { make, setAttribute, setText } from '../dom/elements.ts';

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
