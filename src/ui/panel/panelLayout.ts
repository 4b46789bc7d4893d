import { make, makeSvg, setText } from '../dom/elements.ts';
import { KEYS_ID } from '../page/layout.ts';

/** The elements of one panel. */
export interface PanelLayout {
  readonly panel: HTMLElement;
  readonly title: HTMLElement;
  readonly subtitle: HTMLElement;
  /** Picture, axes and colour bar. */
  readonly plot: HTMLElement;
  /** The canvas and everything on it. */
  readonly picture: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly overlay: SVGSVGElement;
  /** For the lower edge of the picture, one above the other; over all else on it. */
  readonly notes: HTMLElement;
  readonly axisX: SVGSVGElement;
  readonly axisY: SVGSVGElement;
  readonly colorBar: HTMLElement;
  /** Of a network that learns, below it. */
  readonly training: HTMLElement;
  /** The network beside or below the picture. */
  readonly network: HTMLElement;
  /** What it has learnt, likewise. */
  readonly learnt: HTMLElement;
}

/** A picture with axes and colour bar, and a title that is shown if there are several panels. */
export function createPanelLayout(): PanelLayout {
  const { panel, title, subtitle } = createSlot();
  const canvas = make('canvas', {
    class: 'canvas',
    tabindex: 0,
    role: 'application',
    'aria-roledescription': 'plot',
    'aria-describedby': KEYS_ID,
  });
  const overlay = makeSvg('svg', { class: 'overlay', 'aria-hidden': 'true' });
  const notes = make('div', { class: 'notes' });
  const picture = make('div', { class: 'picture' }, canvas, overlay);
  const axisX = makeSvg('svg', { class: 'axis axisX', 'aria-hidden': 'true' });
  const axisY = makeSvg('svg', { class: 'axis axisY', 'aria-hidden': 'true' });
  const colorBar = make('div', { class: 'colorBar' });
  const plot = make('div', { class: 'plot' }, picture, axisX, axisY, colorBar);
  const network = make('div', { class: 'network', role: 'group', 'aria-label': 'Network' });
  const learnt = make('section', { class: 'learntPane', 'aria-label': 'What it has learnt' });
  const room = make('div', { class: 'room' }, plot);
  const split = make('div', { class: 'split' }, room, network, learnt);
  const training = make('section', { class: 'training', 'aria-label': 'Training' });
  panel.append(make('div', { class: 'spread' }, split), training);
  return {
    panel,
    plot,
    title,
    subtitle,
    picture,
    canvas,
    overlay,
    notes,
    axisX,
    axisY,
    colorBar,
    network,
    learnt,
    training,
  };
}

/** A place among the panels for a foreign element, under a title. */
export class ForeignSlot {
  readonly element: HTMLElement;
  readonly content: HTMLElement;
  readonly #title: HTMLElement;

  constructor(content: HTMLElement) {
    const { panel, title } = createSlot();
    this.element = panel;
    this.content = content;
    this.#title = title;
    panel.classList.add('foreign');
    panel.append(content);
  }

  giveTitle(title: string | null): void {
    setText(this.#title, title ?? '');
  }
}

function createSlot() {
  const title = make('span');
  const subtitle = make('span', { class: 'subtitle' });
  const head = make('h3', { class: 'panelTitle' }, title, ' ', subtitle);
  return { panel: make('div', { class: 'panelView', role: 'group' }, head), title, subtitle };
}
