import type { DiagramLayout } from '../../drawing/diagramLayout.ts';
import { type NeuronPlace, stepFrom } from '../../drawing/diagramWindow.ts';
import { make, setAttribute } from '../dom/elements.ts';

export interface NeuronActions {
  /** The pointer is over a neuron, or over none. */
  point(place: NeuronPlace | null): void;
  /** A neuron is chosen; the diagram lays itself out so that it is drawn. */
  select(place: NeuronPlace): void;
  /** Shows the neuron in the panel's picture. */
  enlarge(place: NeuronPlace): void;
  /** Goes back from there. */
  leave(): void;
}

type Step = readonly [ranks: number, neurons: number];

/** Steps of the arrow keys where layers go to the right; where they go down, those of the other axis. */
const STEPS: Readonly<Record<string, Step>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A button over each drawn neuron, of which the tab key reaches one and arrow keys the others. */
export class NeuronButtons {
  readonly element = make('div', { class: 'neurons', role: 'group', 'aria-label': 'Neurons' });
  readonly #actions: NeuronActions;
  #buttons = new Map<string, HTMLButtonElement>();
  #flow: DiagramLayout['flow'] = 'right';
  #widths: readonly number[] = [];

  constructor(actions: NeuronActions) {
    this.#actions = actions;
    const { element } = this;
    element.addEventListener('pointerover', (event) => {
      // A finger has no place before it is down.
      if (event.pointerType !== 'touch') actions.point(placeOf(event.target));
    });
    element.addEventListener('pointerleave', () => actions.point(null));
    element.addEventListener('focusin', (event) => this.#choose(event.target));
    // Safari gives no focus to a button that is clicked.
    element.addEventListener('click', (event) => this.#choose(event.target));
    element.addEventListener('dblclick', (event) => {
      const place = placeOf(event.target);
      if (place) actions.enlarge(place);
    });
    element.addEventListener('keydown', (event) => this.#press(event));
  }

  /** Makes the buttons anew; the one in focus keeps it if its neuron is drawn still. */
  lay(
    { flow, ranks }: DiagramLayout,
    widths: readonly number[],
    describe: (place: NeuronPlace) => string,
  ): void {
    const root = this.element.getRootNode() as Document | ShadowRoot;
    const focused = this.element.contains(root.activeElement) ? placeOf(root.activeElement) : null;
    this.#flow = flow;
    this.#widths = widths;
    this.#buttons = new Map(
      ranks.flatMap(({ rank, first, boxes }) =>
        boxes.map(({ x, y, width, height }, i) => {
          const place = { rank, index: first + i };
          const name = describe(place);
          const button = make('button', { type: 'button', title: name, 'aria-label': name });
          button.tabIndex = -1;
          Object.assign(button.style, {
            left: `${x}px`,
            top: `${y}px`,
            width: `${width}px`,
            height: `${height}px`,
          });
          button.dataset.neuron = keyOf(place);
          return [keyOf(place), button] as const;
        }),
      ),
    );
    this.element.replaceChildren(...this.#buttons.values());
    if (focused) this.focus(focused);
  }

  /** @param shown the neuron, or output, that the picture shows */
  mark(selected: NeuronPlace | null, shown: NeuronPlace | null): void {
    const [first] = this.#buttons.keys();
    const chosen = selected && keyOf(selected);
    const reached = chosen && this.#buttons.has(chosen) ? chosen : first;
    for (const [key, button] of this.#buttons) {
      const tabIndex = key === reached ? 0 : -1;
      if (button.tabIndex !== tabIndex) button.tabIndex = tabIndex;
      button.classList.toggle('selected', key === chosen);
      setAttribute(button, 'aria-current', shown !== null && key === keyOf(shown) && 'true');
    }
  }

  focus(place: NeuronPlace): void {
    this.#buttons.get(keyOf(place))?.focus();
  }

  #choose(target: EventTarget | null): void {
    const place = placeOf(target);
    if (place) this.#actions.select(place);
  }

  #press(event: KeyboardEvent): void {
    const place = placeOf(event.target);
    if (!place || event.ctrlKey || event.metaKey || event.altKey) return;
    const [along, across] = STEPS[event.key] ?? [0, 0];
    if (along !== 0 || across !== 0) {
      const step: Step = this.#flow === 'right' ? [along, across] : [across, along];
      const next = stepFrom(this.#widths, place, step);
      this.#actions.select(next);
      this.focus(next);
    } else if (event.key === 'Enter') {
      this.#actions.enlarge(place);
    } else if (event.key === 'Escape') {
      this.#actions.leave();
    } else {
      return;
    }
    event.preventDefault();
  }
}

function keyOf({ rank, index }: NeuronPlace): string {
  return `${rank},${index}`;
}

function placeOf(target: EventTarget | null): NeuronPlace | null {
  const key = (target as Partial<HTMLElement> | null)?.dataset?.neuron;
  if (key === undefined) return null;
  const [rank, index] = key.split(',').map(Number);
  return { rank: rank!, index: index! };
}
