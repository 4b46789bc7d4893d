import type GUI from 'lil-gui';
import type { Controller } from 'lil-gui';
import { parseNumber } from '../../input/parseNumber.ts';
import type { Field } from '../../model/field.ts';
import { PRESETS } from '../../model/presets.ts';
import { LAMBDA_MAX, LAMBDA_MIN } from '../../model/readouts.ts';
import { nextSeed, previousSeed, randomSeed, withSeed } from '../../model/seeds.ts';
import {
  MAX_LOGITS,
  SHORTHAND_KINDS,
  type ShorthandKind,
  type ShortLogits,
  shorthandOf,
} from '../../model/shorthand.ts';
import { formatNumber } from '../../scales/format.ts';
import type { FieldDrafts } from '../../state/fieldDrafts.ts';
import { fieldOf } from '../../state/fieldDrafts.ts';
import { PRESET_LABELS } from '../../state/labels.ts';
import { parseWidths } from '../../state/widths.ts';
import type { Motion } from '../panel/session.ts';
import { explain } from './concepts.ts';
import {
  ActionsController,
  ChoiceController,
  SliderController,
  TextController,
} from './controllers.ts';
import type { ControlsModel } from './controlsModel.ts';

const LAMBDA_STOPS = [1, 10, 100];
/** The range of the sliders of w, b and the output bias; larger values can be typed. */
const WEIGHT_KNOB = 10;
const WEIGHT_MAX = 1e6;
/** The first random logits. */
const FIRST_LOGIT_COUNT = 4;

export interface FieldEditor {
  readonly model: ControlsModel;
  drafts(): FieldDrafts;
  setField(field: Field, motion: Motion): void;
  edit(patch: object, motion: Motion): void;
}

/** Adds the controllers of the field, and shows those of its kind. */
export function addFieldControls(folder: GUI, editor: FieldEditor): (field: Field) => void {
  const kind = addKind(folder, editor);
  const network = addNetwork(folder, editor);
  const soft = addLogits(folder, editor);
  const seed = addSeed(folder, editor);
  const neuron = addNeuron(folder, editor);
  return (field) => {
    kind.updateDisplay();
    const short = shorthandOf(field);
    const isMlp = short?.kind === 'mlp';
    const hasLogits = short !== null && 'logits' in short;
    const isDrawn = hasLogits && short.logits !== null && 'count' in short.logits;
    for (const controller of Object.values(network)) controller.show(isMlp);
    network.outputBias.show(isMlp && short.outputBias !== null);
    soft.lambda.show(hasLogits && 'lambda' in short);
    soft.stops.show(hasLogits && 'lambda' in short);
    soft.component(hasLogits && 'component' in short);
    soft.logits(hasLogits);
    soft.count.show(isDrawn);
    for (const controller of seed) controller.show(isMlp || isDrawn);
    for (const controller of neuron) controller.show(short !== null && 'weight' in short);
  };
}

function addKind(folder: GUI, editor: FieldEditor): Controller {
  const names = Object.fromEntries(SHORTHAND_KINDS.map((kind) => [PRESET_LABELS[kind], kind]));
  return folder
    .add(editor.model, 'kind', names)
    .name('field')
    .onChange((kind: ShorthandKind) => editor.setField(fieldOf(kind, editor.drafts()), 'still'));
}

function addNetwork(folder: GUI, editor: FieldEditor) {
  const { model } = editor;
  const edit = (change: object, motion: Motion = 'still') =>
    editor.setField(
      fieldOf('mlp', { ...editor.drafts(), mlp: { ...editor.drafts().mlp, ...change } }),
      motion,
    );
  const preset = new ChoiceController(folder, model, 'preset', [
    { label: 'shallow', value: 'shallow', title: '2-20-1' },
    { label: 'deep', value: 'deep', title: '2-5-5-5-5-1' },
  ]);
  preset.onChange((name: keyof typeof PRESETS) => edit({ widths: PRESETS[name] }));
  const widths = new TextController<readonly number[]>(folder, model, 'widths', {
    parse: parseWidths,
    format: (value) => value.join('-'),
    numeric: false,
  });
  widths.onChange((value: readonly number[]) => edit({ widths: value }));
  const activation = new ChoiceController(folder, model, 'activation', [
    { label: 'ReLU', value: 'relu' },
    { label: 'Abs', value: 'abs' },
  ]);
  activation.onChange((value: string) => edit({ activation: value }));
  const outputBiasMode = new ChoiceController(folder, model, 'outputBiasMode', [
    { label: 'random', value: 'drawn' },
    { label: 'custom', value: 'override' },
  ]);
  outputBiasMode
    .name('output bias')
    .onChange((mode: string) => edit({ outputBias: mode === 'drawn' ? null : model.outputBias }));
  explain(outputBiasMode, 'random');
  const outputBias = addWeight(folder, model, 'outputBias').name('bias value');
  outputBias.onChange((value: number) => edit({ outputBias: value }, 'moving'));
  return { preset, widths, activation, outputBiasMode, outputBias };
}

