import { type DiagramLayout, layDiagram } from '../../drawing/diagramLayout.ts';
import {
  largestWeight,
  linesOf,
  strongMarks,
  type WeightLine,
  weightMarks,
} from '../../drawing/diagramLines.ts';
import { DIAGRAM_LEGEND, neuronMarks, titleMarks } from '../../drawing/diagramMarks.ts';
import { diagramSvg } from '../../drawing/diagramSvg.ts';
import {
  type DiagramWindow,
  firstWindow,
  type NeuronPlace,
  windowAround,
} from '../../drawing/diagramWindow.ts';
import type { Size } from '../../drawing/plotFrame.ts';
import { fieldName, fileName } from '../../exporting/fileName.ts';
import { widthsOf } from '../../model/drawnNetwork.ts';
import type { FullNetwork, NetworkSource } from '../../model/networks.ts';
import { type ParameterPlace, parameterAt } from '../../model/parameters.ts';
import type { Readout } from '../../model/readouts.ts';
import { networkFor } from '../../model/resolve.ts';
import { SIGN_WIDTH } from '../../overlay/layer.ts';
import { formatNumber } from '../../scales/format.ts';
import { describeNetwork, describePlace, nameNeuron } from '../../state/labels.ts';
import type { State } from '../../state/state.ts';
import type { PictureGeometry } from '../../view/pictureGeometry.ts';
import { make, makeIcon, makeSvg, setText } from '../dom/elements.ts';
import { ICONS } from '../dom/icons.ts';
import { makeMarks } from '../dom/makeMarks.ts';
import { observeSize } from '../dom/observeSize.ts';
import { saveFile } from '../exporting/saveFile.ts';
import type { Motion } from '../panel/session.ts';
import { NeuronButtons } from './neuronButtons.ts';
import { NeuronCard } from './neuronCard.ts';
import { NeuronPictures } from './neuronPictures.ts';
import { PointedHinge } from './pointedHinge.ts';
import { letDragWeights } from './weightDrag.ts';

/** What the diagram uses of its panel, and asks of it. */
export interface DiagramHost {
  readonly state: State;
  readonly geometry: PictureGeometry;
  readonly canvas: HTMLCanvasElement;
  setReadout(readout: Readout): void;
  setParameter(place: ParameterPlace, value: number, motion: Motion): void;
  explain(text: string): void;
  close(): void;
}

const DIGITS = 3;
const SIGN_BOX = { viewBox: `0 -6 ${SIGN_WIDTH} 12`, width: SIGN_WIDTH, height: 12 };

/** The network beside the picture: layers of neurons, each with its own picture over the same view, and weights as lines. */
export class NetworkDiagram {
  readonly #host: DiagramHost;
  readonly #ends = new AbortController();
  readonly #pictures = new NeuronPictures();
  readonly #buttons: NeuronButtons;
  readonly #card: NeuronCard;
  readonly #hinge: PointedHinge;
  readonly #lines = makeSvg('svg', { class: 'weights', 'aria-hidden': 'true' });
  readonly #all = makeSvg('g');
  readonly #strong = makeSvg('g');
  readonly #frames = makeSvg('svg', { class: 'frames', 'aria-hidden': 'true' });
  readonly #neurons = makeSvg('g');
  readonly #titles = makeSvg('g');
  readonly #stage: HTMLElement;
  readonly #status = make('p', { class: 'diagramStatus' });
  readonly #stopObserving: () => void;
  #room: Size | null = null;
  #window: DiagramWindow = { firstRank: 0, firsts: [] };
  #layout: DiagramLayout | null = null;
  /** Of the last layout. */
  #geometry = '';
  #network: FullNetwork | null = null;
  #weights: readonly WeightLine[] = [];
  #pointed: NeuronPlace | null = null;
  #selected: NeuronPlace | null = null;
  #pointedWeight: ParameterPlace | null = null;
  /** The readout before a neuron was shown in the picture, and that of the neuron. */
  #left: { readonly before: Readout; readonly shown: string } | null = null;

