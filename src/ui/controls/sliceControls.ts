import type GUI from 'lil-gui';
import { InvalidInputError } from '../../input/invalidInput.ts';
import { nextSeed, previousSeed, randomSeed } from '../../model/seeds.ts';
import { coordinatesOf, type Slice, validateSlice } from '../../model/slice.ts';
import {
  coordinateSlice,
  fixedInputs,
  pointsOf,
  randomPlane,
  sliceThrough,
  withInput,
} from '../../model/slices.ts';
import { formatNumber } from '../../scales/format.ts';
import { findInputs, formatVector, nameInput, parseVector } from '../../state/vectors.ts';
import { make, setText } from '../dom/elements.ts';
import type { Motion } from '../panel/session.ts';
import { ActionsController, SliderController, TextController } from './controllers.ts';
import type { FieldEditor, ShowField } from './fieldEditor.ts';
import { MenuController, type MenuOption } from './menuController.ts';
import { parseSeed } from './networkControls.ts';

/** So many inputs have sliders at once; others are found by their numbers. */
const SLIDERS_MAX = 16;
/** The range of a slider; larger values can be typed. */
const INPUT_KNOB = 10;
const INPUT_MAX = 1e15;

const STRIPE =
  'There is one input, x₁: the picture is an even stripe, which changes from left to right.';

interface SliceEditor {
  /** The slice of the field that is shown. */
  readonly slice: Slice;
  setSlice(slice: Slice, motion: Motion): void;
}

/** Adds the controllers of the slice, and shows them if there is one. */
export function addSliceControls(folder: GUI, editor: FieldEditor): ShowField {
  const slices: SliceEditor = {
    get slice() {
      return editor.field().slice!;
    },
    setSlice: (slice, motion) => editor.editField({ slice }, motion),
  };
  const note = make('p', { class: 'reason' });
  folder.$children.append(note);
  const parts = [
    addVarying(folder, slices),
    addInputs(folder, slices),
    addPlanes(folder, slices),
    addPoints(folder, slices),
  ];
  return ({ slice }) => {
    folder.show(slice !== null);
    if (slice === null) return;
    setText(note, slice.origin.length === 1 ? STRIPE : '');
    for (const show of parts) show(slice);
  };
}

/** The two inputs that vary. */
function addVarying(folder: GUI, slices: SliceEditor): (slice: Slice) => void {
  const model: { axes: [number | null, number | null] } = { axes: [null, null] };
  const menus = ([0, 1] as const).map((axis) => {
    const menu = new MenuController<number | null>(folder, model.axes, String(axis));
    menu.name(axis === 0 ? 'horizontal' : 'vertical');
    return menu.onChange((input: number | null) => {
      if (input !== null) slices.setSlice(withAxis(slices.slice, axis, input), 'still');
    });
  });
  let known = '';
  return (slice) => {
    const inputs = slice.origin.length;
    const coordinates = coordinatesOf(slice);
    model.axes[0] = coordinates?.[0] ?? null;
    model.axes[1] = coordinates?.[1] ?? null;
    const key = `${inputs} ${coordinates !== null}`;
    menus.forEach((menu, axis) => {
      menu.show(inputs > 1);
      // Of thousands of options, made only where they are others.
      if (key !== known) menu.setOptions(inputOptions(inputs, coordinates ? null : axis));
      menu.updateDisplay();
    });
    known = key;
  };
}

