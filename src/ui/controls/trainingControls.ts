import type GUI from 'lil-gui';
import type { Controller } from 'lil-gui';
import type { DataSpec } from '../../data/dataSpec.ts';
import { readDataSpec } from '../../data/readDataSpec.ts';
import { formatNumber } from '../../scales/format.ts';
import type { State } from '../../state/state.ts';
import { INITIALIZATIONS } from '../../training/initialization.ts';
import { LOSS_KINDS, LOSSES } from '../../training/losses.ts';
import { DEFAULT_OPTIMIZERS, MAX_STEPS } from '../../training/readRecipe.ts';
import type { Initialization, LossKind, Optimizer, Recipe } from '../../training/recipe.ts';
import type { Exporter } from '../exporting/exporter.ts';
import type { Motion } from '../panel/session.ts';
import type { PanelTraining } from '../training/panelTraining.ts';
import { ActionsController } from './controllers.ts';
import { MenuController } from './menuController.ts';
import { SliderController, type SliderScale } from './sliderController.ts';

export interface TrainingEditor {
  readonly training: PanelTraining;
  readonly exporter: Pick<Exporter, 'copyRun' | 'saveLosses'>;
  edit(patch: object, motion: Motion): void;
}

/** The recipe as the controllers hold it. */
interface RecipeModel {
  loss: LossKind;
  optimizer: Optimizer['kind'];
  rate: number;
  /** 0 for all samples. */
  batch: number;
  steps: number;
  initialization: Initialization;
}

/** Hidden neurons of the course's two-layer network on the digits. */
const HIDDEN = 32;
const FIRST_DATA: DataSpec = readDataSpec({ kind: 'moons', noise: 0.2 });
const OPTIMIZERS: Readonly<Record<Optimizer['kind'], string>> = {
  sgd: 'SGD',
  adam: 'Adam',
  adamw: 'AdamW',
};
const INITIALIZATION_NAMES: Readonly<Record<Initialization, string>> = {
  pytorch: 'as nn.Linear draws them',
  xavierUniform: 'Xavier, uniform',
  xavierNormal: 'Xavier, normal',
  kaimingUniform: 'Kaiming, uniform',
  kaimingNormal: 'Kaiming, normal',
  numpyUniform: 'NumPy, uniform',
  numpyXavierUniform: 'NumPy, Xavier uniform',
  zeros: 'zeros',
};

const format = (value: number) => formatNumber(value, 6);
const RATE: SliderScale = {
  ...{ min: 1e-4, max: 10, step: 1e-4, logarithmic: true, format },
  typed: { min: 0, max: 1e9 },
};
const BATCH: SliderScale = {
  ...{ min: 0, max: 100, step: 5, integer: true, format: String },
  typed: { min: 0, max: 1_000_000 },
};
const STEPS: SliderScale = {
  ...{ min: 100, max: 100_000, step: 100, logarithmic: true, integer: true, format: String },
  typed: { min: 1, max: MAX_STEPS },
};

/** Adds the buttons that begin and end a training run, and the controllers of its recipe; a new recipe starts at step 0. */
export function addTrainingControls(folder: GUI, editor: TrainingEditor): (state: State) => void {
  let data: DataSpec | null = null;
  const actions = addActions(folder, editor, () => data ?? FIRST_DATA);
  const digits = addDigits(folder, editor, () => data!);
  const learnt = addLearnt(folder, editor);
  const model: RecipeModel = {
    ...{ loss: 'crossEntropy', optimizer: 'adam', rate: 0.01, batch: 0, steps: 5000 },
    initialization: 'pytorch',
  };
  let recipe: Recipe | null = null;
  const parts = addRecipe(folder, model, (part) => {
    if (recipe === null) return;
    editor.edit({ run: { recipe: part(recipe) } }, 'still');
  });
  const save = addSave(folder, editor);
  return (state) => {
    const { data: shown, run } = state;
    data = shown;
    digits.show(shown?.kind === 'digits');
    learnt(state);
    recipe = run?.recipe ?? null;
    actions.disableActions({ Stop: run === null ? 'Nothing is being trained.' : null });
    for (const part of [...parts.all, save]) part.show(run !== null);
    if (recipe === null) return;
    parts.initialization.show(recipe.network.kind === 'drawn');
    Object.assign(model, readModel(recipe, model));
  };
}

