import type GUI from 'lil-gui';
import type { Controller } from 'lil-gui';
import { parseNumber } from '../../input/parseNumber.ts';
import { widthsOf } from '../../model/drawnNetwork.ts';
import type { Field } from '../../model/field.ts';
import type { NetworkSource } from '../../model/networks.ts';
import { PRESETS } from '../../model/presets.ts';
import { READOUTS } from '../../model/readouts.ts';
import { nextSeed, previousSeed, randomSeed } from '../../model/seeds.ts';
import { MAX_LOGITS, shorthandOf } from '../../model/shorthand.ts';
import { formatNumber } from '../../scales/format.ts';
import { networkOfKind, planeNeuron } from '../../state/fieldDrafts.ts';
import { parseWidths } from '../../state/widths.ts';
import type { Motion } from '../panel/session.ts';
import { addActivations } from './activationControls.ts';
import { explain } from './concepts.ts';
import { ActionsController, ChoiceController } from './controllers.ts';
import type { ControlsModel } from './controlsModel.ts';
import type { FieldEditor, ShowField } from './fieldEditor.ts';
import { MenuController } from './menuController.ts';
import { addModelControls } from './modelControls.ts';
import { SliderController } from './sliderController.ts';
import { TextController } from './textController.ts';

/** The range of the sliders of w, b and the output bias; larger values can be typed. */
const WEIGHT_KNOB = 10;
const WEIGHT_MAX = 1e6;

const IDENTITY = { label: 'z = x', value: 'identity' } as const;
const DRAWN = { label: 'random', value: 'drawn' } as const;
const GIVEN = { label: 'as given', value: 'explicit' } as const;
const OF_FILE = { label: 'of a file', value: 'model' } as const;

/** Adds the controllers of the network, and shows those of its kind. */
export function addNetworkControls(folder: GUI, editor: FieldEditor): ShowField {
  const showSource = addSource(folder, editor);
  const showModel = addModelControls(folder, editor);
  const shape = addShape(folder, editor);
  const showActivations = addActivations(folder, editor);
  const seed = addSeed(folder, editor);
  const bias = addOutputBias(folder, editor);
  const neuron = addNeuron(folder, editor);
  folder
    .add(editor.model, 'diagram')
    .name('diagram (g)')
    .onChange((diagram: boolean) => editor.edit({ diagram }, 'still'));
  return (field) => {
    const { network } = field;
    const isDrawn = network.kind === 'drawn';
    const areLogits = isDrawn && isOfLogits(field);
    showSource(field);
    showModel(field);
    shape.preset.show(isDrawn && !areLogits);
    shape.count.show(areLogits);
    shape.widths.show(isDrawn);
    showActivations(field);
    for (const controller of seed) controller.show(isDrawn);
    bias.mode.show(isDrawn && !areLogits);
    bias.value.show(isDrawn && network.outputBias !== null);
    const isNeuron = planeNeuron(network) !== null;
    for (const controller of neuron) controller.show(isNeuron);
  };
}

/** Whether the network is a set of logits of the plane, as softmax presets have. */
function isOfLogits(field: Field): boolean {
  const short = shorthandOf(field);
  return short !== null && 'logits' in short;
}

function addSource(folder: GUI, editor: FieldEditor): ShowField {
  const source = new MenuController<NetworkSource['kind']>(folder, editor.model, 'source');
  const { button } = explain(source, 'logits');
  source.onChange((kind: NetworkSource['kind']) => {
    const network = networkOfKind(kind, editor.drafts(), editor.field().network, editor.model.seed);
    editor.editField({ network }, 'still');
  });
  return (field) => {
    const areLogits = isOfLogits(field);
    source.name(areLogits ? 'logits' : 'weights');
    button.hidden = !areLogits;
    source.show(planeNeuron(field.network) === null);
    const { given, model } = editor.drafts();
    const others = [given ? [GIVEN] : [], model ? [OF_FILE] : []].flat();
    source.setOptions([IDENTITY, DRAWN, ...others]);
  };
}

function addShape(folder: GUI, editor: FieldEditor) {
  const { model } = editor;
  const setWidths = (widths: readonly number[], motion: Motion = 'still') => {
    // A single output has none to be compared with.
    const compares = !READOUTS[editor.field().readout.kind].ofOne;
    const isSingle = widths.at(-1) === 1;
    const readout = compares && isSingle ? { readout: { kind: 'output' } } : {};
    editor.editField({ network: { widths }, ...readout }, motion);
  };
  const preset = new ChoiceController(folder, model, 'preset', [
    { label: 'shallow', value: 'shallow', title: '2-20-1' },
    { label: 'deep', value: 'deep', title: '2-5-5-5-5-1' },
  ]);
  preset.onChange((name: keyof typeof PRESETS) => setWidths(PRESETS[name]));
  const widths = new TextController<readonly number[]>(folder, model, 'widths', {
    parse: (text) => parseWidths(text, widthsOf(editor.field().network)),
    format: (value) => value.join('-'),
    numeric: false,
  });
  widths.onChange((value: readonly number[]) => setWidths(value));
  const count = new SliderController(folder, model, 'outputs', {
    min: 2,
    max: MAX_LOGITS,
    step: 1,
    integer: true,
    format: String,
  });
  count.name('K').onChange((value: number) => setWidths([2, value], 'moving'));
  return { preset, widths, count };
}

function addSeed(folder: GUI, editor: FieldEditor): Controller[] {
  const { model } = editor;
  const setSeed = (seed: number) => editor.editField({ network: { seed } }, 'still');
  const seed = new TextController<number>(folder, model, 'seed', {
    parse: parseSeed,
    format: String,
    numeric: true,
  });
  seed.onChange(setSeed);
  explain(seed, 'random');
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

/** @throws Error whose message says what a seed is */
export function parseSeed(text: string): number {
  const value = parseNumber(text);
  if (!Number.isSafeInteger(value))
    throw new Error('Enter a whole number from −(2⁵³ − 1) to 2⁵³ − 1.');
  return value;
}

function addOutputBias(folder: GUI, editor: FieldEditor) {
  const { model } = editor;
  const edit = (outputBias: number | null, motion: Motion) =>
    editor.editField({ network: { outputBias } }, motion);
  const mode = new ChoiceController(folder, model, 'outputBiasMode', [
    { label: 'random', value: 'drawn' },
    { label: 'custom', value: 'override' },
  ]);
  mode
    .name('output bias')
    .onChange((chosen: ControlsModel['outputBiasMode']) =>
      edit(chosen === 'drawn' ? null : model.outputBias, 'still'),
    );
  const value = addWeight(folder, model, 'outputBias').name('bias value');
  value.onChange((bias: number) => edit(bias, 'moving'));
  return { mode, value };
}

function addNeuron(folder: GUI, editor: FieldEditor): Controller[] {
  const { model } = editor;
  const set = () => {
    const weight = [[model.weight1, model.weight2]];
    const layers = [{ weight, bias: [model.bias], activation: 'identity' }];
    editor.editField({ network: { layers } }, 'moving');
  };
  return [
    addWeight(folder, model, 'weight1').name('w₁').onChange(set),
    addWeight(folder, model, 'weight2').name('w₂').onChange(set),
    addWeight(folder, model, 'bias').name('b').onChange(set),
    folder
      .add(model, 'showsPoints')
      .name('example points')
      .onChange((shown: boolean) =>
        editor.edit({ data: shown ? { kind: 'exercise' } : null }, 'still'),
      ),
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