function addLogits(folder: GUI, editor: FieldEditor) {
  const { model } = editor;
  const edit = (change: object, motion: Motion) =>
    editor.setField(fieldOf(model.kind!, { ...editor.drafts(), ...change }), motion);
  const lambda = new SliderController(folder, model, 'lambda', {
    min: LAMBDA_MIN,
    max: LAMBDA_MAX,
    logarithmic: true,
    step: 0,
    format: (value) => formatNumber(value, 4),
  });
  lambda.name('λ').onChange((value: number) => edit({ lambda: value }, 'moving'));
  const choices = LAMBDA_STOPS.map((value) => ({ label: String(value), value }));
  const stops = new ChoiceController(folder, model, 'lambda', choices).name('λ presets');
  stops.onChange((value: number) => edit({ lambda: value }, 'still'));
  const component = folder.add(model, 'component', numberComponents(2));
  component.onChange((value: number) => edit({ component: value }, 'still'));
  const logits = folder.add(model, 'logits', { 'z = x': 'identity', random: 'drawn' });
  explain(logits, 'logits');
  let given: ShortLogits = null;
  logits.onChange((choice: ControlsModel['logits']) => {
    const drawn = { count: FIRST_LOGIT_COUNT, seed: model.seed };
    const source = choice === 'given' ? given : choice === 'drawn' ? drawn : null;
    edit({ logits: source }, 'still');
  });
  const count = new SliderController(folder, model, 'logitCount', {
    min: 2,
    max: MAX_LOGITS,
    step: 1,
    integer: true,
    format: String,
  });
  count.name('K').onChange((value: number) => {
    edit({ logits: { count: value, seed: model.seed } }, 'moving');
  });
  let shownCount = 2;
  return {
    lambda,
    stops,
    count,
    component(shown: boolean): void {
      component.show(shown);
      if (shownCount === model.logitCount) return;
      shownCount = model.logitCount;
      component.options(numberComponents(shownCount));
    },
    logits(shown: boolean): void {
      logits.show(shown);
      const source = editor.drafts().logits;
      if (source === null || 'count' in source || source === given) return;
      // Logits from a script or a link: the controls can return to them.
      given = source;
      logits.options({ 'z = x': 'identity', random: 'drawn', 'as given': 'given' });
    },
  };
}

/** Components by their numbers for people, who count from 1. */
function numberComponents(count: number): Record<string, number> {
  return Object.fromEntries(Array.from({ length: count }, (_, k) => [String(k + 1), k]));
}

function addSeed(folder: GUI, editor: FieldEditor): Controller[] {
  const { model } = editor;
  const setSeed = (seed: number) => {
    const field = withSeed(fieldOf(model.kind!, editor.drafts()), seed);
    if (field) editor.setField(field, 'still');
  };
  const seed = new TextController<number>(folder, model, 'seed', {
    parse(text) {
      const value = parseNumber(text);
      if (!Number.isSafeInteger(value))
        throw new Error('Enter a whole number from −(2⁵³ − 1) to 2⁵³ − 1.');
      return value;
    },
    format: String,
    numeric: true,
  });
  seed.onChange(setSeed);
  const draw = new ActionsController(folder, [
    {
      label: 'previous',
      title: 'Previous seed (shift + r)',
      act: () => setSeed(previousSeed(model.seed)),
    },
    { label: 'next', title: 'Next seed (r)', act: () => setSeed(nextSeed(model.seed)) },
    { label: 'random', title: 'Random seed (a)', act: () => setSeed(randomSeed()) },
  ]);
  return [seed, draw.name('new seed')];
}

function addNeuron(folder: GUI, editor: FieldEditor): Controller[] {
  const { model } = editor;
  const set = () =>
    editor.setField(
      fieldOf(model.kind!, {
        ...editor.drafts(),
        weight: [model.weight1, model.weight2],
        bias: model.bias,
      }),
      'moving',
    );
  return [
    addWeight(folder, model, 'weight1').name('w₁').onChange(set),
    addWeight(folder, model, 'weight2').name('w₂').onChange(set),
    addWeight(folder, model, 'bias').name('b').onChange(set),
    folder
      .add(model, 'showsPoints')
      .name('example points')
      .onChange((shown: boolean) => editor.edit({ points: shown ? 'exercise' : 'none' }, 'still')),
  ];
}

function addWeight(
  folder: GUI,
  model: ControlsModel,
  property: keyof ControlsModel,
): SliderController {
  return new SliderController(folder, model, property, {
    min: -WEIGHT_KNOB,
    max: WEIGHT_KNOB,
    step: 0.1,
    typed: { min: -WEIGHT_MAX, max: WEIGHT_MAX },
    format: (value) => formatNumber(value, 6),
  });
}
