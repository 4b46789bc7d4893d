import {
  apply,
  type Formula,
  type FormulaPart,
  line,
  mi,
  mn,
  mo,
  row,
  sub,
} from '../drawing/formula.ts';
import type { CurvesPanel } from '../drawing/vectorPanels.ts';
import { formatNumber } from '../scales/format.ts';
import type { Run } from '../training/run.ts';
import type { Figure, FigureSettings, Sentence } from './figure.ts';
import { stepSlider } from './playedSteps.ts';
import { numberOf } from './settings.ts';
import { trainedRun } from './trainedRun.ts';

const STEPS = 300;
const SLOW = 0.01;
const GOOD = 0.3;
const LARGE = 3;
/** The losses of the curve; a run that diverges leaves it. */
const LOSSES = { from: 0.01, to: 100 };
const DIGITS = 3;

const THETA = (step: FormulaPart) => sub(mi('θ'), step);
const FORMULA: Formula = [
  line(
    THETA(row(mi('t'), mo('+'), mn(1))),
    mo('='),
    THETA(mi('t')),
    mo('−'),
    mi('η'),
    apply(row(mo('∇'), mi('L')), THETA(mi('t'))),
  ),
];

/** Three learning rates, step by step together: one is slow, one good, and one diverges. */
export const learningRate: Figure = {
  id: 'learning-rate',
  title: 'The learning rate',
  question: 'What does the learning rate do, and what happens if it is too large?',
  formula: FORMULA,
  get caption() {
    return captionOf(LARGE);
  },
  words(settings) {
    return { title: this.title, formula: FORMULA, caption: captionOf(rateOf(settings)) };
  },
  columns: () => 4,
  linkedViews: true,
  sharedRange: true,
  controls: [
    stepSlider(STEPS),
    {
      kind: 'slider',
      name: 'rate',
      label: 'largest rate',
      min: 0.5,
      max: 10,
      step: 0.1,
      initial: LARGE,
    },
  ],
  panels: (settings) => {
    const step = numberOf(settings, 'step');
    const rates = [SLOW, GOOD, rateOf(settings)];
    const runs = rates.map((rate) => trainedRun(recipeOf(rate)));
    const fields = runs.map((run, i) => ({
      kind: 'field' as const,
      title: titleOf(rates[i]!, run),
      state: {
        // A run that diverges stops at the step before.
        run: { recipe: run.recipe, step: Math.min(step, run.reached) },
        field: { readout: { kind: 'class' } },
        view: { center: [0.5, 0.25], halfWidth: 1.7 },
        shade: true,
        boundaries: true,
      },
    }));
    return [...fields, lossesPanel(rates, runs, step)];
  },
};

function rateOf(settings: FigureSettings): number {
  return numberOf(settings, 'rate');
}

function recipeOf(rate: number): object {
  return {
    data: { kind: 'moons', samples: 100, noise: 0.1, seed: 1 },
    network: { kind: 'drawn', widths: [2, 16, 2], activation: 'relu', seed: 1 },
    loss: 'meanSquaredError',
    optimizer: { kind: 'sgd', learningRate: rate },
    steps: STEPS,
  };
}

function titleOf(rate: number, { divergence }: Run): string {
  const title = `learning rate ${formatNumber(rate, DIGITS)}`;
  return divergence === null ? title : `${title}: diverges at step ${divergence.step}`;
}

function captionOf(largest: number): readonly Sentence[] {
  const { divergence } = trainedRun(recipeOf(largest));
  const [slow, good, large] = [SLOW, GOOD, largest].map((rate) => formatNumber(rate, DIGITS));
  return [
    'The same network 2-16-2 from the same start learns the same two moons by gradient descent on the mean squared error, with three ' +
      'learning rates η.',
    `With η = ${slow} the loss falls, but slowly. With η = ${good} the boundary finds its way between the moons.`,
    divergence === null
      ? `With η = ${large} the loss jumps at the beginning, but the run goes on.`
      : `With η = ${large} each step overshoots, and the next gradient is larger still. ${divergence.message}`,
    {
      onScreen:
        'Play the three together, or move the largest rate to where the run begins to diverge.',
    },
  ];
}

function lossesPanel(rates: readonly number[], runs: readonly Run[], step: number): CurvesPanel {
  return {
    kind: 'curves',
    title: 'Losses',
    x: { label: 'step', from: 0, to: STEPS, scale: 'linear' },
    y: { label: 'loss', ...LOSSES, scale: 'log10' },
    curves: runs.map((run, i) => ({
      name: `η = ${formatNumber(rates[i]!, DIGITS)}`,
      style: 'line',
      points: withinPlot(run.losses),
    })),
    markers: [{ axis: 'x', at: step, name: 'shown' }],
  };
}

/** Up to where the curve leaves the plot. */
function withinPlot(losses: Float64Array): [number, number][] {
  const out = losses.findIndex((loss) => loss > LOSSES.to);
  const shown = out < 0 ? losses : losses.slice(0, out + 1);
  return Array.from(shown, (loss, step) => [
    step,
    Math.min(LOSSES.to, Math.max(LOSSES.from, loss)),
  ]);
}
