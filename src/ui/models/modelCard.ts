import type { Model } from '../../model/models.ts';
import { describeModel } from '../../state/modelWords.ts';
import { make } from '../dom/elements.ts';

/** What is known of the network from a file that is shown. */
export class ModelCard {
  readonly element = make('div', { class: 'modelCard', hidden: true });
  #model: Model | null = null;

  /** @param model null hides it; the same one costs nothing */
  show(model: Model | null): void {
    if (model === this.#model) return;
    this.#model = model;
    this.element.hidden = model === null;
    if (model === null) return;
    const { name, notes } = model.facts;
    const terms = describeModel(model).map(([term, text]) =>
      make('div', {}, make('dt', {}, term), make('dd', {}, text)),
    );
    this.element.replaceChildren(
      make('p', { class: 'name' }, name),
      make('dl', {}, ...terms),
      ...notes.map((note) => make('p', {}, note)),
    );
  }
}
