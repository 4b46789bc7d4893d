import type GUI from 'lil-gui';
import { parseNumber } from '../../input/parseNumber.ts';
import type { Quantity } from '../../model/field.ts';
import { formatNumber } from '../../scales/format.ts';
import { axesOf, fromUnit } from '../../scales/names.ts';
import { parsePrecisely } from '../../scales/parsePrecisely.ts';
import type { State } from '../../state/state.ts';
import { GRID_SAMPLES_MAX, GRID_SAMPLES_MIN } from '../../state/validate.ts';
import { DECADES_MAX, DECADES_MIN, PLANE, type ProjectionKind } from '../../view/projection.ts';
import { CENTER_MAX, HALF_WIDTH_MAX, HALF_WIDTH_MIN, HALF_WIDTH_PRESETS } from '../../view/view.ts';
import type { Navigation } from '../panel/navigation.ts';
import { explain } from './concepts.ts';
import { ChoiceController } from './controllers.ts';
import type { PictureEditor } from './pictureControls.ts';
import { SliderController } from './sliderController.ts';
import { TextController } from './textController.ts';

/** Digits of the half-width. */
const DIGITS = 6;

/**
 * Adds the projection, the half-width, the centre and the frame.
 *
 * @returns a function that shows the controllers for the state; call it after the model has changed.
 */
export function addViewControls(
  folder: GUI,
  editor: PictureEditor,
  navigation: Navigation,
): () => void {
  const { model } = editor;
  const showProjection = addProjection(folder, editor);
  const choices = HALF_WIDTH_PRESETS.map((value) => ({ label: String(value), value }));
  const presets = new ChoiceController(folder, model, 'halfWidth', choices).name('half-width');
  presets.onChange((value: number) => navigation.setHalfWidth(value));
  explain(presets, 'halfWidth');
  const typed = new TextController<number>(folder, model, 'halfWidth', {
    parse: (text) => parseBetween(text, HALF_WIDTH_MIN, HALF_WIDTH_MAX),
    format: (value) => formatNumber(value, DIGITS),
    numeric: true,
  });
  typed.name('custom').onChange((value: number) => navigation.setHalfWidth(value));
  const centers = ([0, 1] as const).map((axis) => addCenter(folder, editor, axis));
  addFrame(folder, editor);
  return () => {
    showProjection();
    const axes = axesOf(editor.field());
    centers.forEach((center, axis) => {
      center.name(`centre ${axes[axis]!.name}`);
    });
  };
}

function addProjection(folder: GUI, editor: PictureEditor): () => void {
  const { model } = editor;
  const kind = new ChoiceController<ProjectionKind>(folder, model, 'projection', [
    { label: 'plane', value: 'plane', title: 'The plane without distortion' },
    {
      label: 'log-radial',
      value: 'logRadial',
      title: 'Logarithmic radius: shows several decades about the centre at once',
    },
  ]);
  kind.name('projection').onChange((chosen: ProjectionKind) => {
    if (chosen === 'plane') return editor.edit({ projection: PLANE }, 'still');
    const exact = EXACT_INSTEAD[model.quantity];
    const projection = { kind: chosen, decades: model.decades };
    editor.edit(exact ? { projection, quantity: exact } : { projection }, 'still');
  });
  const decades = new SliderController(folder, model, 'decades', {
    min: DECADES_MIN,
    max: DECADES_MAX,
    step: 1,
    format: (value) => formatNumber(value, DIGITS),
  });
  decades
    .name('decades')
    .onChange((value: number) => editor.edit({ projection: { decades: value } }, 'moving'));
  return () => decades.show(model.projection === 'logRadial');
}

/** What of the plane is shown, and which of its samples count. */
function addFrame(folder: GUI, { model, edit }: PictureEditor): void {
  const frame = new ChoiceController<State['frame']>(folder, model, 'frame', [
    { label: 'square', value: 'square', title: 'The square centre ± half-width' },
    { label: 'fill', value: 'fill', title: 'All available room, with the square in the middle' },
  ]);
  frame.name('frame').onChange((chosen: State['frame']) => edit({ frame: chosen }, 'still'));
  const samples = new TextController<number>(folder, model, 'gridSamples', {
    parse: (text) => parseWhole(text, GRID_SAMPLES_MIN, GRID_SAMPLES_MAX),
    format: String,
    numeric: true,
  });
  samples
    .name('samples per side')
    .onChange((count: number) => edit({ gridSamples: count }, 'still'));
  explain(samples, 'sampleGrid');
}

/** Replaces a quantity that a log-radial picture does not have. */
const EXACT_INSTEAD: Partial<Record<Quantity, Quantity>> = {
  npGradientRows: 'partial2',
  npGradientColumns: 'partial1',
};

function addCenter(folder: GUI, editor: PictureEditor, axis: 0 | 1): TextController<string> {
  const property = axis === 0 ? 'centerX' : 'centerY';
  const center = new TextController<string>(folder, editor.model, property, {
    parse: (text) => {
      parseBetween(text, -CENTER_MAX, CENTER_MAX);
      return text;
    },
    format: (value) => value,
    numeric: true,
  });
  return center.onChange((text: string) => {
    const { unit } = axesOf(editor.field())[axis];
    editor.setCenter(axis, fromUnit(parsePrecisely(text)!, unit));
  });
}

function parseWhole(text: string, min: number, max: number): number {
  const value = parseNumber(text);
  if (!(Number.isInteger(value) && value >= min && value <= max)) {
    throw new Error(`Enter a whole number from ${min} to ${max}.`);
  }
  return value;
}

function parseBetween(text: string, min: number, max: number): number {
  const value = parseNumber(text);
  if (!(value >= min && value <= max)) {
    throw new Error(`Enter a number from ${formatNumber(min, 2)} to ${formatNumber(max, 2)}.`);
  }
  return value;
}
