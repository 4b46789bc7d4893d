import type { Field } from '../model/field.ts';
import type { State } from '../state/state.ts';
import type { PictureGeometry } from '../view/pictureGeometry.ts';
import { make, setText } from './dom.ts';
import { drawExercise } from './exercise.ts';
import { legendOf } from './legend.ts';
import { drawRings } from './rings.ts';

const FLAT_SEEDED = 'This draw is flat here: reseed or zoom out.';
const FLAT = 'The field is flat here: zoom out, or change its parameters.';

/**
 * What lies over the picture: the rings of a log-radial one, the exercise's points and line, the hinge
 * legend, the flat hint.
 */
export class Overlay {
  readonly #svg: SVGSVGElement;
  readonly #legend = make('ul', { class: 'legend', 'aria-label': 'Legend', hidden: true });
  readonly #hint = make('p', { class: 'hint', role: 'status' });
  #legendKey = '';

  constructor(svg: SVGSVGElement, picture: HTMLElement) {
    this.#svg = svg;
    picture.append(this.#legend, this.#hint);
  }

  show(state: State, geometry: PictureGeometry): void {
    const { field, view } = state;
    const { projection } = geometry;
    const isRadial = projection.kind === 'logRadial';
    const isNeuron = field.kind === 'sigmoid' || field.kind === 'tanh';
    this.#svg.classList.toggle('empty', !isRadial && !isNeuron);
    this.#svg.replaceChildren(
      ...(isRadial ? [drawRings(view, projection.decades, geometry)] : []),
      ...(isNeuron ? drawExercise(field, view, geometry) : []),
    );
    this.#showLegend(state);
  }

  showConstant(field: Field, constant: boolean): void {
    setText(this.#hint, constant ? (isSeeded(field) ? FLAT_SEEDED : FLAT) : '');
  }

  #showLegend(state: State): void {
    const entries = legendOf(state);
    const key = JSON.stringify(entries);
    if (key === this.#legendKey) return;
    this.#legendKey = key;
    this.#legend.hidden = entries.length === 0;
    this.#legend.replaceChildren(
      ...entries.map(({ look, color, text }) => {
        const swatch = make('span', { class: `swatch ${look}` });
        if (color) swatch.style.background = color;
        return make('li', {}, swatch, text);
      }),
    );
  }
}

/** Whether the field is drawn from a seed, so that reseeding gives another. */
export function isSeeded(field: Field): boolean {
  if (field.kind === 'mlp') return true;
  return 'logits' in field && field.logits !== null && 'count' in field.logits;
}
