import type GUI from 'lil-gui';
import { shapeOf } from '../../model/drawnNetwork.ts';
import {
  LAMBDA_MAX,
  LAMBDA_MIN,
  READOUT_KINDS,
  READOUTS,
  type ReadoutKind,
  type Wins,
} from '../../model/readouts.ts';
import { formatNumber } from '../../scales/format.ts';
import { readoutOf } from '../../state/fieldDrafts.ts';
import { readoutCount, reasonAgainstReadout } from '../../state/readoutChoices.ts';
import type { Motion } from '../panel/session.ts';
import { ActionsController, ChoiceController } from './controllers.ts';
import type { FieldEditor, ShowField } from './fieldEditor.ts';
import { MenuController, numberOptions } from './menuController.ts';
import { SliderController } from './sliderController.ts';

const LAMBDA_STOPS = [1, 10, 100];

/** What the number of a readout counts; outputs if nothing else. */
const INDEX_NAMES: Readonly<Partial<Record<ReadoutKind, string>>> = {
  softmax: 'component',
  argmax: 'component',
  neuron: 'neuron',
};

/** Adds the controllers of the readout, and shows those of its kind. */
export function addReadoutControls(folder: GUI, editor: FieldEditor): ShowField {
  const { model } = editor;
  const edit = (readout: object, motion: Motion = 'still') => editor.editField({ readout }, motion);
  const kind = new MenuController<ReadoutKind>(folder, model, 'readout');
  kind.onChange((chosen: ReadoutKind) =>
    edit(readoutOf(chosen, editor.drafts(), editor.field().network)),
  );
  const layer = new MenuController<number>(folder, model, 'layer');
  layer.onChange((chosen: number) => edit({ layer: chosen, index: 0 }));
  const index = new MenuController<number>(folder, model, 'index');
  index.onChange((chosen: number) => edit({ index: chosen }));
  const stage = new ChoiceController(folder, model, 'stage', [
    { label: 'before', value: 'preactivation', title: 'The input of its activation' },
    { label: 'after', value: 'activation', title: 'The output of its activation' },
  ]);
  stage.name('activation').onChange((chosen: string) => edit({ stage: chosen }));
  const wins = new ChoiceController<Wins>(folder, model, 'wins', [
    { label: 'greatest', value: 'greatest', title: 'The greatest output wins' },
    { label: 'least', value: 'least', title: 'The least output wins' },
  ]);
  wins.onChange((chosen: Wins) => edit({ wins: chosen }));
  const lambda = addLambda(folder, editor);
  const showOutputs = addOutputs(folder, editor);
  return (field) => {
    const { network, readout } = field;
    const { hidden } = shapeOf(network);
    kind.setOptions(
      READOUT_KINDS.map((value) => ({
        label: READOUTS[value].label,
        value,
        reason: reasonAgainstReadout(value, network),
      })),
    );
    layer.show('layer' in readout).setOptions(numberOptions(hidden.length));
    const count = readoutCount(field);
    index.name(INDEX_NAMES[readout.kind] ?? 'output');
    index.show(count > 1).setOptions(numberOptions(count));
    stage.show('stage' in readout);
    wins.show('wins' in readout);
    for (const controller of lambda) controller.show('lambda' in readout);
    showOutputs(field);
  };
}

function addLambda(folder: GUI, { model, editField }: FieldEditor) {
  const edit = (lambda: number, motion: Motion) => editField({ readout: { lambda } }, motion);
  const slider = new SliderController(folder, model, 'lambda', {
    min: LAMBDA_MIN,
    max: LAMBDA_MAX,
    logarithmic: true,
    step: 0,
    format: (value) => formatNumber(value, 4),
  });
  slider.name('λ').onChange((value: number) => edit(value, 'moving'));
  const choices = LAMBDA_STOPS.map((value) => ({ label: String(value), value }));
  const stops = new ChoiceController(folder, model, 'lambda', choices).name('λ presets');
  stops.onChange((value: number) => edit(value, 'still'));
  return [slider, stops];
}

/** From one output, or neuron, to the next, and to all outputs at once. */
function addOutputs(folder: GUI, editor: FieldEditor): ShowField {
  const one = { previous: 'previous output', next: 'next output' };
  const actions = new ActionsController(folder, [
    {
      label: '←',
      name: one.previous,
      title: 'Previous output (shift + o)',
      act: () => editor.stepOutput(-1),
    },
    { label: '→', name: one.next, title: 'Next output (o)', act: () => editor.stepOutput(1) },
    {
      label: 'all outputs',
      title: 'Show each output in a panel of its own',
      act: () => editor.showAllOutputs(),
    },
  ]);
  actions.name('go to');
  return (field) => {
    const hasSeveral = shapeOf(field.network).outputs > 1;
    actions.show(hasSeveral || readoutCount(field) > 1);
    const reason = hasSeveral ? null : 'The network has a single output.';
    actions.disableActions({ 'all outputs': reason });
  };
}
