import type { State } from '../../state/state.ts';
import { make, makeIcon } from '../dom/elements.ts';
import { ICONS } from '../dom/icons.ts';
import { ConfusionView, type LearntHost } from './confusionView.ts';
import { WeightsView } from './weightsView.ts';

/** Beside or below the picture of a panel: weights as images, and who is taken for whom. */
export class LearntPane {
  readonly #weights = new WeightsView();
  readonly #confusion: ConfusionView;

  constructor(element: HTMLElement, host: LearntHost & { close(): void }) {
    this.#confusion = new ConfusionView(host);
    const name = 'Close weights and confusion matrix';
    const close = make(
      'button',
      { type: 'button', class: 'tool', title: name, 'aria-label': name },
      makeIcon(ICONS.close),
    );
    close.addEventListener('click', () => host.close());
    element.replaceChildren(
      make('div', { class: 'learntHead' }, make('h4', {}, 'What it has learnt'), close),
      make('div', { class: 'learntBody' }, this.#weights.element, this.#confusion.element),
    );
  }

  /** Follows the state; often while something moves. */
  show(state: State): void {
    this.#weights.show(state);
    this.#confusion.show(state);
  }
}
