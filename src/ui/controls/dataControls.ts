import type GUI from 'lil-gui';
import type { Controller } from 'lil-gui';
import { type SourceKind, traitsOf } from '../../data/kinds.ts';
import { dataSetIfLoaded } from '../../data/loadDataSet.ts';
import { DATA_KIND_NAMES } from '../../data/readDataSpec.ts';
import { shapeOf } from '../../model/drawnNetwork.ts';
import { projectOnSlice } from '../../model/projectOnSlice.ts';
import { formatNumber } from '../../scales/format.ts';
import { DIGITS_SPLIT } from '../../state/beginTraining.ts';
import type { State } from '../../state/state.ts';
import type { PointsTool } from '../panel/pointsTool.ts';
import type { Motion } from '../panel/session.ts';
import { ActionsController } from './controllers.ts';
import { MenuController } from './menuController.ts';
import { SliderController, type SliderScale } from './sliderController.ts';
import { TextController } from './textController.ts';

export interface DataEditor {
  edit(patch: object, motion: Motion): void;
  /** Lets a person choose a file of points. */
  openData(): void;
  readonly points: PointsTool;
}

const NONE = 'none';
/** Kinds of which a menu can make one: given points come from clicks, scripts and links. */
const CHOICES = [NONE, ...DATA_KIND_NAMES] as const;
const FIRST_FORMULA = 'sin(3 x1) + x2^2 / 4';
/** What the menu gives a kind besides its defaults. */
const FIRST_MEMBERS: Readonly<Partial<Record<SourceKind, object>>> = {
  formula: { formula: FIRST_FORMULA },
  digits: { split: DIGITS_SPLIT },
};
/** Room around points that are zoomed to. */
const ROOM = 1.1;
const LABELS_MAX = 9;

const text = (value: number) => formatNumber(value, 6);
/** The knobs of numbers that a kind may have. */
const SCALES: Readonly<Record<string, SliderScale & { readonly name: string }>> = {
  samples: {
    name: 'samples',
    ...{ min: 10, max: 2000, step: 1, integer: true, logarithmic: true, format: String },
    typed: { min: 1, max: 100_000 },
  },
  noise: { name: 'noise', min: 0, max: 1, step: 0.01, typed: { min: 0, max: 1e6 }, format: text },
  factor: { name: 'inner radius', min: 0, max: 0.99, step: 0.01, format: text },
  centers: {
    name: 'centres',
    ...{ min: 2, max: 10, step: 1, integer: true, format: String },
    typed: { min: 2, max: 256 },
  },
  standardDeviation: {
    name: 'spread',
    ...{ min: 0, max: 5, step: 0.1, format: text },
    typed: { min: 0, max: 1e6 },
  },
  turns: {
    name: 'turns',
    min: 0.25,
    max: 4,
    step: 0.25,
    typed: { min: 0, max: 100 },
    format: text,
  },
  halfWidth: {
    name: 'half-width',
    ...{ min: 0.5, max: 50, step: 0.1, logarithmic: true, format: text },
    typed: { min: 1e-6, max: 1e15 },
  },
  seed: {
    name: 'seed',
    ...{ min: 0, max: 100, step: 1, integer: true, format: String },
    typed: { min: 0, max: 2 ** 32 - 1 },
  },
};

/** Adds the controllers of the data set whose points lie over the picture. */
export function addDataControls(
  folder: GUI,
  { edit, openData, points }: DataEditor,
): (state: State) => void {
  const model: Record<string, number | string | boolean> = {
    kind: NONE,
    dataPoints: true,
    testSize: 0,
    formula: FIRST_FORMULA,
  };
  for (const [name, { min }] of Object.entries(SCALES)) model[name] = min;
  const kind = new MenuController<string>(folder, model, 'kind').name('data');
  kind.onChange((chosen: string) => edit({ data: patchOf(chosen) }, 'still'));
  new ActionsController(folder, [
    {
      label: 'Open a file…',
      title: 'Points from a table (.csv) or arrays x and y (.npz)',
      act: openData,
    },
  ]).name('points');
  const members = addMembers(folder, model, edit);
  const test = new SliderController(folder, model, 'testSize', {
    ...{ min: 0, max: 0.9, step: 0.05, format: text },
  });
  test.name('for testing').onChange((testSize: number) => {
    edit({ data: { split: testSize > 0 ? { testSize } : null } }, 'moving');
  });
  const drawn = folder.add(model, 'dataPoints').name('points drawn');
  drawn.onChange((dataPoints: boolean) => edit({ dataPoints }, 'still'));
  let shown: State | null = null;
  const look = new ActionsController(folder, [
    {
      label: 'zoom to them',
      title: 'The square that holds all points',
      act: () => zoomTo(shown!, edit),
    },
  ]).name('view');
  const showTool = addTool(folder, points);
  return (state) => {
    shown = state;
    const { data } = state;
    kind.setOptions(optionsFor(data?.kind ?? NONE));
    const { dataPoints } = state;
    const testSize = data?.split?.testSize ?? 0;
    Object.assign(model, data, { kind: data?.kind ?? NONE, testSize, dataPoints });
    for (const [name, controller] of members) controller.show(data !== null && name in data);
    test.show(data !== null);
    drawn.show(data !== null);
    look.show(data !== null);
    kind.updateDisplay();
    showTool();
  };
}

