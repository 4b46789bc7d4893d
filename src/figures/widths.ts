import { apply, frac, line, mi, mn, mo, sub, under } from '../drawing/formula.ts';
import type { Figure } from './figure.ts';
import { stepSlider } from './playedSteps.ts';
import { numberOf } from './settings.ts';

const STEPS = 400;

const NETWORKS: readonly { readonly widths: readonly number[]; readonly is: string }[] = [
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
    'Two layers of 32 put all training points right, with hundreds of regions that bend around single ones. The loss of the test points ' +
      'falls at first, and then grows: the network learns the noise.',
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
    return NETWORKS.map(({ widths: own, is }) => ({
      kind: 'field',
      title: `${own.join('-')}: ${is}`,
      state: {
        run: {
          recipe: {
            data,
            network: { kind: 'drawn', widths: own, activation: 'relu', seed: 1 },
            optimizer: { kind: 'adam', learningRate: 0.02 },
            steps: STEPS,
          },
          step: numberOf(settings, 'step'),
        },
        field: { readout: { kind: 'class' } },
        view: { center: [0.5, 0.25], halfWidth: 2.3 },
        shade: true,
        boundaries: true,
      },
    }));
  },
};
