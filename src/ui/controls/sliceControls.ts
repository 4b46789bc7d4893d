import type GUI from 'lil-gui';
import { InvalidInputError } from '../../input/invalidInput.ts';
import { shapeOf } from '../../model/drawnNetwork.ts';
import {
  guessImage,
  type ImageChoice,
  type ImageShape,
  imageShapes,
  printShape,
} from '../../model/imageShape.ts';
import { rangeOfInput } from '../../model/models.ts';
import { networkFor } from '../../model/resolve.ts';
import { nextSeed, previousSeed, randomSeed } from '../../model/seeds.ts';
import { coordinatesOf, type Slice, validateSlice } from '../../model/slice.ts';
import { coordinateSlice, pointsOf, randomPlane, sliceThrough } from '../../model/slices.ts';
import { tellingInputs } from '../../model/tellingInputs.ts';
import { nameInput } from '../../scales/names.ts';
import { formatVector, parseVector } from '../../state/vectors.ts';
import { make, setText } from '../dom/elements.ts';
import { ActionsController } from './controllers.ts';
import type { FieldEditor, ShowField } from './fieldEditor.ts';
import { addInputs, addVarying, type SliceEditor } from './inputControls.ts';
import { MenuController } from './menuController.ts';
import { parseSeed } from './networkControls.ts';
import { TextController } from './textController.ts';

const describeStripe = (input: string) =>
  `There is one input, ${input}: the picture is an even stripe, which changes from left to right.`;

/** Adds the controllers of the slice, and shows them if there is one. */
export function addSliceControls(folder: GUI, editor: FieldEditor): ShowField {
  const slices: SliceEditor = {
    get slice() {
      return editor.field().slice!;
    },
    get network() {
      return editor.field().network;
    },
    setSlice: (slice, motion) => editor.editField({ slice }, motion),
  };
  const note = make('p', { class: 'reason' });
  folder.$children.append(note);
  const parts = [
    addVarying(folder, slices),
    addInputs(folder, slices),
    addPlanes(folder, slices, editor),
    addPoints(folder, slices),
    addImage(folder, editor),
  ];
  return ({ network, slice }) => {
    folder.show(slice !== null);
    if (slice === null) return;
    setText(note, slice.origin.length === 1 ? describeStripe(nameInput(network, 0)) : '');
    for (const show of parts) show(slice);
  };
}

/** Planes in random directions, and the way back. */
function addPlanes(
  folder: GUI,
  slices: SliceEditor,
  { choosePoints }: FieldEditor,
): (slice: Slice) => void {
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
      name: 'random plane',
      title: 'The plane of a random seed',
      act: () => draw(randomSeed()),
    },
  ]).name('new plane');
  const file = new ActionsController(folder, [
    {
      label: 'Points of a file…',
      title:
        '.npy, .npz or CSV: three points span the plane; of more, their two main directions through their mean',
      act: choosePoints,
    },
  ]).name('span by');
  const back = new ActionsController(folder, [
    {
      label: 'x₁, x₂',
      title: 'The plane in which the first two inputs vary',
      act: () => slices.setSlice(coordinateSlice(slices.slice.origin, 0, 1), 'still'),
    },
    {
      label: 'most telling',
      title: 'The plane of the two inputs on which the outputs depend most',
      act: () => slices.setSlice(tellingSlice(slices), 'still'),
    },
  ]).name('back to');
  return (slice) => {
    const hasPlanes = slice.origin.length > 1;
    for (const controller of [seed, planes, file, back]) controller.show(hasPlanes);
    const isBack = coordinatesOf(slice)?.join() === '0,1';
    back.disableActions({ 'x₁, x₂': isBack ? 'x₁ and x₂ vary already.' : null });
  };
}

/** How points are shown as images, where the number of inputs allows it. */
function addImage(folder: GUI, editor: FieldEditor): () => void {
  const menu = new MenuController<ImageChoice>(folder, editor.model, 'image');
  menu.name('as image').onChange((image: ImageChoice) => editor.edit({ image }, 'still'));
  return () => {
    const field = editor.field();
    const shapes = imageShapes(shapeOf(field.network).inputs);
    menu.show(shapes.length > 0);
    if (shapes.length === 0) return;
    const guess = guessImage(field);
    menu.setOptions([
      { label: `automatic: ${guess ? describeShape(guess) : 'none'}`, value: 'auto' },
      { label: 'none', value: 'none' },
      ...shapes.map((shape) => ({ label: describeShape(shape), value: printShape(shape) })),
    ]);
  };
}

function describeShape({ height, width, channels, order }: ImageShape): string {
  const size = `${height} × ${width}`;
  if (channels === 1) return size;
  return `${size}, colours ${order === 'channelsFirst' ? 'first' : 'last'}`;
}

function tellingSlice({ slice, network }: SliceEditor): Slice {
  const inputs = slice.origin.length;
  const ranges = Array.from({ length: inputs }, (_, i) => rangeOfInput(network, i));
  return coordinateSlice(slice.origin, ...tellingInputs(networkFor(network), ranges));
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
