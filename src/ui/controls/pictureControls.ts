import type GUI from 'lil-gui';
import type { Controller } from 'lil-gui';
import { parseNumber } from '../../input/parseNumber.ts';
import { isSmooth, shapeOf } from '../../model/drawnNetwork.ts';
import type { Field, Quantity } from '../../model/field.ts';
import type { NetworkSource } from '../../model/networks.ts';
import { isOfSamples, QUANTITIES } from '../../model/quantities.ts';
import type { DoubleDouble } from '../../numeric/doubleDouble.ts';
import type { ColormapName } from '../../scales/colormaps.ts';
import { COLORMAP_LABELS, COLORMAP_NAMES, isDiverging } from '../../scales/colormaps.ts';
import { formatNumber } from '../../scales/format.ts';
import { QUANTITY_LABELS } from '../../state/labels.ts';
import type { Range, State } from '../../state/state.ts';
import { isShownIn } from '../../state/validate.ts';
import { make, setText } from '../dom/elements.ts';
import type { Motion } from '../panel/session.ts';
import { explain } from './concepts.ts';
import { ChoiceController } from './controllers.ts';
import type { ControlsModel } from './controlsModel.ts';
import { disableController } from './disableController.ts';
import { MenuController } from './menuController.ts';
import { addNorm } from './normControls.ts';
import { SliderController } from './sliderController.ts';
import { TextController } from './textController.ts';

export interface PictureEditor {
  readonly model: ControlsModel;
  field(): Field;
  edit(patch: object, motion: Motion): void;
  setCenter(axis: 0 | 1, value: DoubleDouble): void;
  /** The range of the current picture; null before the first and for regions. */
  shownRange(): { readonly min: number; readonly max: number } | null;
}

/** Digits of a range that is copied from the picture, so that it is easy to read and edit. */
const RANGE_DIGITS = 4;
const NO_GRID = 'log-radial has no even grid';
const NO_REGIONS = 'a smooth network has none';
const NO_HINGES = 'A smooth network has no hinges.';
const NO_CLASSES =
  'Only classes of the greatest output are shaded: choose the readout “class that wins”.';
const NO_BOUNDARIES = 'A single output has no boundary with another one.';
const NO_ANTIALIASING = 'np.gradient is shown sample by sample, each in one colour.';

/**
 * Adds the controllers of quantity, colours, range, norm, contours and sampling.
 *
 * @returns a function that shows the controllers for the state; call it after the model has changed.
 */
export function addPictureControls(folder: GUI, editor: PictureEditor): (field: Field) => void {
  const showQuantities = addQuantity(folder, editor);
  const note = make('p', { class: 'reason' });
  folder.$children.append(note);
  const colormap = addColors(folder, editor);
  const range = addRange(folder, editor);
  const norm = addNorm(folder, editor.model, editor.edit);
  const contours = addContours(folder, editor);
  const { hinges, boundaries, shade } = addLines(folder, editor);
  const sampling = addSampling(folder, editor);
  return ({ network }) => {
    showQuantities(network);
    range.show();
    norm.show();
    const reason = editor.model.ownColors;
    setText(note, reason ?? '');
    for (const controller of [colormap, range.mode, norm.kind, ...contours]) {
      disableController(controller, reason);
    }
    disableController(hinges, isSmooth(network) ? NO_HINGES : null);
    disableController(boundaries, shapeOf(network).outputs === 1 ? NO_BOUNDARIES : null);
    disableController(shade, editor.model.hasClasses ? null : NO_CLASSES);
    disableController(sampling, isOfSamples(editor.model.quantity) ? NO_ANTIALIASING : null);
  };
}

function addQuantity(folder: GUI, editor: PictureEditor): (network: NetworkSource) => void {
  const { model } = editor;
  const choice = new MenuController<Quantity>(folder, model, 'quantity');
  choice.onChange((quantity: Quantity) => editor.edit({ quantity }, 'still'));
  explain(choice, 'npGradient');
  return (network) => {
    choice.setOptions(
      QUANTITIES.map((value) => ({
        label: QUANTITY_LABELS[value],
        value,
        reason: isShownIn(model.projection, value) ? reasonAgainst(value, network) : NO_GRID,
      })),
    );
  };
}

function reasonAgainst(quantity: Quantity, network: NetworkSource): string | null {
  return quantity === 'region' && isSmooth(network) ? NO_REGIONS : null;
}

function addColors(folder: GUI, editor: PictureEditor): Controller {
  const { model } = editor;
  const maps = Object.fromEntries(COLORMAP_NAMES.map((name) => [COLORMAP_LABELS[name], name]));
  return folder
    .add(model, 'colormap', maps)
    .name('colour map')
    .onChange((colormap: ColormapName) => {
      // The middle of a diverging map represents 0, which an automatic range does not centre.
      const centre = isDiverging(colormap) && model.rangeMode === 'auto';
      editor.edit(centre ? { colormap, range: { mode: 'symmetric' } } : { colormap }, 'still');
    });
}

