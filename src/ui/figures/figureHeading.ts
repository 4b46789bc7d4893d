import type { Formula } from '../../drawing/formula.ts';
import { formulaMathml } from '../../drawing/formulaMathml.ts';
import type {
  Figure,
  FigureControl,
  FigureSettings,
  FigureSlider,
  FigureSwitch,
} from '../../figures/figure.ts';
import { wordsOf } from '../../figures/words.ts';
import { formatCount } from '../../scales/format.ts';
import { make, makeIcon, setText } from '../dom/elements.ts';
import { ICONS } from '../dom/icons.ts';
import { parseMarkup } from '../dom/parseMarkup.ts';
import type { Motion } from '../panel/session.ts';
import { type Player, RunButtons } from '../training/runButtons.ts';

export interface HeadingActions {
  /** Plays the runs of all panels; null if there are none. */
  readonly player: Player | null;
  change(name: string, value: number | boolean, motion: Motion): void;
  /** @param scale pixels per unit of text */
  save(form: 'png' | 'svg', scale: number): void;
  close(): void;
}

/** Pixels per unit of text. */
const SCALES = [1, 2, 4];
const FIRST_SCALE = 2;

/** A piece that is wider than the screen scrolls, with the keyboard too. */
const FORMULA = { class: 'figureFormula', role: 'group', 'aria-label': 'Formula', tabindex: 0 };

/** The heading of a figure: title, question, formula and controls. */
export class FigureHeading {
  readonly element: HTMLElement;
  readonly #figure: Figure;
  readonly #title = make('h2', { class: 'figureTitle', tabindex: -1 });
  readonly #formula = make('div', FORMULA);
  #shown: Formula | null = null;
  readonly #controls: readonly FigureInput[];

  constructor(figure: Figure, settings: FigureSettings, actions: HeadingActions) {
    this.#figure = figure;
    const close = makeTool('Close the figure', actions.close);
    close.classList.add('tool');
    close.replaceChildren(makeIcon(ICONS.close));
    const scale = makeScales();
    const save = (form: 'png' | 'svg') => actions.save(form, Number(scale.value));
    const buttons = make(
      'div',
      { class: 'figureButtons' },
      scale,
      makeTool('PNG', () => save('png'), 'Save the figure as PNG'),
      makeTool('SVG', () => save('svg'), 'Save the figure as SVG'),
      close,
    );
    this.element = make(
      'section',
      { class: 'figureHead', 'aria-label': 'Figure' },
      make('div', { class: 'figureTop' }, this.#title, buttons),
      make('p', { class: 'figureQuestion' }, figure.question),
      this.#formula,
    );
    this.#controls = figure.controls.map((control) => makeControl(control, actions));
    this.show(settings);
    if (figure.controls.length === 0) return;
    const labels = this.#controls.map(({ element }) => element);
    this.element.append(make('div', { class: 'figureControls' }, ...labels));
  }

  /** Shows the settings in the controls, and the words that depend on them. */
  show(settings: FigureSettings): void {
    const { title, formula } = wordsOf(this.#figure, settings);
    setText(this.#title, title);
    if (formula !== this.#shown) {
      this.#shown = formula;
      this.#formula.replaceChildren(...formulaMathml(formula).map(makeLine));
    }
    for (const control of this.#controls) control.show(settings[control.name]!);
  }

  /** For people who used the menu: a screen reader reads the title next. */
  focus(): void {
    this.#title.focus({ preventScroll: true });
  }
}

/** A line of a formula, which a narrow page breaks between its pieces. */
function makeLine(pieces: readonly string[]): HTMLElement {
  return make('div', {}, ...pieces.flatMap((piece) => [parseMarkup(piece), make('wbr')]));
}

function makeScales(): HTMLSelectElement {
  const name = 'Scale of saved figures';
  const options = SCALES.map((scale) =>
    make('option', { value: scale, selected: scale === FIRST_SCALE }, `${scale}×`),
  );
  return make('select', { class: 'figureTool', 'aria-label': name, title: name }, ...options);
}

type Change = HeadingActions['change'];

/** A control on the page. */
interface FigureInput {
  readonly name: string;
  readonly element: HTMLElement;
  show(value: number | boolean): void;
}

function makeControl(control: FigureControl, { player, change }: HeadingActions): FigureInput {
  if (control.kind === 'switch') return makeSwitch(control, change);
  return control.plays && player ? makePlayer(control, player) : makeSlider(control, change);
}

/** The step of all runs. */
function makePlayer({ name, label, max }: FigureSlider, player: Player): FigureInput {
  const buttons = new RunButtons(player);
  const value = make('output');
  return {
    name,
    element: make(
      'div',
      { class: 'figureControl', role: 'group', 'aria-label': 'Training' },
      buttons.element,
      make('span', {}, `${label} `, value, ` of ${formatCount(max)}`),
    ),
    show: (step) => {
      buttons.show(Number(step), max);
      setText(value, formatCount(Number(step)));
    },
  };
}

function makeSwitch({ name, label }: FigureSwitch, onChange: Change): FigureInput {
  const input = make('input', { type: 'checkbox', name });
  input.addEventListener('change', () => onChange(name, input.checked, 'still'));
  return {
    name,
    element: make('label', { class: 'figureControl' }, input, make('span', {}, label)),
    show: (value) => {
      input.checked = value === true;
    },
  };
}

function makeSlider({ name, label, min, max, step }: FigureSlider, onChange: Change): FigureInput {
  const range = make('input', { type: 'range', name, min, max, step });
  const number = make('input', {
    type: 'number',
    ...{ min, max, step: step === 1 ? 1 : 'any', required: true, 'aria-label': label },
  });
  const slide = (motion: Motion) => {
    number.valueAsNumber = range.valueAsNumber;
    onChange(name, range.valueAsNumber, motion);
  };
  range.addEventListener('input', () => slide('moving'));
  range.addEventListener('change', () => slide('still'));
  // The browser says what is wrong with a number, and leaves it as it was typed.
  number.addEventListener('change', () => {
    if (number.reportValidity()) onChange(name, number.valueAsNumber, 'still');
  });
  return {
    name,
    element: make('label', { class: 'figureControl' }, make('span', {}, label), range, number),
    show: (value) => {
      range.valueAsNumber = Number(value);
      if (number.valueAsNumber !== value) number.valueAsNumber = Number(value);
    },
  };
}

function makeTool(text: string, onClick: () => void, name = text): HTMLButtonElement {
  const attributes = { type: 'button', class: 'figureTool', title: name, 'aria-label': name };
  const button = make('button', attributes, text);
  button.addEventListener('click', onClick);
  return button;
}