function readModel(
  { loss, optimizer, batch, steps, network }: Recipe,
  kept: RecipeModel,
): RecipeModel {
  return {
    ...{ loss, steps },
    optimizer: optimizer.kind,
    rate: optimizer.learningRate,
    batch: batch?.size ?? 0,
    initialization: network.kind === 'drawn' ? network.initialization : kept.initialization,
  };
}

function addActions(
  folder: GUI,
  { training, edit }: TrainingEditor,
  data: () => DataSpec,
): ActionsController {
  const actions = new ActionsController(folder, [
    {
      label: 'Train',
      title: 'Let this network learn from the data set, or from two moons if there is none',
      act: () => void training.begin(data()),
    },
    {
      label: 'Stop',
      title: 'End the run, and keep the network as it is now',
      act: () => edit({ run: null }, 'still'),
    },
  ]);
  actions.name('training');
  return actions;
}

/** The course's runs on the digits. */
function addDigits(
  folder: GUI,
  { training }: TrainingEditor,
  data: () => DataSpec,
): ActionsController {
  const digits = new ActionsController(folder, [
    {
      label: '64-10',
      title: 'Logistic regression: begin with zero weights',
      act: () => void training.begin(data(), []),
    },
    {
      label: '64-32-10',
      title: 'A network of two layers: begin with Xavier’s uniform weights',
      act: () => void training.begin(data(), [HIDDEN]),
    },
  ]);
  digits.name('on digits');
  return digits;
}

/** Whether weights and confusion matrix are shown. */
function addLearnt(folder: GUI, { edit }: TrainingEditor): (state: State) => void {
  const model = { learnt: false };
  const box = folder.add(model, 'learnt').name('weights, confusion');
  box.onChange((learnt: boolean) => edit({ learnt }, 'still'));
  return ({ learnt, data }) => {
    model.learnt = learnt;
    box.show(learnt || data !== null);
  };
}

function addSave(folder: GUI, { training, exporter }: TrainingEditor): Controller {
  return new ActionsController(folder, [
    {
      label: 'Copy as PyTorch',
      title: 'Copy a Python program that repeats this run up to its step',
      act: () => void exporter.copyRun(),
    },
    {
      label: 'Losses',
      title: 'Save the loss before each step, and the regions that were counted, as CSV',
      act: () => void exporter.saveLosses(training.run.losses, training.counts.known),
    },
  ]).name('run');
}

interface RecipeControllers {
  readonly all: readonly Controller[];
  readonly initialization: Controller;
}

/** @param edit takes the part of the recipe that changes */
function addRecipe(
  folder: GUI,
  model: RecipeModel,
  edit: (part: (recipe: Recipe) => object) => void,
): RecipeControllers {
  const loss = new MenuController<LossKind>(folder, model, 'loss');
  loss.setOptions(LOSS_KINDS.map((value) => ({ label: LOSSES[value].label, value })));
  loss.onChange((chosen: LossKind) => edit(() => ({ loss: chosen })));

  const optimizer = new MenuController<Optimizer['kind']>(folder, model, 'optimizer');
  const kinds = Object.keys(DEFAULT_OPTIMIZERS) as Optimizer['kind'][];
  optimizer.setOptions(kinds.map((value) => ({ label: OPTIMIZERS[value], value })));
  optimizer.name('optimiser').onChange((kind: Optimizer['kind']) => {
    edit(({ optimizer: { learningRate } }) => ({ optimizer: { kind, learningRate } }));
  });

  const slider = (name: 'rate' | 'batch' | 'steps', label: string, scale: SliderScale) =>
    new SliderController(folder, model, name, scale).name(label);
  const rate = slider('rate', 'learning rate', RATE);
  rate.onFinishChange((learningRate: number) =>
    edit((recipe) => ({ optimizer: { ...recipe.optimizer, learningRate } })),
  );
  const batch = slider('batch', 'batch (0: all)', BATCH);
  batch.onFinishChange((size: number) =>
    edit((recipe) => ({ batch: size === 0 ? null : { seed: 0, ...recipe.batch, size } })),
  );
  const steps = slider('steps', 'steps', STEPS);
  steps.onFinishChange((chosen: number) => edit(() => ({ steps: chosen })));

  const initialization = new MenuController<Initialization>(folder, model, 'initialization');
  initialization.setOptions(
    INITIALIZATIONS.map((value) => ({ label: INITIALIZATION_NAMES[value], value })),
  );
  initialization
    .name('first weights')
    .onChange((chosen: Initialization) =>
      edit(({ network }) => ({ network: { ...network, initialization: chosen } })),
    );
  return { all: [loss, optimizer, rate, batch, steps, initialization], initialization };
}
