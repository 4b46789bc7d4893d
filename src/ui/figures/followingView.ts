import type { TablePanel } from '../../drawing/vectorPanels.ts';
import { drawnPanel, type LearntPanel } from '../../learnt/learntPanels.ts';
import type { RunReadings } from '../../learnt/lossTable.ts';
import type { State } from '../../state/state.ts';
import { make } from '../dom/elements.ts';
import { ConfusionView, type LearntHost } from '../learnt/confusionView.ts';
import { WeightsView } from '../learnt/weightsView.ts';
import type { PanelView } from '../panel/panelView.ts';
import { makeTable } from './vectorView.ts';

/** What a panel of a figure shows of another one. */
interface Content {
  readonly element: HTMLElement;
  show(state: State, run: RunReadings): void;
}

const CONTENTS: {
  readonly [K in LearntPanel['kind']]: (panel: LearntPanel, host: LearntHost) => Content;
} = {
  weightsOf: () => new WeightsView(),
  confusionOf: (_, host) => new ConfusionView(host),
  lossesOf: (panel) => {
    const element = make('div');
    let shown = '';
    const show = (state: State, run: RunReadings) => {
      const table = drawnPanel(panel, state, run) as TablePanel;
      const key = JSON.stringify(table);
      if (key === shown) return;
      shown = key;
      element.replaceChildren(makeTable(table));
    };
    return { element, show };
  },
};

/** A panel of a figure that shows what the network of a field panel has learnt, live. */
export class FollowingView {
  readonly element = make('div', { class: 'followingPanel' });
  #panel: LearntPanel | null = null;
  #view: PanelView | null = null;
  #content: Content | null = null;
  #end: () => void = () => undefined;

  /** @param explain says something to a person */
  follow(panel: LearntPanel, view: PanelView, explain: (text: string) => void): void {
    const isSame = view === this.#view && JSON.stringify(panel) === JSON.stringify(this.#panel);
    if (isSame) return;
    this.#end();
    this.#panel = panel;
    this.#view = view;
    const host = {
      get state() {
        return view.state;
      },
      edit: (patch: object) => view.edits.edit(patch, 'still'),
      explain,
    };
    this.#content = CONTENTS[panel.kind](panel, host);
    this.element.replaceChildren(this.#content.element);
    this.#end = view.follow(() => this.#show());
    this.#show();
  }

  destroy(): void {
    this.#end();
  }

  #show(): void {
    const { state, training } = this.#view!;
    this.#content!.show(state, training.readings(state));
  }
}
