import type GUI from 'lil-gui';
import { Controller } from 'lil-gui';
import { TypedText } from './typedText.ts';

/** Text that `parse` reads. */
export class TextController<T> extends Controller {
  readonly #typed: TypedText;
  readonly #format: (value: T) => string;

  /** @param conversion `parse` throws an Error whose message people see */
  constructor(
    parent: GUI,
    object: object,
    property: string,
    conversion: { parse(text: string): T; format(value: T): string; numeric: boolean },
  ) {
    super(parent, object, property, 'text-controller');
    this.#format = conversion.format;
    this.#typed = new TypedText(this, conversion.numeric, (text) => {
      this.setValue(conversion.parse(text));
      this._callOnFinishChange();
    });
    this.$disable = this.#typed.input;
    this.updateDisplay();
  }

  /** The same name costs nothing. */
  override name(name: string): this {
    return name === this._name ? this : super.name(name);
  }

  override updateDisplay(): this {
    this.#typed.show(this.#format(this.getValue()));
    return this;
  }

  /** Takes text that was wrong, if it is right now that another value has changed. */
  reconsider(): void {
    this.#typed.reconsider();
  }
}
