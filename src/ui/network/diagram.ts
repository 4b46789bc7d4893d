import { largestWeight } from '../../drawing/diagramLines.ts';
import { DIAGRAM_LEGEND } from '../../drawing/diagramMarks.ts';
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
import { describeNetwork, nameNeuron } from '../../state/labels.ts';
import type { State } from '../../state/state.ts';
import { classNamesOf } from '../../state/stateData.ts';
import type { PictureGeometry } from '../../view/pictureGeometry.ts';
import { make, makeIcon, makeSvg, setText } from '../dom/elements.ts';
import { ICONS } from '../dom/icons.ts';
import { makeMarks } from '../dom/makeMarks.ts';
import { observeSize } from '../dom/observeSize.ts';
import { saveFile } from '../exporting/saveFile.ts';
import type { Motion } from '../panel/session.ts';
import { DiagramStage } from './diagramStage.ts';
import { NeuronCard } from './neuronCard.ts';
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

const DIGITS = 4;
const SIGN_BOX = { viewBox: `0 -6 ${SIGN_WIDTH} 12`, width: SIGN_WIDTH, height: 12 };
const NO_PICTURE = 'An input is a coordinate of the slice, which the picture shows already.';

/** The network beside the picture: layers of neurons, each with its own picture over the same view, and weights as lines. */
export class NetworkDiagram {
  readonly #host: DiagramHost;
  readonly #ends = new AbortController();
  readonly #stage: DiagramStage;
  readonly #card: NeuronCard;
  readonly #hinge: PointedHinge;
  readonly #status = make('p', { class: 'diagramStatus' });
  readonly #stopObserving: () => void;
  #room: Size | null = null;
  #window: DiagramWindow = { firstRank: 0, firsts: [] };
  #pointed: NeuronPlace | null = null;
  #selected: NeuronPlace | null = null;
  #weight: ParameterPlace | null = null;
  /** The readout before a neuron was shown in the picture, and that of the neuron as text. */
  #left: { readonly before: Readout; readonly shown: string } | null = null;

