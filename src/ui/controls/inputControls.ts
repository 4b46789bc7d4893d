import type GUI from 'lil-gui';
import { rangeOfInput, unitOfInput } from '../../model/models.ts';
import type { NetworkSource } from '../../model/networks.ts';
import { coordinatesOf, type Slice } from '../../model/slice.ts';
import { coordinateSlice, fixedInputs, withInput } from '../../model/slices.ts';
import { toNumber } from '../../numeric/doubleDouble.ts';
import { formatNumber } from '../../scales/format.ts';
import { fromUnit, nameInput, toUnit } from '../../scales/names.ts';
import { niceStep } from '../../scales/niceMultiples.ts';
import { findInputs } from '../../state/vectors.ts';
import { make, setText } from '../dom/elements.ts';
import type { Motion } from '../panel/session.ts';
import { MenuController, type MenuOption } from './menuController.ts';
import { SliderController, type SliderScale } from './sliderController.ts';
import { TextController } from './textController.ts';

/** So many inputs have sliders at once; others are found by their numbers and names. */
const SLIDERS_MAX = 16;
/** So many inputs are options of a menu; of more, one is typed. */
const OPTIONS_MAX = 64;
/** The range of a slider where a file does not say it; larger values can be typed. */
const INPUT_KNOB = 10;
const INPUT_MAX = 1e15;
/** The knob takes about so many values. */
const KNOB_STEPS = 200;
const DIGITS = 6;

/** What the controllers of inputs edit. */
export interface SliceEditor {
  /** The slice of the field that is shown. */
  readonly slice: Slice;
  readonly network: NetworkSource;
  setSlice(slice: Slice, motion: Motion): void;
}

type ShowSlice = (slice: Slice) => void;

/** The two inputs that vary. */
export function addVarying(folder: GUI, slices: SliceEditor): ShowSlice {
  const axes = ([0, 1] as const).map((axis) => new VaryingInput(folder, slices, axis));
  return (slice) => {
    const coordinates = coordinatesOf(slice);
    axes.forEach((axis, i) => {
      axis.show(slice.origin.length, coordinates?.[i] ?? null);
    });
  };
}

/** The input along one axis: a menu of a few inputs, a text of many. */
class VaryingInput {
  /** null for a combination of inputs. */
  readonly #model: { input: number | null } = { input: null };
  readonly #menu: MenuController<number | null>;
  readonly #text: TextController<number | null>;
  readonly #coordinate: string;
  readonly #slices: SliceEditor;

