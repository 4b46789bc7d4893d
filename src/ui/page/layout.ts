import { make } from '../dom/elements.ts';
import { adoptStyles } from '../dom/styles.ts';

/** The elements of the page that the parts of the interface fill. */
export interface Layout {
  /** Inserted into the caller's element; everything else is in its shadow tree. */
  readonly host: HTMLElement;
  /** Has colours and sizes for all. */
  readonly frame: HTMLElement;
  /** All but the controls. */
  readonly stage: HTMLElement;
  readonly app: HTMLElement;
  readonly title: HTMLElement;
  readonly subtitle: HTMLElement;
  /** Opens the menu of figures. */
  readonly figuresButton: HTMLButtonElement;
  readonly toolbar: HTMLElement;
  /** Between header and panels, for what is true of the whole page. */
  readonly banner: HTMLElement;
  /** Scrolls if the panels do not all fit. */
  readonly sheet: HTMLElement;
  /** Above and below the panels, for what belongs to all of them. */
  readonly heading: HTMLElement;
  readonly caption: HTMLElement;
  readonly grid: HTMLElement;
  readonly status: HTMLElement;
  /** Opens and closes the controls if they are a sheet at the bottom of a narrow page. */
  readonly controlsHandle: HTMLButtonElement;
  readonly controls: HTMLElement;
  readonly toasts: HTMLElement;
}

/** The line that introduces the page. */
const TAGLINE = 'shows networks as functions of the plane';

/** Over the page while a file is dragged over it. */
const DROP_HINT =
  'Drop a network (ONNX, safetensors, .npz, .nnet or JSON), or a PNG that was saved here.';

/** The id of the description of the keys, for every picture of the page. */
export const KEYS_ID = 'reluscope-keys';

/** The id of the controls, for the buttons that open them. */
export const CONTROLS_ID = 'reluscope-controls';

const KEYS_HELP =
  'Arrow keys pan, plus and minus zoom, 0 or h goes home, brackets undo and redo, ' +
  'b starts a box zoom, r shows the next seed, question mark lists all keys.';

/**
 * Builds the page inside `element`, in a shadow tree: the styles of a notebook or another page do
 * not affect it, and its own do not leak out.
 */
export function createLayout(element: HTMLElement): Layout {
  const host = make('div', { class: 'reluscope' });
  // It may be in another document than this script, e.g. in a frame of a notebook.
  element.append(host);
  const root = host.attachShadow({ mode: 'open' });
  adoptStyles(root);

  const title = make('span');
  const subtitle = make('span', { class: 'subtitle' });
  const titles = make(
    'div',
    { class: 'titles' },
    make('p', { class: 'brand' }, make('strong', {}, 'Reluscope'), ` ${TAGLINE}`),
    make('h2', { class: 'title' }, title, ' ', subtitle),
  );
  const figuresButton = make(
    'button',
    {
      type: 'button',
      class: 'plain figuresButton',
      title: 'Figures (f)',
      'aria-haspopup': 'dialog',
    },
    'Figures',
  );
  const toolbar = make('div', { class: 'toolbar', role: 'toolbar', 'aria-label': 'View' });
  const header = make('header', { class: 'header' }, titles, figuresButton, toolbar);

  const banner = make('div', { class: 'banner', role: 'status', hidden: true });
  const heading = make('div', { class: 'heading', hidden: true });
  const caption = make('div', { class: 'caption', hidden: true });
  const grid = make('div', { class: 'grid' });
  const sheet = make('div', { class: 'sheet' }, heading, grid, caption);
  const toasts = make('div', { class: 'toasts', 'aria-live': 'polite' });
  const body = make('div', { class: 'body' }, sheet, toasts);

  const status = make('footer', { class: 'status', 'aria-label': 'Statistics of the view' });
  const controlsHandle = make(
    'button',
    { type: 'button', class: 'handle', 'aria-controls': CONTROLS_ID },
    'Controls',
  );
  const controls = make('div', { class: 'controlsBody', id: CONTROLS_ID });
  const aside = make(
    'aside',
    { class: 'controls', 'aria-label': 'Controls' },
    controlsHandle,
    controls,
  );
  const keys = make('p', { id: KEYS_ID, class: 'unseen' }, KEYS_HELP);
  const stage = make('div', { class: 'stage' }, header, banner, body, status);
  const dropHint = make('div', { class: 'dropHint' }, make('p', {}, DROP_HINT));
  const app = make('div', { class: 'app' }, stage, aside, keys, dropHint);

  const frame = make('div', { class: 'frame' }, app);
  root.append(frame);
  return {
    host,
    frame,
    stage,
    app,
    title,
    subtitle,
    figuresButton,
    toolbar,
    banner,
    sheet,
    heading,
    caption,
    grid,
    status,
    controlsHandle,
    controls,
    toasts,
  };
}