/** @param other the axis that is a combination of inputs; null if none is */
function inputOptions(inputs: number, other: number | null): MenuOption<number | null>[] {
  const all = Array.from({ length: inputs }, (_, i) => ({ label: nameInput(i), value: i }));
  const combined = { label: other === 0 ? 'u₁' : 'u₂', value: null };
  return other === null ? all : [combined, ...all];
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
function addInputs(folder: GUI, slices: SliceEditor): (slice: Slice) => void {
  const model = { search: '' };
  const search = new TextController<string>(folder, model, 'search', {
    parse(text) {
      findInputs(text, fixedInputs(slices.slice));
      return text;
    },
    format: (text) => text,
    numeric: false,
  });
  const note = make('p', { class: 'reason', role: 'status' });
  folder.$children.append(note);
  const sliders: InputSlider[] = [];
  const show = (slice: Slice) => {
    const fixed = fixedInputs(slice);
    const areMany = fixed.length > SLIDERS_MAX;
    search.name('find input').show(areMany);
    const found = areMany ? foundInputs(model.search, fixed) : fixed;
    const shown = found.slice(0, SLIDERS_MAX);
    const more = found.length - shown.length;
    setText(note, more > 0 ? `${more} more: type a number to find them.` : '');
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
function foundInputs(text: string, fixed: readonly number[]): readonly number[] {
  try {
    return findInputs(text, fixed);
  } catch {
    return fixed;
  }
}

class InputSlider {
  readonly #model = { value: 0 };
  readonly #controller: SliderController;
  #input = 0;

  constructor(folder: GUI, slices: SliceEditor, next: Element) {
    this.#controller = new SliderController(folder, this.#model, 'value', {
      min: -INPUT_KNOB,
      max: INPUT_KNOB,
      step: 0.1,
      typed: { min: -INPUT_MAX, max: INPUT_MAX },
      format: (value) => formatNumber(value, 6),
    });
    this.#controller.onChange((value: number) =>
      slices.setSlice(withInput(slices.slice, this.#input, value), 'moving'),
    );
    next.before(this.#controller.domElement);
  }

  /** @param input null hides it */
  show(slice: Slice, input: number | null): void {
    this.#controller.show(input !== null);
    if (input === null) return;
    this.#input = input;
    this.#model.value = slice.origin[input]!;
    this.#controller.name(nameInput(input)).updateDisplay();
  }
}

/** Planes in random directions, and the way back. */
function addPlanes(folder: GUI, slices: SliceEditor): (slice: Slice) => void {
  const model = { planeSeed: 0 };
  /** The slice of the seed, if one was chosen. */
  let drawn: Slice | null = null;
  const isShown = () => drawn !== null && equalAxes(drawn, slices.slice);
  const seed = new TextController<number>(folder, model, 'planeSeed', {
    parse: parseSeed,
    format: String,
    numeric: true,
  });
  const draw = (next: number) => {
    model.planeSeed = next;
    drawn = randomPlane(next, slices.slice.origin);
    seed.updateDisplay();
    slices.setSlice(drawn, 'still');
  };
  seed.name('plane seed').onChange(draw);
  const step = (to: (seed: number) => number) => () =>
    draw(isShown() ? to(model.planeSeed) : model.planeSeed);
  const planes = new ActionsController(folder, [
    {
      label: 'previous',
      name: 'previous plane',
      title: 'The plane of the previous seed',
      act: step(previousSeed),
    },
    { label: 'next', name: 'next plane', title: 'The plane of the next seed', act: step(nextSeed) },
    {
      label: 'random',
      name: 'any plane',
      title: 'The plane of a random seed',
      act: () => draw(randomSeed()),
    },
  ]).name('new plane');
  const back = new ActionsController(folder, [
    {
      label: 'x₁, x₂',
      title: 'The plane in which the first two inputs vary',
      act: () => slices.setSlice(coordinateSlice(slices.slice.origin, 0, 1), 'still'),
    },
  ]).name('back to');
  return (slice) => {
    const hasPlanes = slice.origin.length > 1;
    for (const controller of [seed, planes, back]) controller.show(hasPlanes);
    const isBack = coordinatesOf(slice)?.join() === '0,1';
    back.disableActions({ 'x₁, x₂': isBack ? 'x₁ and x₂ vary already.' : null });
  };
}

function equalAxes(a: Slice, b: Slice): boolean {
  return (['axis1', 'axis2'] as const).every(
    (axis) => a[axis].length === b[axis].length && a[axis].every((v, i) => v === b[axis][i]),
  );
}

type Points = ReturnType<typeof pointsOf>;

/** The plane through three points. */
function addPoints(folder: GUI, slices: SliceEditor): (slice: Slice) => void {
  const points = folder.addFolder('Three points').close();
  const names = ['at (0, 0)', 'at (1, 0)', 'at (0, 1)'];
  const model: { points: (readonly number[])[] } = { points: [[], [], []] };
  const texts = names.map((name, k) => {
    const text = new TextController<readonly number[]>(points, model.points, String(k), {
      parse: (typed) => {
        const point = parseVector(typed, slices.slice.origin.length);
        checkPoints(model.points.map((old, i) => (i === k ? point : old)) as unknown as Points);
        return point;
      },
      format: formatVector,
      numeric: false,
    });
    return text.name(name);
  });
  const show = (slice: Slice) => {
    points.show(slice.origin.length > 1);
    // Long vectors are written only where they are seen.
    if (!points._closed) Object.assign(model.points, pointsOf(slice));
  };
  texts.forEach((text, k) => {
    text.onChange(() => {
      slices.setSlice(sliceThrough(model.points as unknown as Points), 'still');
      // A point that was wrong may be right with this one.
      for (const [i, other] of texts.entries()) if (i !== k) other.reconsider();
    });
  });
  points.onOpenClose(() => {
    show(slices.slice);
    for (const text of texts) text.updateDisplay();
  });
  return show;
}

/** @throws Error if the points are on a line */
function checkPoints(points: Points): void {
  try {
    validateSlice(sliceThrough(points), 'slice', points[0].length);
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    throw new Error('The three points lie on one line. Choose one beside it.');
  }
}