  constructor(element: HTMLElement, host: DiagramHost) {
    this.#host = host;
    const neurons = {
      enlarge: (place: NeuronPlace) => this.#enlarge(place),
      leave: () => this.#leave(),
    };
    this.#stage = new DiagramStage({
      ...neurons,
      point: (place) => this.#point(place),
      select: (place) => this.#select(place),
    });
    this.#card = new NeuronCard({
      ...neurons,
      edit: (place, value, motion) => host.setParameter(place, value, motion),
      point: (place) => this.#pointAtWeight(place),
    });
    this.#hinge = new PointedHinge(host.canvas, host.geometry);
    // Its size must not depend on scroll bars, which appear by its size.
    const room = make('div', { class: 'diagramRoom' });
    room.append(make('div', { class: 'diagramScroll' }, this.#stage.element));
    element.replaceChildren(
      this.#makeHead(),
      make('div', { class: 'diagramBody' }, room, this.#card.element),
    );
    this.#letDrag();
    this.#stopObserving = observeSize(room, (width, height) => {
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
    this.#keepInside(widthsOf(state.field.network));
    this.#stage.show(state, this.#window, this.#room, moving);
    this.#showChosen(moving);
  }

  destroy(): void {
    this.#ends.abort();
    this.#stopObserving();
    for (const part of [this.#stage, this.#card, this.#hinge]) part.destroy();
  }

  get #network(): FullNetwork {
    return networkFor(this.#host.state.field.network);
  }

  get #chosen(): NeuronPlace | null {
    return this.#pointed ?? this.#selected;
  }

  get #canLeave(): boolean {
    return this.#left?.shown === JSON.stringify(this.#host.state.field.readout);
  }

  #makeHead(): HTMLElement {
    const legend = DIAGRAM_LEGEND.map(({ sign, text }) => {
      const signs = sign.length > 0 ? [makeSvg('svg', SIGN_BOX, ...makeMarks(sign))] : [];
      return make('li', {}, ...signs, text);
    });
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

  /** What is not in the network any more is not chosen; another number of layers is another network. */
  #keepInside(widths: readonly number[]): void {
    const isOther = this.#window.firsts.length !== widths.length;
    if (isOther) this.#window = firstWindow(widths);
    const has = ({ rank, index }: NeuronPlace) => !isOther && index < widths[rank]!;
    if (this.#selected && !has(this.#selected)) this.#selected = null;
    if (this.#pointed && !has(this.#pointed)) this.#pointed = null;
    if (!this.#weight) return;
    const { layer, output, input } = this.#weight;
    const isThere =
      has({ rank: layer + 1, index: output }) && has({ rank: layer, index: input ?? 0 });
    if (!isThere) this.#weight = null;
  }

  #showChosen(moving: boolean): void {
    const { state } = this.#host;
    const chosen = this.#chosen;
    this.#stage.buttons.mark(this.#selected, shownPlace(state));
    this.#card.show(state, this.#window, chosen, { moving, canLeave: this.#canLeave });
    this.#hinge.show(state, chosen, moving);
    this.#showLines();
  }

  /** The line that is pointed at stands out, or those of the chosen neuron. */
  #showLines(): void {
    const [weight, chosen] = [this.#weight, this.#chosen];
    const isStressed = ({ layer, output, input }: ParameterPlace) => {
      if (weight) {
        return layer === weight.layer && output === weight.output && input === weight.input;
      }
      return (
        chosen !== null &&
        ((layer === chosen.rank - 1 && output === chosen.index) ||
          (layer === chosen.rank && input === chosen.index))
      );
    };
    this.#stage.stress(this.#stage.weights.filter(({ place }) => isStressed(place)));
    setText(this.#status, weight ? this.#describeWeight(weight) : '');
  }

  #describeWeight(place: ParameterPlace): string {
    const { state } = this.#host;
    const { network } = state.field;
    const to = nameNeuron(network, place.layer + 1, place.output, classNamesOf(state));
    const from = place.input === null ? 'bias' : nameNeuron(network, place.layer, place.input);
    return `${from} → ${to}: ${formatNumber(parameterAt(this.#network, place), DIGITS)}`;
  }

  #point(place: NeuronPlace | null): void {
    if (place?.rank === this.#pointed?.rank && place?.index === this.#pointed?.index) return;
    this.#pointed = place;
    this.#showChosen(false);
  }

  #select(place: NeuronPlace): void {
    const widths = widthsOf(this.#host.state.field.network);
    this.#selected = place;
    this.#window = windowAround(widths, this.#window, place);
    this.show(this.#host.state, false);
  }

  #pointAtWeight(place: ParameterPlace | null): void {
    if (place === this.#weight) return;
    this.#weight = place;
    this.#showLines();
  }

  /** Shows a neuron in the picture of the panel. */
  #enlarge(place: NeuronPlace): void {
    const { network, readout: current } = this.#host.state.field;
    const readout = readoutOf(network, place);
    if (readout === null) {
      this.#host.explain(NO_PICTURE);
      return;
    }
    const before = this.#canLeave ? this.#left!.before : current;
    this.#left = { before, shown: JSON.stringify(readout) };
    this.#host.setReadout(readout);
    this.#showChosen(false);
  }

  /** Back to the readout before; without one, no neuron is chosen any more. */
  #leave(): void {
    if (this.#canLeave) this.#host.setReadout(this.#left!.before);
    else this.#selected = null;
    this.#left = null;
    this.#showChosen(false);
  }

  #letDrag(): void {
    const stage = this.#stage;
    const host = {
      get lines() {
        return stage.weights;
      },
      point: (place: ParameterPlace | null) => this.#pointAtWeight(place),
      valueOf: (place: ParameterPlace) => ({
        value: parameterAt(this.#network, place),
        scale: largestWeight(this.#network.layers[place.layer]!) || 1,
      }),
      drag: (place: ParameterPlace, value: number) =>
        this.#host.setParameter(place, value, 'moving'),
    };
    letDragWeights(stage.element, stage.layer, host, this.#ends.signal);
  }

  #save(): void {
    const { field } = this.#host.state;
    const svg = this.#stage.toSvg(describeNetwork(field.network) || 'z = x', this.#host.state);
    if (svg === null) return;
    const name = fileName(`network-${fieldName(field)}`, 'svg');
    saveFile(svg, name);
    this.#host.explain(`Saved ${name}.`);
  }
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
