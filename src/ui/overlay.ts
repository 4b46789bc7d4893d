import type { Field } from '../model/field.ts';
import type { State } from '../state/state.ts';
import { formatNumber } from '../view/format.ts';
import { layerColor } from '../view/layerColors.ts';
import { make, setText } from './dom.ts';
import { drawExercise, thresholdOutput } from './exercise.ts';
import type { PictureGeometry } from './pictureGeometry.ts';

const FLAT_SEEDED = 'This draw is flat here: reseed or zoom out.';
const FLAT = 'The field is flat here: zoom out, or change its parameters.';

/** What lies over the picture: the exercise's points and line, the hinge legend, the flat hint. */
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
    const isNeuron = field.kind === 'sigmoid' || field.kind === 'tanh';
    this.#svg.classList.toggle('empty', !isNeuron);
    this.#svg.replaceChildren(...(isNeuron ? drawExercise(field, view, geometry) : []));
    this.#showLegend(state);
  }

  showConstant(field: Field, constant: boolean): void {
    setText(this.#hint, constant ? (isSeeded(field) ? FLAT_SEEDED : FLAT) : '');
  }

  #showLegend(state: State): void {
    const entries = [
      ...exerciseLegend(state.field),
      ...(state.hinges ? hingeLegend(state.field) : []),
    ];
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

interface LegendEntry {
  readonly look: 'hinge' | 'dashes' | 'class1' | 'class0';
  readonly color?: string;
  readonly text: string;
}

function exerciseLegend(field: Field): LegendEntry[] {
  if (field.kind !== 'sigmoid' && field.kind !== 'tanh') return [];
  const name = field.kind === 'sigmoid' ? 'σ' : 'tanh';
  const level = formatNumber(thresholdOutput(field.kind), 4);
  return [
    { look: 'class1', text: 'class 1' },
    { look: 'class0', text: 'class 0' },
    { look: 'dashes', text: `a = (${name}(0) + ${name}(−1)) / 2 ≈ ${level}` },
  ];
}

function hingeLegend(field: Field): LegendEntry[] {
  return layerNames(field).map((text, layer) => ({
    look: 'hinge',
    color: `rgb(${layerColor(layer + 1).join(' ')})`,
    text,
  }));
}

/** Whether the field is drawn from a seed, so that reseeding gives another. */
export function isSeeded(field: Field): boolean {
  if (field.kind === 'mlp') return true;
  return 'logits' in field && field.logits !== null && 'count' in field.logits;
}

function layerNames(field: Field): string[] {
  if (field.kind === 'mlp')
    return field.widths.slice(1, -1).map((_, layer) => `layer ${layer + 1}`);
  return ['logits' in field ? 'largest logits tie' : 'pre-activation 0'];
}
