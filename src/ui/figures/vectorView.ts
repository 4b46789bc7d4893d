import type { TablePanel, VectorPanel } from '../../drawing/vectorPanels.ts';
import { pageSvg } from '../../drawing/vectorSvg.ts';
import { make } from '../dom/elements.ts';
import { parseMarkup } from '../dom/parseMarkup.ts';

let count = 0;

/** Curves, bars or a table among the panels; plots follow their size. */
export class VectorView {
  readonly element = make('div', { class: 'vectorPanel' });
  readonly #id = `reluscope-plot-${++count}`;
  readonly #observer = new ResizeObserver(() => this.#draw());
  #panel: VectorPanel | null = null;

  constructor() {
    this.#observer.observe(this.element);
  }

  show(panel: VectorPanel): void {
    this.#panel = panel;
    if (panel.kind === 'table') this.element.replaceChildren(makeTable(panel));
    else this.#draw();
  }

  destroy(): void {
    this.#observer.disconnect();
  }

  #draw(): void {
    const panel = this.#panel;
    const { clientWidth: width, clientHeight: height } = this.element;
    if (!panel || panel.kind === 'table' || width === 0 || height === 0) return;
    this.element.replaceChildren(parseMarkup(pageSvg(panel, { width, height }, this.#id)));
  }
}

export function makeTable({ title, head, rows }: TablePanel): HTMLTableElement {
  const heads = head.map((text) => make('th', { scope: 'col' }, text));
  const lines = rows.map(([first = '', ...rest]) => {
    const cells = rest.map((text) => make('td', {}, text));
    return make('tr', {}, make('th', { scope: 'row' }, first), ...cells);
  });
  return make(
    'table',
    { class: 'figureTable', 'aria-label': title },
    make('thead', {}, make('tr', {}, ...heads)),
    make('tbody', {}, ...lines),
  );
}
