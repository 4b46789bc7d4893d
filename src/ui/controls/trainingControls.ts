import type GUI from 'lil-gui';
import { DATA_KINDS, type SourceKind } from '../../data/kinds.ts';
import { readDataSpec } from '../../data/readDataSpec.ts';
import { formatNumber } from '../../scales/format.ts';
import type { State } from '../../state/state.ts';
import { INITIALIZATIONS } from '../../training/initialization.ts';
import { LOSS_KINDS, LOSSES } from '../../training/losses.ts';
import { DEFAULT_OPTIMIZERS, MAX_STEPS } from '../../training/readRecipe.ts';
import type { Initialization, LossKind, Optimizer } from '../../training/recipe.ts';
import type { PanelTraining } from '../training/panelTraining.ts';
import { ActionsController, SliderController } from './controllers.ts';
import { MenuController } from './menuController.ts';

/** The data sets that a menu can offer: those that need no numbers of a person's own. */
const OFFERED: readonly SourceKind[] = [
  ...(['moons', 'circles', 'blobs', 'spirals', 'xor', 'exercise', 'digits'] as const),
];
const DRAWN: ReadonlySet<string> = new Set(['moons', 'circles', 'spirals', 'xor']);

interface TrainingModel {
  data: SourceKind | 'none';
  samples: number;
  noise: number;
  dataSeed: number;
  testShare: number;
  loss: LossKind;
  optimizer: Optimizer['kind'];
  rate: number;
  batch: number;
  steps: number;
  initialization: Initialization;
}

export interface TrainingActions {
  readonly training: PanelTraining;
  edit(patch: object, motion: 'still'): void;
}

const SHARE = { min: 0, max: 0.5, step: 0.05, typed: { min: 0, max: 0.99 } };
const SEEDS = { min: 0, max: 100, step: 1, typed: { min: 0, max: 2 ** 32 - 1 }, integer: true };
const SAMPLES = { min: 20, max: 2000, step: 20, typed: { min: 4, max: 100_000 }, integer: true };
const BATCHES = { min: 0, max: 100, step: 5, typed: { min: 0, max: 1_000_000 }, integer: true };
const STEPS = {
  ...{ min: 100, max: 100_000, step: 100, logarithmic: true },
  ...{ typed: { min: 1, max: MAX_STEPS }, integer: true },
};
const RATES = { min: 1e-4, max: 10, step: 1e-4, logarithmic: true, typed: { min: 0, max: 1e9 } };
const format = (value: number) => formatNumber(value, 6);

