import { type DiagramLayout, layDiagram } from '../../drawing/diagramLayout.ts';
import {
  largestWeight,
  linesOf,
  strongMarks,
  type WeightLine,
  weightMarks,
} from '../../drawing/diagramLines.ts';
import { neuronMarks, titleMarks } from '../../drawing/diagramMarks.ts';
import { diagramSvg } from '../../drawing/diagramSvg.ts';
import type { DiagramWindow, NeuronPlace } from '../../drawing/diagramWindow.ts';
import type { Size } from '../../drawing/plotFrame.ts';
import { widthsOf } from '../../model/drawnNetwork.ts';
import { factsOf } from '../../model/models.ts';
import type { FullNetwork, NetworkSource } from '../../model/networks.ts';
import { networkFor } from '../../model/resolve.ts';
import { formatNumber } from '../../scales/format.ts';
import { describePlace, nameNeuron } from '../../state/labels.ts';
import type { State } from '../../state/state.ts';
import { classNamesOf } from '../../state/stateData.ts';
import { make, makeSvg } from '../dom/elements.ts';
import { makeMarks, showMarks } from '../dom/makeMarks.ts';
import { type NeuronActions, NeuronButtons } from './neuronButtons.ts';
import { NeuronPictures } from './neuronPictures.ts';

const DIGITS = 3;
/** Letters of a name over a neuron. */
const NAME_MAX = 6;

/** The drawing of a network: lines of weights, pictures of neurons over them, then frames and names, and buttons on top. */
export class DiagramStage {
  /** It has the coordinates of the layout. */
  readonly element: HTMLElement;
  readonly buttons: NeuronButtons;
  /** It lies over the element and has its coordinates, too. */
  readonly layer: SVGSVGElement;
  readonly #pictures = new NeuronPictures();
  readonly #all = makeSvg('g');
  readonly #strong = makeSvg('g');
  readonly #neurons = makeSvg('g');
  readonly #titles = makeSvg('g');
  #network: FullNetwork | null = null;
  #layout: DiagramLayout | null = null;
  /** Of the layout: widths, room and window. */
  #key = '';
  #weights: readonly WeightLine[] = [];

  constructor(actions: NeuronActions) {
    this.buttons = new NeuronButtons(actions);
    const hidden = { 'aria-hidden': 'true' };
    this.layer = makeSvg('svg', { class: 'weights', ...hidden }, this.#all, this.#strong);
    this.element = make(
      'div',
      { class: 'diagramStage' },
      this.layer,
      this.#pictures.canvas,
      makeSvg('svg', { class: 'frames', ...hidden }, this.#neurons, this.#titles),
      this.buttons.element,
    );
  }

  /** The lines that are drawn. */
  get weights(): readonly WeightLine[] {
    return this.#weights;
  }

  show(state: State, window: DiagramWindow, room: Size, moving: boolean): void {
    const layout = this.#lay(state, window, room);
    this.#pictures.show(state, layout, moving);
  }

  /** Draws these lines in front of the others, which step back; none if there are none. */
  stress(lines: readonly WeightLine[]): void {
    this.#all.classList.toggle('behind', lines.length > 0);
    this.#strong.replaceChildren(
      ...(this.#network ? makeMarks(strongMarks(this.#network, lines)) : []),
    );
  }

  /** The drawing as an SVG document; null before the first one. */
  toSvg(title: string, state: State): string | null {
    const layout = this.#layout;
    if (!layout || !this.#network) return null;
    const neurons = layout.ranks.reduce((count, { boxes }) => count + boxes.length, 0);
    return diagramSvg({
      title,
      layout,
      lines: weightMarks(this.#network, layout),
      frames: [...neuronMarks(layout, namesIn(state)), ...titleMarks(layout)],
      pictures: Array.from({ length: neurons }, (_, i) => this.#pictures.dataUrl(i)),
    });
  }

  destroy(): void {
    this.#pictures.destroy();
  }

  /** Lays out the network, and draws what has changed of it: of other weights lines and titles only. */
  #lay(state: State, window: DiagramWindow, room: Size): DiagramLayout {
    const { network: source } = state.field;
    const widths = widthsOf(source);
    const network = networkFor(source);
    const key = JSON.stringify([widths, room, window, classNamesOf(state)]);
    const isLaid = key === this.#key;
    if (isLaid && network === this.#network) return this.#layout!;
    const scales = network.layers.map((layer) => formatNumber(largestWeight(layer), DIGITS));
    const notes = ['', ...scales.map((scale) => `|w| ≤ ${scale}`)];
    const layout = layDiagram(widths, window, room, notes);
    [this.#layout, this.#network, this.#key] = [layout, network, key];
    showMarks(this.#all, weightMarks(network, layout));
    showMarks(this.#titles, titleMarks(layout));
    if (!isLaid) this.#place(layout, state, widths);
    return layout;
  }

  #place(layout: DiagramLayout, state: State, widths: readonly number[]): void {
    const { width, height } = layout;
    Object.assign(this.element.style, { width: `${width}px`, height: `${height}px` });
    this.#weights = linesOf(layout);
    showMarks(this.#neurons, neuronMarks(layout, namesIn(state)));
    this.buttons.lay(layout, widths, (place) => describeIn(state.field.network, place));
  }
}

/** The names over neurons, as much of them as there is room for. */
function namesIn(state: State): (place: NeuronPlace) => string {
  const classNames = classNamesOf(state);
  return ({ rank, index }) => {
    const name = nameNeuron(state.field.network, rank, index, classNames);
    return name.length > NAME_MAX ? `${name.slice(0, NAME_MAX - 1)}…` : name;
  };
}

function describeIn(source: NetworkSource, { rank, index }: NeuronPlace): string {
  const [place, name] = [describePlace(source, rank, index), nameNeuron(source, rank, index)];
  const isOwn = rank === 0 && factsOf(source)?.inputs[index]?.name;
  return isOwn ? `${place}, ${name}` : place;
}
