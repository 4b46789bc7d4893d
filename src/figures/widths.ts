import { apply, frac, line, mi, mn, mo, sub, under } from '../drawing/formula.ts';
import type { CurvesPanel } from '../drawing/vectorPanels.ts';
import type { Run } from '../training/run.ts';
import type { Figure } from './figure.ts';
import { stepSlider } from './playedSteps.ts';
import { numberOf } from './settings.ts';
import { type ByStep, regionsByStep, testLossesByStep, trainedRun } from './trainedRun.ts';

const STEPS = 400;
/** From one value of a curve to the next. */
const TESTED_EVERY = 10;
const COUNTED_EVERY = 100;
/** The losses of the curves. */
const LOSSES = { from: 0.0003, to: 3 };

const NETWORKS: readonly Sized[] = [
  { widths: [2, 2, 2], is: 'too small' },
  { widths: [2, 6, 2], is: 'enough' },
  { widths: [2, 32, 32, 2], is: 'too large' },
];

/** Three widths learn the same points, step by step together. */
export const widths: Figure = {
  id: 'too-small-enough-too-large',
  title: 'Too small, enough, too large',
  question: 'How many neurons does a network need, and what happens if it has too many?',
  caption: [
    'Three networks learn from the same 60 points of two noisy moons (discs), and are tested with 240 others (squares), by Adam with a ' +
      'learning rate of 0.02. Crosses mark points in the wrong class.',
    'Two hidden neurons bend the boundary once or twice: too few for the moons.',
    'Six suffice: training and testing agree.',
    'Two layers of 32 put all training points right: with more than a thousand regions their boundary bends around single ones. The loss ' +
      'of the test points falls at first, and then grows: the network learns the noise.',
    'The counts are exact, of the linear regions in the rectangle around the points.',
    {
      onScreen:
        'Play the three together, or move to any step; with less noise there is less to be mistaken for the moons.',
    },
  ],
  formula: [
    line(
      apply(mi('L'), mi('θ')),
      mo('='),
      mo('−'),
      frac(mn(1), mi('N')),
      under(mo('∑'), mi('i')),
      apply(
        mi('log'),
        sub(apply(mi('softmax'), apply(mi('f'), sub(mi('x'), mi('i')))), sub(mi('y'), mi('i'))),
      ),
    ),
  ],
  columns: () => 3,
  linkedViews: true,
  sharedRange: true,
  controls: [
    stepSlider(STEPS),
    { kind: 'slider', name: 'noise', label: 'noise', min: 0, max: 0.5, step: 0.05, initial: 0.3 },
  ],
  panels: (settings) => {
    const data = {
      ...{ kind: 'moons', samples: 300, noise: numberOf(settings, 'noise'), seed: 5 },
      split: { testSize: 0.8, seed: 0 },
    };
    const step = numberOf(settings, 'step');
    const runs = NETWORKS.map((network) => trainedRun(recipeOf(network, data)));
    const fields = runs.map(({ recipe }, i) => ({
      kind: 'field' as const,
      title: `${nameOf(NETWORKS[i]!)}: ${NETWORKS[i]!.is}`,
      state: {
        run: { recipe, step },
        field: { readout: { kind: 'class' } },
        view: { center: [0.5, 0.25], halfWidth: 2.3 },
        shade: true,
        boundaries: true,
      },
    }));
    const learnt = ({ losses }: Run): ByStep => Array.from(losses, (loss, at) => [at, loss]);
    const tested = (run: Run) => testLossesByStep(run, TESTED_EVERY);
    return [
      ...fields,
      lossesPanel('Losses of the training points', runs, learnt, step),
      lossesPanel('Losses of the test points', runs, tested, step),
      countsPanel(runs, step),
    ];
  },
};

interface Sized {
  readonly widths: readonly number[];
  readonly is: string;
}

const nameOf = ({ widths: own }: Sized): string => own.join('-');

function recipeOf({ widths: own }: Sized, data: object): object {
  return {
    data,
    network: { kind: 'drawn', widths: own, activation: 'relu', seed: 1 },
    optimizer: { kind: 'adam', learningRate: 0.02 },
    steps: STEPS,
  };
}

function lossesPanel(
  title: string,
  runs: readonly Run[],
  lossesOf: (run: Run) => ByStep,
  step: number,
): CurvesPanel {
  return {
    kind: 'curves',
    title,
    x: { label: 'step', from: 0, to: STEPS, scale: 'linear' },
    y: { label: 'loss', ...LOSSES, scale: 'log10' },
    curves: runs.map((run, i) => ({
      name: nameOf(NETWORKS[i]!),
      style: 'line',
      points: lossesOf(run).map(([at, loss]) => [at, within(loss)]),
    })),
    markers: [{ axis: 'x', at: step, name: 'shown' }],
  };
}

function countsPanel(runs: readonly Run[], step: number): CurvesPanel {
  return {
    kind: 'curves',
    title: 'Regions around the points',
    x: { label: 'step', from: 0, to: STEPS, scale: 'linear' },
    y: { label: 'linear regions', from: 1, to: 3000, scale: 'log10' },
    curves: runs.map((run, i) => ({
      name: nameOf(NETWORKS[i]!),
      style: 'line',
      points: regionsByStep(run, COUNTED_EVERY),
    })),
    markers: [{ axis: 'x', at: step, name: 'shown' }],
  };
}

/** On the border where a loss leaves the plot. */
function within(loss: number): number {
  return Math.min(LOSSES.to, Math.max(LOSSES.from, loss));
}