/** Points that were given are named while there are some; there are none to be made. */
function optionsFor(current: string) {
  return CHOICES.filter((kind) => kind !== 'points' || current === 'points').map((value) => ({
    value: value as string,
    label: value === NONE ? 'none' : traitsOf(value).title,
  }));
}

function patchOf(kind: string): object | null {
  if (kind === NONE) return null;
  return { kind, ...FIRST_MEMBERS[kind as SourceKind] };
}

function addMembers(
  folder: GUI,
  model: object,
  edit: DataEditor['edit'],
): ReadonlyMap<string, Controller> {
  const formula = new TextController<string>(folder, model, 'formula', {
    parse: (typed) => typed,
    format: String,
    numeric: false,
  });
  formula
    .name('f(x₁, x₂)')
    .onChange((typed: string) => edit({ data: { formula: typed } }, 'still'));
  const sliders = Object.entries(SCALES).map(([member, { name, ...scale }]) => {
    const slider = new SliderController(folder, model, member, scale).name(name);
    slider.onChange((value: number) => edit({ data: { [member]: value } }, 'moving'));
    return [member, slider] as const;
  });
  return new Map<string, Controller>([['formula', formula], ...sliders]);
}

/** The controllers of the tool that edits points. */
function addTool(folder: GUI, points: PointsTool): () => void {
  const model = { on: false, label: 1, brush: false };
  const on = folder.add(model, 'on').name('edit points (c)');
  on.onChange((next: boolean) => {
    points.on = next;
  });
  const label = new SliderController(folder, model, 'label', {
    ...{ min: 1, max: LABELS_MAX, step: 1, integer: true, format: String },
    typed: { min: 1, max: 256 },
  });
  label.name('class').onChange((next: number) => {
    points.label = next - 1;
  });
  const brush = folder.add(model, 'brush').name('drag sprays');
  brush.onChange((next: boolean) => {
    points.brush = next;
  });
  return () => {
    Object.assign(model, { on: points.on, label: points.label + 1, brush: points.brush });
    for (const controller of [label, brush]) controller.show(points.on);
    for (const controller of [on, label, brush]) controller.updateDisplay();
  };
}

function zoomTo({ data, field }: State, edit: DataEditor['edit']): void {
  const set = data && dataSetIfLoaded(data);
  if (!set || set.inputs !== shapeOf(field.network).inputs) return;
  const places = [set.train, ...(set.test ? [set.test] : [])].flatMap(({ x }) => [
    ...projectOnSlice(field.slice, x).places,
  ]);
  const [along1, along2] = [0, 1].map((axis) => {
    const values = places.filter((_, i) => i % 2 === axis);
    const [least, most] = values.reduce(
      ([low, high], value) => [Math.min(low, value), Math.max(high, value)] as const,
      [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] as const,
    );
    return { middle: (least + most) / 2, half: (most - least) / 2 };
  }) as [Extent, Extent];
  const half = Math.max(along1.half, along2.half);
  const halfWidth = half > 0 ? Number((ROOM * half).toPrecision(3)) : 1;
  const center = [along1.middle, along2.middle].map((value) => Number(value.toPrecision(4)));
  edit({ view: { center, halfWidth } }, 'still');
}

interface Extent {
  readonly middle: number;
  readonly half: number;
}
