import { largestWeight } from '../../drawing/diagramLines.ts';
import {
  type DiagramWindow,
  describePart,
  drawnNeurons,
  type NeuronPlace,
} from '../../drawing/diagramWindow.ts';
import { paintValues } from '../../drawing/neuronColors.ts';
import { traitsOf } from '../../model/activations.ts';
import { widthsOf } from '../../model/drawnNetwork.ts';
import { MAX_EXPLICIT_PARAMETERS } from '../../model/networks.ts';
import { countParameters, isEditable, parameterAt } from '../../model/parameters.ts';
import { resolve } from '../../model/resolve.ts';
import { NeuronPass } from '../../reference/neuronPass.ts';
import { colormapTable } from '../../scales/colormaps.ts';
import { formatNumber } from '../../scales/format.ts';
import { describePlace, nameNeuron } from '../../state/labels.ts';
import type { State } from '../../state/state.ts';
import { classNamesOf } from '../../state/stateData.ts';
import { squareOffsets } from '../../view/squareSamples.ts';
import { planePoint } from '../../view/view.ts';
import { make, setAttribute, setText } from '../dom/elements.ts';
import { LatestWork } from './latestWork.ts';
import { LARGE_SIDES, sideFor } from './sampling.ts';
import { type Row, type RowActions, WeightRows } from './weightRows.ts';

const DIGITS = 4;
const HINT = 'Point at a neuron to see it large, and its hinge in the picture.';

export interface CardActions extends RowActions {
  enlarge(place: NeuronPlace): void;
  leave(): void;
}

/** One neuron: its picture, its range over the view, and its parameters. */
export class NeuronCard {
  readonly element = make('div', { class: 'neuronCard' });
  readonly #title = make('h3');
  readonly #facts = make('p', { class: 'facts' });
  readonly #canvas = make('canvas', { class: 'large', role: 'img' });
  readonly #enlarge: HTMLButtonElement;
  readonly #back: HTMLButtonElement;
  readonly #note = make('p', { class: 'facts' });
  readonly #rows: WeightRows;
  readonly #work = new LatestWork<Float64Array | Float32Array>();
  #place: NeuronPlace | null = null;
  #laid = '';
  #places: readonly Row[] = [];

  constructor(actions: CardActions) {
    this.#rows = new WeightRows(actions);
    this.#enlarge = makeButton('Show in the picture', 'Enter', () => {
      if (this.#place) actions.enlarge(this.#place);
    });
    this.#back = makeButton('Back', 'Escape', () => actions.leave());
    const buttons = make('div', { class: 'cardButtons' }, this.#enlarge, this.#back);
    this.element.append(
      ...[this.#title, this.#canvas, this.#facts, buttons, this.#note, this.#rows.element],
    );
  }

  /** @param canLeave whether there is a readout to go back to */
  show(
    state: State,
    window: DiagramWindow,
    place: NeuronPlace | null,
    { moving, canLeave }: { readonly moving: boolean; readonly canLeave: boolean },
  ): void {
    this.#place = place;
    this.element.classList.toggle('empty', place === null);
    this.#title.hidden = place === null;
    this.#enlarge.hidden = place === null || place.rank === 0;
    this.#back.hidden = !canLeave;
    if (place === null) {
      setText(this.#facts, HINT);
      setText(this.#note, '');
      this.#layRows([], true);
      return;
    }
    const { network } = state.field;
    const name = nameNeuron(network, place.rank, place.index, classNamesOf(state));
    setText(this.#title, `${name}, ${describePlace(network, place.rank, place.index)}`);
    setAttribute(this.#canvas, 'aria-label', `${name} over the view`);
    this.#showRows(state, window, place);
    this.#showPicture(state, place, moving);
  }

  destroy(): void {
    this.#work.end();
  }

  #showRows(state: State, window: DiagramWindow, { rank, index }: NeuronPlace): void {
    const { field } = state;
    const { network: source } = field;
    const { network } = resolve(field);
    if (rank === 0) {
      setText(this.#note, '');
      this.#layRows([], true);
      return;
    }
    const layer = network.layers[rank - 1]!;
    const widths = widthsOf(source);
    const drawn = drawnNeurons(widths, window, rank - 1);
    const name = nameNeuron(source, rank, index, classNamesOf(state));
    const weights = Array.from({ length: drawn.count }, (_, i): Row => {
      const input = drawn.first + i;
      const from = nameNeuron(source, rank - 1, input);
      const place = { layer: rank - 1, output: index, input };
      return { place, name: from, description: `weight of ${from} in ${name}` };
    });
    const bias = { layer: rank - 1, output: index, input: null };
    const rows = [{ place: bias, name: 'bias', description: `bias of ${name}` }, ...weights];
    const editable = isEditable(network);
    this.#layRows(rows, editable);
    const largest = largestWeight(layer);
    this.#rows.show(
      rows.map(({ place }) => parameterAt(network, place)),
      largest || 1,
    );
    const parts = [
      `${traitsOf(layer.activation).label}; largest |w| of the layer ${formatNumber(largest, DIGITS)}`,
      drawn.count < drawn.total ? `weights ${describePart(drawn)}` : '',
      editable ? '' : cannotEdit(countParameters(network)),
    ];
    setText(this.#note, parts.filter(Boolean).join('. '));
  }

  /** Keeps rows that are the same, so that the one in focus keeps it. */
  #layRows(rows: readonly Row[], editable: boolean): void {
    const key = `${editable} ${rows.map(({ description }) => description).join()}`;
    if (key === this.#laid) return;
    this.#laid = key;
    this.#places = rows;
    this.#rows.lay(this.#places, editable);
  }

  #showPicture({ field, view, projection, colormap }: State, place: NeuronPlace, moving: boolean) {
    const resolved = resolve(field);
    const side = sideFor(resolved.network, LARGE_SIDES, moving);
    this.#work.request({
      isBrief: moving,
      *work() {
        const pass = new NeuronPass(resolved, planePoint(view, [0, 0]));
        const offsets = squareOffsets(view, projection, side);
        if (place.rank === 0) return pass.input(place.index, offsets);
        return (yield* pass.one(place.rank - 1, place.index, offsets)).activations;
      },
      show: (values) => {
        if (this.#place === place) this.#paint(values, side, colormapTable(colormap));
      },
    });
  }

  #paint(values: Float64Array | Float32Array, side: number, colors: Uint8Array): void {
    let [least, greatest] = [Infinity, -Infinity];
    for (const value of values) {
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
    const pixels = new Uint8ClampedArray(4 * values.length);
    paintValues(values, Math.max(-least, greatest), colors, pixels);
    if (this.#canvas.width !== side) [this.#canvas.width, this.#canvas.height] = [side, side];
    this.#canvas.getContext('2d')!.putImageData(new ImageData(pixels, side), 0, 0);
    setText(
      this.#facts,
      `from ${formatNumber(least, DIGITS)} to ${formatNumber(greatest, DIGITS)} in view`,
    );
  }
}

/** Why the parameters of a network cannot be changed. */
function cannotEdit(count: number): string {
  const [most, has] = [MAX_EXPLICIT_PARAMETERS, count].map((n) => n.toLocaleString('en-US'));
  return `Weights can be changed in networks of up to ${most} parameters; this one has ${has}`;
}

function makeButton(text: string, key: string, act: () => void): HTMLButtonElement {
  const button = make('button', { type: 'button', class: 'cardButton', title: key }, text);
  button.addEventListener('click', act);
  return button;
}