  constructor(element: HTMLElement, host: DiagramHost) {
    this.#host = host;
    const { signal } = this.#ends;
    const actions = {
      point: (place: NeuronPlace | null) => this.#point(place),
      select: (place: NeuronPlace) => this.#select(place),
      enlarge: (place: NeuronPlace) => this.#enlarge(place),
      leave: () => this.#leave(),
    };
    this.#buttons = new NeuronButtons(actions);
    this.#card = new NeuronCard({
      enlarge: (place) => this.#enlarge(place),
      leave: () => this.#leave(),
      edit: (place, value, motion) => host.setParameter(place, value, motion),
      point: (place) => this.#pointAtWeight(place),
    });
    this.#hinge = new PointedHinge(host.canvas, host.geometry);
    this.#lines.append(this.#all, this.#strong);
    this.#frames.append(this.#neurons, this.#titles);
    this.#stage = make(
      'div',
      { class: 'stage' },
      ...[this.#lines, this.#pictures.canvas, this.#frames, this.#buttons.element],
    );
    const scroller = make('div', { class: 'diagramRoom' }, this.#stage);
    element.replaceChildren(
      this.#makeHead(),
      make('div', { class: 'diagramBody' }, scroller, this.#card.element),
    );
    this.#letDrag(signal);
    this.#stopObserving = observeSize(scroller, (width, height) => {
      this.#room = { width: Math.floor(width), height: Math.floor(height) };
      this.show(host.state, false);
    });
  }

  /** Follows the state; often while something moves. */
  show(state: State, moving: boolean): void {
    if (!state.diagram || !this.#room) {
      this.#hinge.show(state, null, moving);
      return;
    }
    this.#lay(state);
    if (this.#layout) this.#pictures.show(state, this.#layout, moving, () => undefined);
    this.#showChosen(state, moving);
  }

  destroy(): void {
    this.#ends.abort();
    this.#stopObserving();
    for (const part of [this.#pictures, this.#card, this.#hinge]) part.destroy();
  }

  get #current(): NeuronPlace | null {
    return this.#pointed ?? this.#selected;
  }

  #makeHead(): HTMLElement {
    const legend = DIAGRAM_LEGEND.map(({ sign, text }) =>
      make(
        'li',
        {},
        ...(sign.length > 0 ? [makeSvg('svg', SIGN_BOX, ...makeMarks(sign))] : []),
        text,
      ),
    );
    const save = make('button', { type: 'button', class: 'cardButton' }, 'SVG');
    save.title = 'Save the diagram as SVG';
    save.addEventListener('click', () => this.#save());
    const name = 'Close the diagram (g)';
    const close = make(
      'button',
      { type: 'button', class: 'tool', title: name, 'aria-label': name },
      makeIcon(ICONS.close),
    );
    close.addEventListener('click', () => this.#host.close());
    return make(
      'div',
      { class: 'diagramHead' },
      make('ul', { class: 'diagramLegend', 'aria-label': 'Legend of the diagram' }, ...legend),
      ...[this.#status, save, close],
    );
  }

  /** Lays out the network, and draws what has changed of it. */
  #lay({ field }: State): void {
    const { network: source } = field;
    const widths = widthsOf(source);
    const network = networkFor(source);
    if (this.#window.firsts.length !== widths.length) this.#forget(widths);
    this.#keepInside(widths);
    const geometry = JSON.stringify([widths, this.#room, this.#window]);
    const isLaid = geometry === this.#geometry;
    if (isLaid && network === this.#network) return;
    const notes = [
      '',
      ...network.layers.map((layer) => `|w| ≤ ${formatNumber(largestWeight(layer), DIGITS)}`),
    ];
    const layout = layDiagram(widths, this.#window, this.#room!, notes);
    [this.#layout, this.#network, this.#geometry] = [layout, network, geometry];
    this.#all.replaceChildren(...makeMarks(weightMarks(network, layout)));
    this.#titles.replaceChildren(...makeMarks(titleMarks(layout)));
    if (isLaid) return;
    this.#weights = linesOf(layout);
    this.#neurons.replaceChildren(
      ...makeMarks(neuronMarks(layout, (place) => nameIn(source, place))),
    );
    this.#buttons.lay(layout, widths, (place) => describeIn(source, place));
    for (const part of [this.#stage, this.#pictures.canvas]) {
      Object.assign(part.style, { width: `${layout.width}px`, height: `${layout.height}px` });
    }
  }

  /** Another number of layers: nothing of what was chosen is left. */
  #forget(widths: readonly number[]): void {
    this.#window = firstWindow(widths);
    this.#selected = null;
    this.#pointed = null;
    this.#pointedWeight = null;
  }

  #keepInside(widths: readonly number[]): void {
    const isThere = (place: NeuronPlace | null) =>
      place !== null && place.index < widths[place.rank]!;
    if (!isThere(this.#selected)) this.#selected = null;
    if (!isThere(this.#pointed)) this.#pointed = null;
    const weight = this.#pointedWeight;
    if (
      weight &&
      !(weight.output < widths[weight.layer + 1]! && (weight.input ?? 0) < widths[weight.layer]!)
    ) {
      this.#pointedWeight = null;
    }
  }

  #showChosen(state: State, moving: boolean): void {
    const current = this.#current;
    this.#buttons.mark(this.#selected, shownPlace(state));
    this.#card.show(state, this.#window, current, { moving, canLeave: this.#canLeave });
    this.#hinge.show(state, current, moving);
    this.#showLines();
  }

  /** Those of the chosen neuron, or the one that is pointed at, stand out. */
  #showLines(): void {
    const network = this.#network;
    if (!network) return;
    const weight = this.#pointedWeight;
    const current = this.#current;
    const chosen = this.#weights.filter(({ place }) =>
      weight
        ? equalPlaces(place, weight)
        : current !== null &&
          ((place.layer === current.rank - 1 && place.output === current.index) ||
            (place.layer === current.rank && place.input === current.index)),
    );
    this.#all.classList.toggle('behind', chosen.length > 0);
    this.#strong.replaceChildren(...makeMarks(strongMarks(network, chosen)));
    setText(this.#status, weight ? this.#describeWeight(network, weight) : '');
  }

  #describeWeight(network: FullNetwork, place: ParameterPlace): string {
    const { network: source } = this.#host.state.field;
    const to = nameNeuron(source, place.layer + 1, place.output);
    const value = formatNumber(parameterAt(network, place), DIGITS + 1);
    if (place.input === null) return `bias of ${to}: ${value}`;
    return `${nameNeuron(source, place.layer, place.input)} → ${to}: ${value}`;
  }

  #point(place: NeuronPlace | null): void {
    if (place?.rank === this.#pointed?.rank && place?.index === this.#pointed?.index) return;
    this.#pointed = place;
    this.#showChosen(this.#host.state, false);
  }

  #select(place: NeuronPlace): void {
    const widths = widthsOf(this.#host.state.field.network);
    this.#selected = place;
    this.#window = windowAround(widths, this.#window, place);
    this.show(this.#host.state, false);
  }

  #pointAtWeight(place: ParameterPlace | null): void {
    this.#pointedWeight = place;
    this.#showLines();
  }

  #enlarge(place: NeuronPlace): void {
    const { state } = this.#host;
    const readout = readoutOf(state.field.network, place);
    if (readout === null) {
      this.#host.explain('An input has no picture of its own: it is a coordinate of the slice.');
      return;
    }
    const before = this.#canLeave ? this.#left!.before : state.field.readout;
    this.#host.setReadout(readout);
    this.#left = { before, shown: JSON.stringify(readout) };
    this.#showChosen(this.#host.state, false);
  }

  get #canLeave(): boolean {
    return this.#left?.shown === JSON.stringify(this.#host.state.field.readout);
  }

  /** Back to the readout before, or else no neuron is chosen any more. */
  #leave(): void {
    if (this.#canLeave) this.#host.setReadout(this.#left!.before);
    else this.#selected = null;
    this.#left = null;
    this.#showChosen(this.#host.state, false);
  }

  #letDrag(signal: AbortSignal): void {
    const diagram = this;
    letDragWeights(
      this.#stage,
      {
        get lines() {
          return diagram.#weights;
        },
        point: (line) => this.#pointAtWeight(line?.place ?? null),
        valueOf: ({ place }) => ({
          value: parameterAt(this.#network!, place),
          scale: largestWeight(this.#network!.layers[place.layer]!) || 1,
        }),
        drag: ({ place }, value) => this.#host.setParameter(place, value, 'moving'),
      },
      signal,
    );
  }

  #save(): void {
    const layout = this.#layout;
    if (!layout || !this.#network) return;
    const { field } = this.#host.state;
    const neurons = layout.ranks.reduce((count, { boxes }) => count + boxes.length, 0);
    const svg = diagramSvg({
      title: describeNetwork(field.network) || 'z = x',
      layout,
      lines: weightMarks(this.#network, layout),
      frames: [
        ...neuronMarks(layout, (place) => nameIn(field.network, place)),
        ...titleMarks(layout),
      ],
      pictures: Array.from({ length: neurons }, (_, i) => this.#pictures.dataUrl(i)),
    });
    saveFile(svg, fileName(`network-${fieldName(field)}`, 'svg'));
  }
}

function nameIn(network: NetworkSource, { rank, index }: NeuronPlace): string {
  return nameNeuron(network, rank, index);
}

function describeIn(network: NetworkSource, { rank, index }: NeuronPlace): string {
  return describePlace(network, rank, index);
}

function equalPlaces(a: ParameterPlace, b: ParameterPlace): boolean {
  return a.layer === b.layer && a.output === b.output && a.input === b.input;
}

/** The readout that shows a neuron in the picture; null for an input. */
function readoutOf(network: NetworkSource, { rank, index }: NeuronPlace): Readout | null {
  if (rank === 0) return null;
  const isOutput = rank === widthsOf(network).length - 1;
  if (isOutput) return { kind: 'output', index };
  return { kind: 'neuron', layer: rank - 1, index, stage: 'activation' };
}

/** The neuron, or the output, that the picture shows; null if it shows something of several outputs. */
function shownPlace({ field: { network, readout } }: State): NeuronPlace | null {
  if (readout.kind === 'neuron') return { rank: readout.layer + 1, index: readout.index };
  if (readout.kind !== 'output') return null;
  return { rank: widthsOf(network).length - 1, index: readout.index };
}