function addRange(folder: GUI, editor: PictureEditor): { mode: Controller; show(): void } {
  const { model } = editor;
  const mode = new ChoiceController(folder, model, 'rangeMode', [
    { label: 'auto', value: 'auto', title: 'From the minimum to the maximum of the view' },
    { label: 'symmetric', value: 'symmetric', title: 'Symmetric about 0' },
    { label: 'fixed', value: 'fixed', title: 'From min to max, as typed' },
  ]);
  mode.name('range').onChange((name: Range['mode']) => {
    const shown = editor.shownRange();
    if (name !== 'fixed') editor.edit({ range: { mode: name } }, 'still');
    else
      editor.edit(
        { range: fixedRange(shown ?? { min: model.rangeMin, max: model.rangeMax }) },
        'still',
      );
  });
  const setRange = (min: number, max: number) =>
    editor.edit({ range: { mode: 'fixed', min, max } }, 'still');
  const min = new TextController<number>(folder, model, 'rangeMin', {
    parse: (text) => parseBound(text, (value) => value < model.rangeMax, 'less than max'),
    format: (value) => formatNumber(value, 10),
    numeric: true,
  });
  const max = new TextController<number>(folder, model, 'rangeMax', {
    parse: (text) => parseBound(text, (value) => value > model.rangeMin, 'greater than min'),
    format: (value) => formatNumber(value, 10),
    numeric: true,
  });
  // In either order: an end that was wrong may be right with the other one.
  min.name('min').onChange((value: number) => {
    setRange(value, model.rangeMax);
    max.reconsider();
  });
  max.name('max').onChange((value: number) => {
    setRange(model.rangeMin, value);
    min.reconsider();
  });
  return {
    mode,
    show() {
      min.show(model.rangeMode === 'fixed');
      max.show(model.rangeMode === 'fixed');
    },
  };
}

/** The shown range, rounded outwards to fewer digits; never empty. */
function fixedRange({ min, max }: { readonly min: number; readonly max: number }): Range {
  const short = (value: number) => Number(value.toPrecision(RANGE_DIGITS));
  if (short(min) < short(max)) return { mode: 'fixed', min: short(min), max: short(max) };
  if (min < max) return { mode: 'fixed', min, max };
  const margin = Math.max(1, Math.abs(min));
  return { mode: 'fixed', min: min - margin, max: max + margin };
}

function parseBound(text: string, fits: (value: number) => boolean, where: string): number {
  const value = parseNumber(text);
  if (!Number.isFinite(value) || !fits(value)) throw new Error(`Enter a number ${where}.`);
  return value;
}

function addContours(folder: GUI, editor: PictureEditor): Controller[] {
  const { model } = editor;
  const set = (motion: Motion) =>
    editor.edit(
      { contours: { filled: model.filled, lines: model.lines, count: model.contourCount } },
      motion,
    );
  const filled = folder
    .add(model, 'filled')
    .name('filled contours')
    .onChange(() => set('still'));
  const lines = folder
    .add(model, 'lines')
    .name('contour lines')
    .onChange(() => set('still'));
  const count = new SliderController(folder, model, 'contourCount', {
    min: 2,
    max: 64,
    step: 1,
    integer: true,
    format: String,
  });
  count.name('levels').onChange(() => set('moving'));
  return [filled, lines, count];
}

/** Lines over the picture. */
function addLines(folder: GUI, { model, edit }: PictureEditor) {
  const hinges = folder.add(model, 'hinges').name('hinge lines');
  hinges.onChange((shown: boolean) => edit({ hinges: shown }, 'still'));
  explain(hinges, 'hinge');
  const boundaries = folder.add(model, 'boundaries').name('class boundaries');
  boundaries.onChange((shown: boolean) => edit({ boundaries: shown }, 'still'));
  explain(boundaries, 'boundary');
  const shade = folder.add(model, 'shade').name('shade classes');
  shade.onChange((shown: boolean) => edit({ shade: shown }, 'still'));
  explain(shade, 'shade');
  return { hinges, boundaries, shade };
}

function addSampling(folder: GUI, { model, edit }: PictureEditor): Controller {
  const choice = new ChoiceController<State['supersampling']>(folder, model, 'supersampling', [
    { label: 'auto', value: 'auto', title: '4×, or 1× without a GPU' },
    { label: '1×', value: 1, title: 'One sample per device pixel' },
    { label: '2×', value: 2, title: '2 × 2 samples per device pixel' },
    { label: '4×', value: 4, title: '4 × 4 samples per device pixel' },
  ]);
  return choice
    .name('antialiasing')
    .onChange((supersampling: State['supersampling']) => edit({ supersampling }, 'still'));
}
