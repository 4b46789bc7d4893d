import {
  describeDifference,
  paintDifference,
  type Sampler,
  sampleDifference,
} from '../../exporting/differenceGrid.ts';
import type { DifferencePanel } from '../../figures/figure.ts';
import { messageOf } from '../../input/messageOf.ts';
import { make, setAttribute, setText } from '../dom/elements.ts';

/** The difference of two fields among the panels; if it changes fast, only the last one is drawn. */
export class DifferenceView {
  readonly element: HTMLElement;
  readonly #canvas = make('canvas', { class: 'difference', role: 'img' });
  readonly #words = make('p', { class: 'differenceWords' }, 'Sampling…');
  readonly #sampler: () => Promise<Sampler>;
  #wanted: DifferencePanel | null = null;
  #drawn = '';
  #work: Promise<void> | null = null;
  #destroyed = false;

  constructor(sampler: () => Promise<Sampler>) {
    this.#sampler = sampler;
    this.element = make('div', { class: 'differencePanel' }, this.#canvas, this.#words);
  }

  show(panel: DifferencePanel): void {
    this.#wanted = panel;
    setAttribute(this.#canvas, 'aria-label', panel.title);
    this.#work ??= this.#draw().finally(() => {
      this.#work = null;
    });
  }

  /** Resolves when the latest difference is on screen. */
  async settled(): Promise<void> {
    await this.#work;
  }

  destroy(): void {
    this.#destroyed = true;
  }

  async #draw(): Promise<void> {
    try {
      while (this.#wanted && !this.#destroyed) {
        const panel = this.#wanted;
        this.#wanted = null;
        const key = JSON.stringify(panel);
        if (key === this.#drawn) continue;
        const grid = await sampleDifference(panel, await this.#sampler());
        paintDifference(this.#canvas, grid);
        const words = describeDifference(grid);
        setText(this.#words, words);
        setAttribute(this.#canvas, 'aria-label', `${panel.title}. ${words}.`);
        this.#drawn = key;
      }
    } catch (error) {
      // Without a device there is no picture at all, and the page shows a message.
      if (!this.#destroyed) setText(this.#words, `Not sampled: ${messageOf(error)}`);
    }
  }
}