/** Adds the controllers of data and training. */
export function addTrainingControls(folder: GUI, actions: TrainingActions): (state: State) => void {
  const model: TrainingModel = {
    ...{ data: 'none', samples: 200, noise: 0.1, dataSeed: 0, testShare: 0 },
    ...{ loss: 'crossEntropy', optimizer: 'adam', rate: 0.01, batch: 0, steps: 5000 },
    initialization: 'pytorch',
  };
  const editData = (member: object) => actions.edit({ data: member }, 'still');
  const editRecipe = (recipe: object) => actions.edit({ run: { recipe } }, 'still');
  const slider = (name: keyof TrainingModel, label: string, scale: object) =>
    new SliderController(folder, model, name, { format, ...scale } as never).name(label);

  const data = new MenuController<TrainingModel['data']>(folder, model, 'data');
  data.name('data').onChange((kind: TrainingModel['data']) => {
    actions.edit({ data: kind === 'none' ? null : { kind } }, 'still');
  });
  const samples = slider('samples', 'points', SAMPLES);
  samples.onFinishChange((value: number) => editData({ samples: value }));
  const noise = slider('noise', 'noise', {
    min: 0,
    max: 1,
    step: 0.02,
    typed: { min: 0, max: 1e6 },
  });
  noise.onFinishChange((value: number) => editData({ noise: value }));
  const dataSeed = slider('dataSeed', 'seed of the data', SEEDS);
  dataSeed.onFinishChange((seed: number) => editData({ seed }));
  const testShare = slider('testShare', 'share for testing', SHARE);
  testShare.onFinishChange((testSize: number) =>
    editData({ split: testSize === 0 ? null : { testSize, seed: 0 } }),
  );
  const begin = new ActionsController(folder, [
    {
      label: 'Train the network',
      title: 'Let the network of this panel learn from the data',
      act: () => {
        const kind = model.data === 'none' ? 'moons' : model.data;
        void actions.training.begin(shownData ?? readDataSpec({ kind }));
      },
    },
    {
      label: 'Stop training',
      title: 'Keep the network as it is now',
      act: () => actions.edit({ run: null }, 'still'),
    },
  ]).name('training');
  let shownData: State['data'] = null;

  const loss = new MenuController<LossKind>(folder, model, 'loss');
  loss.setOptions(LOSS_KINDS.map((value) => ({ label: LOSSES[value].label, value })));
  loss.onChange((value: LossKind) => editRecipe({ loss: value }));
  const optimizer = new MenuController<Optimizer['kind']>(folder, model, 'optimizer');
  const kinds = Object.keys(DEFAULT_OPTIMIZERS) as Optimizer['kind'][];
  optimizer.setOptions(kinds.map((value) => ({ label: value, value })));
  optimizer
    .name('optimiser')
    .onChange((kind: Optimizer['kind']) =>
      editRecipe({ optimizer: { kind, learningRate: model.rate } }),
    );
  let shownOptimizer: Optimizer = DEFAULT_OPTIMIZERS.adam;
  const rate = slider('rate', 'learning rate', RATES);
  rate.onFinishChange((learningRate: number) =>
    editRecipe({ optimizer: { ...shownOptimizer, learningRate } }),
  );
  const batch = slider('batch', 'batch (0 = all)', BATCHES);
  batch.onFinishChange((size: number) =>
    editRecipe({ batch: size === 0 ? null : { size, seed: 0 } }),
  );
  const steps = slider('steps', 'steps', STEPS);
  steps.onFinishChange((value: number) => editRecipe({ steps: value }));
  const initialization = new MenuController<Initialization>(folder, model, 'initialization');
  initialization.setOptions(INITIALIZATIONS.map((value) => ({ label: value, value })));
  let shownNetwork: object = {};
  initialization
    .name('first weights')
    .onChange((value: Initialization) =>
      editRecipe({ network: { ...shownNetwork, initialization: value } }),
    );

  return ({ data: spec, run }) => {
    shownData = spec;
    const drawn: Partial<Record<'samples' | 'noise' | 'seed', number>> = { ...spec };
    Object.assign(model, {
      data: spec?.kind ?? 'none',
      samples: drawn.samples ?? model.samples,
      noise: drawn.noise ?? model.noise,
      dataSeed: drawn.seed ?? model.dataSeed,
      testShare: spec?.split?.testSize ?? 0,
    });
    const offered =
      spec === null || OFFERED.includes(spec.kind) ? OFFERED : [...OFFERED, spec.kind];
    data.setOptions([
      { label: 'none', value: 'none' },
      ...offered.map((value) => ({ label: DATA_KINDS[value].title, value })),
    ]);
    const isDrawn = spec !== null && DRAWN.has(spec.kind);
    samples.show(isDrawn || spec?.kind === 'blobs');
    noise.show(isDrawn);
    dataSeed.show(isDrawn || spec?.kind === 'blobs');
    testShare.show(spec !== null);
    begin.disableActions({ 'Stop training': run === null ? 'Nothing is being trained.' : null });
    for (const part of [loss, optimizer, rate, batch, steps, initialization]) {
      part.show(run !== null);
    }
    if (run === null) return;
    const { recipe } = run;
    shownOptimizer = recipe.optimizer;
    shownNetwork = recipe.network;
    Object.assign(model, {
      loss: recipe.loss,
      optimizer: recipe.optimizer.kind,
      rate: recipe.optimizer.learningRate,
      batch: recipe.batch?.size ?? 0,
      steps: recipe.steps,
    });
    initialization.show(recipe.network.kind === 'drawn');
    if (recipe.network.kind === 'drawn') model.initialization = recipe.network.initialization;
  };
}
