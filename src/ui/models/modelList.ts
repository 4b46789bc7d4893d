import type { Model } from '../../model/models.ts';
import { listenToModels, listModels, unlistModel } from '../../model/models.ts';
import { describeBytes, shortShape } from '../../state/modelWords.ts';
import { make, setAttribute } from '../dom/elements.ts';
import { scrollInto } from '../dom/scrollInto.ts';

/** The networks from files, each with buttons that show and forget it. */
export class ModelList {
  readonly element = make('div', { class: 'modelList', hidden: true });
  readonly #list = make('ul', { 'aria-label': 'Opened networks' });
  readonly #forgetAll = make('button', { type: 'button', class: 'plain' }, 'Forget all');
  readonly #show: (model: Model) => void;
  #buttons: ReadonlyMap<string, HTMLButtonElement> = new Map();
  #shown: string | null = null;

  /** @param signal ends it */
  constructor(show: (model: Model) => void, signal: AbortSignal) {
    this.#show = show;
    this.#forgetAll.addEventListener('click', () =>
      unlistModel(...listModels().map(({ id }) => id)),
    );
    this.element.append(this.#list, this.#forgetAll);
    const end = listenToModels(() => this.#fill());
    signal.addEventListener('abort', end, { once: true });
    this.#fill();
  }

  /** Marks the network that is shown, which is seen in the list when it is another. */
  mark(id: string | null): void {
    const button = id === null || id === this.#shown ? undefined : this.#buttons.get(id);
    if (button) scrollInto(this.#list, button);
    this.#shown = id;
    for (const [own, button] of this.#buttons) {
      setAttribute(button, 'aria-pressed', String(own === id));
    }
  }

  #fill(): void {
    const models = listModels();
    const rows = models.map((model) => this.#makeRow(model));
    this.#buttons = new Map(models.map(({ id }, i) => [id, rows[i]!.button]));
    this.#list.replaceChildren(...rows.map(({ row }) => row));
    this.#forgetAll.hidden = models.length < 2;
    this.element.hidden = models.length === 0;
    this.mark(this.#shown);
  }

  #makeRow(model: Model): { row: HTMLElement; button: HTMLButtonElement } {
    const { name } = model.facts;
    const button = make(
      'button',
      { type: 'button', class: 'show', title: `Show ${name}` },
      make('span', { class: 'name' }, name),
      make('span', { class: 'shape' }, shortShape(model.network)),
      make('span', { class: 'size' }, describeBytes(model.network)),
    );
    button.addEventListener('click', () => this.#show(model));
    const forget = make(
      'button',
      { type: 'button', class: 'plain', 'aria-label': `Forget ${name}`, title: `Forget ${name}` },
      'Forget',
    );
    forget.addEventListener('click', () => this.#forget(model.id));
    return { row: make('li', {}, button, forget), button };
  }

  /** The focus goes to the next one of the list. */
  #forget(id: string): void {
    const at = listModels().findIndex((model) => model.id === id);
    unlistModel(id);
    const rows = this.#list.children;
    rows[Math.min(at, rows.length - 1)]?.querySelector('button')?.focus();
  }
}
