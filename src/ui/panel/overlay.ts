import { isFlatEverywhere } from '../../model/flatness.ts';
import { resolve } from '../../model/resolve.ts';
import { seedOf } from '../../model/seeds.ts';
import { type LegendEntry, SIGN_WIDTH } from '../../overlay/layer.ts';
import { layerOf } from '../../overlay/layers.ts';
import type { State } from '../../state/state.ts';
import type { PictureGeometry } from '../../view/pictureGeometry.ts';
import { make, makeSvg, setText } from '../dom/elements.ts';
import { makeMarks, showMarks } from '../dom/makeMarks.ts';

/** Where zooming out may show more. */
const FLAT_SEEDED = 'Constant over this view: reseed or zoom out.';
const FLAT = 'Constant over this view.';

/** A sign's box has room above and below its middle line. */
const SIGN_BOX = {
  viewBox: `0 -6 ${SIGN_WIDTH} 12`,
  width: SIGN_WIDTH,
  height: 12,
  'aria-hidden': 'true',
};

/** The overlay of the picture: the marks of its layers, their legend, the hint for a constant field. */
export class Overlay {
  readonly #svg: SVGSVGElement;
  readonly #legend = make('ul', { class: 'legend', 'aria-label': 'Legend', hidden: true });
  readonly #hint = make('p', { class: 'hint', role: 'status' });
  #legendKey = '';

  constructor(svg: SVGSVGElement, notes: HTMLElement) {
    this.#svg = svg;
    notes.append(this.#hint, this.#legend);
  }

  show(state: State, geometry: PictureGeometry): void {
    const { marks, legend } = layerOf(state, geometry);
    this.#svg.classList.toggle('empty', marks.length === 0);
    showMarks(this.#svg, marks);
    this.#showLegend(legend);
  }

  /** @param constant whether the picture of the state has one value */
  showConstant({ field, quantity }: State, constant: boolean): void {
    const isShown = constant && !isFlatEverywhere(resolve(field), quantity);
    setText(this.#hint, isShown ? (seedOf(field) !== null ? FLAT_SEEDED : FLAT) : '');
  }

  #showLegend(entries: readonly LegendEntry[]): void {
    const key = JSON.stringify(entries);
    if (key === this.#legendKey) return;
    this.#legendKey = key;
    this.#legend.hidden = entries.length === 0;
    this.#legend.replaceChildren(
      ...entries.map(({ sign, text }) => {
        const drawn = sign.length > 0 ? [makeSvg('svg', SIGN_BOX, ...makeMarks(sign))] : [];
        return make('li', {}, ...drawn, text);
      }),
    );
  }
}
