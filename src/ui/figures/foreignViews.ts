import type { Sampler } from '../../exporting/differenceGrid.ts';
import { type FigurePanel, isVectorPanel } from '../../figures/figure.ts';
import { isLearntPanel } from '../../learnt/learntPanels.ts';
import type { PanelView } from '../panel/panelView.ts';
import { DifferenceView } from './differenceView.ts';
import { FollowingView } from './followingView.ts';
import { VectorView } from './vectorView.ts';

type ForeignView = VectorView | DifferenceView | FollowingView;

/** The views of a figure's panels without a field, by their position among all. */
export class ForeignViews {
  readonly #views = new Map<number, ForeignView>();
  readonly #sampler: () => Promise<Sampler>;

  /** @param sampler samples fields; rejected with a GpuError */
  constructor(sampler: () => Promise<Sampler>) {
    this.#sampler = sampler;
  }

  /** Shows a panel at its position, in the view that is there if it is of its kind. */
  place(
    panel: Exclude<FigurePanel, { kind: 'field' }>,
    position: number,
  ): { readonly title: string; readonly element: HTMLElement } {
    let view = this.#views.get(position);
    if (isLearntPanel(panel)) {
      if (!(view instanceof FollowingView)) view = new FollowingView();
    } else if (isVectorPanel(panel)) {
      if (!(view instanceof VectorView)) view = new VectorView();
      view.show(panel);
    } else {
      if (!(view instanceof DifferenceView)) view = new DifferenceView(this.#sampler);
      view.show(panel);
    }
    this.#views.set(position, view);
    return { title: panel.title, element: view.element };
  }

  /**
   * Has the panels that show what others have learnt follow these.
   * @param viewAt the panel that shows the field at a position
   */
  follow(
    panels: readonly FigurePanel[],
    viewAt: (position: number) => PanelView,
    explain: (text: string) => void,
  ): void {
    for (const [position, panel] of panels.entries()) {
      const view = this.#views.get(position);
      if (!isLearntPanel(panel) || !(view instanceof FollowingView)) continue;
      view.follow(panel, viewAt(panel.of), explain);
    }
  }

  /** Resolves when what the GPU samples is on screen. */
  async settled(): Promise<void> {
    const views = [...this.#views.values()];
    await Promise.all(
      views.map((view) => (view instanceof DifferenceView ? view.settled() : null)),
    );
  }

  destroy(): void {
    for (const view of this.#views.values()) view.destroy();
  }
}
