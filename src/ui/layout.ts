import { make, makeSvg } from './dom.ts';
import { adoptStyles } from './styles.ts';

/** The elements of the page that the parts of the interface fill. */
export interface Layout {
  /** What was put into the caller's element; the rest lives in its shadow tree. */
  readonly host: HTMLElement;
  readonly app: HTMLElement;
  readonly title: HTMLElement;
  readonly subtitle: HTMLElement;
  readonly toolbar: HTMLElement;
  /** The canvas and all that lies on it. */
  readonly picture: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly overlay: SVGSVGElement;
  readonly axisX: SVGSVGElement;
  readonly axisY: SVGSVGElement;
  readonly colorBar: HTMLElement;
  readonly status: HTMLElement;
  /** Opens and closes the panel where it is a sheet at the bottom of a narrow page. */
  readonly panelHandle: HTMLButtonElement;
  readonly panelBody: HTMLElement;
  readonly toasts: HTMLElement;
}

const KEYS_HELP =
  'Arrow keys pan, plus and minus zoom, 0 or h goes home, brackets go back and forward, ' +
  'b starts a box zoom, r reseeds, question mark lists all keys.';

/**
 * Builds the page inside `element`, in a shadow tree: the styles of a notebook or another page do
 * not reach in, and these do not leak out.
 */
export function createLayout(element: HTMLElement): Layout {
  const host = make('div', { class: 'reluscope' });
  const root = host.attachShadow({ mode: 'open' });
  adoptStyles(root);

  const title = make('span');
  const subtitle = make('span', { class: 'subtitle' });
  const toolbar = make('div', { class: 'toolbar', role: 'toolbar', 'aria-label': 'View' });
  const header = make(
    'header',
    { class: 'header' },
    make('h2', { class: 'title' }, title, subtitle),
    toolbar,
  );

  const canvas = make('canvas', {
    class: 'canvas',
    tabindex: 0,
    role: 'application',
    'aria-roledescription': 'plot',
    'aria-describedby': 'reluscope-keys',
  });
  const overlay = makeSvg('svg', { class: 'overlay', 'aria-hidden': 'true' });
  const picture = make(
    'div',
    { class: 'picture' },
    canvas,
    overlay,
    make('p', { id: 'reluscope-keys', class: 'unseen' }, KEYS_HELP),
  );
  const axisX = makeSvg('svg', { class: 'axis axisX', 'aria-hidden': 'true' });
  const axisY = makeSvg('svg', { class: 'axis axisY', 'aria-hidden': 'true' });
  const colorBar = make('div', { class: 'colorBar' });
  const plot = make('div', { class: 'plot' }, picture, axisX, axisY, colorBar);

  const status = make('footer', { class: 'status', 'aria-label': 'Statistics of the view' });
  const panelHandle = make(
    'button',
    { type: 'button', class: 'handle', 'aria-controls': 'reluscope-panel' },
    'Controls',
  );
  const panelBody = make('div', { class: 'panelBody', id: 'reluscope-panel' });
  const panel = make('aside', { class: 'panel', 'aria-label': 'Controls' }, panelHandle, panelBody);
  const toasts = make('div', { class: 'toasts', 'aria-live': 'polite' });
  const stage = make('div', { class: 'stage' }, header, plot, status);
  const app = make('div', { class: 'app' }, stage, panel, toasts);

  root.append(make('div', { class: 'frame' }, app));
  element.append(host);
  return {
    host,
    app,
    title,
    subtitle,
    toolbar,
    picture,
    canvas,
    overlay,
    axisX,
    axisY,
    colorBar,
    status,
    panelHandle,
    panelBody,
    toasts,
  };
}