  constructor(folder: GUI, slices: SliceEditor, axis: 0 | 1) {
    this.#slices = slices;
    this.#coordinate = axis === 0 ? 'u₁' : 'u₂';
    const name = axis === 0 ? 'horizontal' : 'vertical';
    const choose = (input: number | null) => {
      if (input !== null) slices.setSlice(withAxis(slices.slice, axis, input), 'still');
    };
    this.#menu = new MenuController<number | null>(folder, this.#model, 'input');
    this.#menu.name(name).onChange(choose);
    this.#text = new TextController<number | null>(folder, this.#model, 'input', {
      parse: (text) => this.#find(text),
      format: (input) => this.#nameOf(input),
      numeric: false,
    });
    this.#text.name(name).onChange(choose);
  }

  show(inputs: number, input: number | null): void {
    this.#model.input = input;
    const areFew = inputs <= OPTIONS_MAX;
    this.#menu.show(inputs > 1 && areFew);
    this.#text.show(!areFew);
    if (areFew) this.#menu.setOptions(this.#options(inputs));
    else this.#text.updateDisplay();
  }

  #options(inputs: number): MenuOption<number | null>[] {
    const all = Array.from({ length: inputs }, (_, i) => ({ label: this.#nameOf(i), value: i }));
    const combined = { label: this.#coordinate, value: null };
    return this.#model.input === null ? [combined, ...all] : all;
  }

  #find(text: string): number | null {
    const { slice, network } = this.#slices;
    if (text.trim() === this.#coordinate) return this.#model.input;
    const all = slice.origin.map((_, i) => i);
    return findInputs(text, all, (input) => nameInput(network, input))[0]!;
  }

  #nameOf(input: number | null): string {
    return input === null ? this.#coordinate : nameInput(this.#slices.network, input);
  }
}

/** The slice with another input along one axis; if the other axis has that input, they are exchanged. */
function withAxis(slice: Slice, axis: 0 | 1, input: number): Slice {
  const [i, j] = coordinatesOf(slice) ?? (axis === 0 ? [0, 1] : [1, 0]);
  const [own, other] = axis === 0 ? [i, j] : [j, i];
  const rest = other === input ? (own === input ? Number(input === 0) : own) : other;
  const [first, second] = axis === 0 ? [input, rest] : [rest, input];
  return coordinateSlice(slice.origin, first, second);
}

/** Sliders of the inputs that do not vary, some at a time. */
export function addInputs(folder: GUI, slices: SliceEditor): ShowSlice {
  const model = { search: '' };
  const find = (text: string, inputs: readonly number[]) =>
    findInputs(text, inputs, (input) => nameInput(slices.network, input));
  const search = new TextController<string>(folder, model, 'search', {
    parse(text) {
      find(text, fixedInputs(slices.slice));
      return text;
    },
    format: (text) => text,
    numeric: false,
  });
  search.name('find input');
  const note = make('p', { class: 'reason', role: 'status' });
  folder.$children.append(note);
  const sliders: InputSlider[] = [];
  const show = (slice: Slice) => {
    const fixed = fixedInputs(slice);
    const areMany = fixed.length > SLIDERS_MAX;
    search.show(areMany);
    const found = areMany ? foundInputs(() => find(model.search, fixed), fixed) : fixed;
    const shown = found.slice(0, SLIDERS_MAX);
    const more = found.length - shown.length;
    setText(note, more > 0 ? `${more} more: type a number or a name to find them.` : '');
    // A slider is made when it is first needed.
    while (sliders.length < shown.length) sliders.push(new InputSlider(folder, slices, note));
    sliders.forEach((slider, i) => {
      slider.show(slice, shown[i] ?? null);
    });
  };
  search.onChange(() => show(slices.slice));
  return show;
}

/** Those that were found in another slice may be none of this one. */
function foundInputs(find: () => readonly number[], fixed: readonly number[]): readonly number[] {
  try {
    return find();
  } catch {
    return fixed;
  }
}

/** A slider in the units of the file, over the range that the file gives. */
class InputSlider {
  readonly #model = { value: 0 };
  readonly #controller: SliderController;
  readonly #slices: SliceEditor;
  /** null before the first is shown. */
  #input: number | null = null;
  #network: NetworkSource | null = null;

  constructor(folder: GUI, slices: SliceEditor, next: Element) {
    this.#slices = slices;
    this.#controller = new SliderController(folder, this.#model, 'value', PLAIN_SCALE);
    this.#controller.onChange((value: number) => {
      const input = this.#input!;
      const own = fromUnit({ high: value, low: 0 }, unitOfInput(slices.network, input));
      slices.setSlice(withInput(slices.slice, input, toNumber(own)), 'moving');
    });
    next.before(this.#controller.domElement);
  }

  /** @param input null hides it */
  show(slice: Slice, input: number | null): void {
    this.#controller.show(input !== null);
    if (input === null) return;
    const { network } = this.#slices;
    const value = toUnit({ high: slice.origin[input]!, low: 0 }, unitOfInput(network, input));
    this.#model.value = toNumber(value);
    if (input !== this.#input || network !== this.#network) {
      this.#input = input;
      this.#network = network;
      this.#controller.name(nameInput(network, input));
      this.#controller.setScale(scaleOf(network, input));
    }
    this.#controller.updateDisplay();
  }
}

const PLAIN_SCALE: SliderScale = {
  min: -INPUT_KNOB,
  max: INPUT_KNOB,
  step: 0.1,
  typed: { min: -INPUT_MAX, max: INPUT_MAX },
  format: (value) => formatNumber(value, DIGITS),
};

function scaleOf(network: NetworkSource, input: number): SliderScale {
  const range = rangeOfInput(network, input);
  if (range === null || !(range[0] < range[1])) return PLAIN_SCALE;
  const unit = unitOfInput(network, input);
  const [min, max] = range.map((end) => toNumber(toUnit({ high: end, low: 0 }, unit)));
  const { factor, exponent } = niceStep(max! - min!, KNOB_STEPS);
  return { ...PLAIN_SCALE, min: min!, max: max!, step: Number(`${factor}e${exponent}`) };
}
