import { apply, line, mi, mn, mo, mtext, sub } from '../drawing/formula.ts';
import type { CurvesPanel } from '../drawing/vectorPanels.ts';
import type { Figure, FigurePanel } from './figure.ts';
import { stepSlider } from './playedSteps.ts';
import { numberOf } from './settings.ts';
import { regionsByStep, trainedRun } from './trainedRun.ts';

const STEPS = 300;
/** From one exact count of the curve to the next. */
const COUNTED_EVERY = 10;

const AFFINE = (layer: number) => sub(mi('A'), mn(layer));

/** A small ReLU network learns two moons: its hinges, its regions, and how many there are at each step. */
export const bending: Figure = {
  id: 'how-a-network-bends',
  title: 'How a network bends to the data',
  question: 'What happens to the regions of a ReLU network while it learns?',
  caption: [
    'A network 2-6-6-2 learns to tell two moons apart, by Adam with a learning rate of 0.02 on all 200 points.',
    'It can bend only along its hinges. Training moves them to where the classes meet, and the boundary, which is straight in each ' +
      'region, takes its corners from them.',
    'A region keeps its colour as long as its activation pattern lives: some grow, some are born at a hinge, some die.',
    'The counts are exact, of the linear regions in the rectangle around the points.',
    { onScreen: 'Play it, or move to any step; the seed begins with another network.' },
  ],
  formula: [
    line(
      apply(mi('f'), mi('x')),
      mo('='),
      apply(
        AFFINE(3),
        apply(mi('relu'), apply(AFFINE(2), apply(mi('relu'), apply(AFFINE(1), mi('x'))))),
      ),
    ),
    line(mtext('class'), mo('='), apply(mi('argmax'), apply(mi('f'), mi('x')))),
  ],
  columns: () => 3,
  linkedViews: true,
  sharedRange: false,
  controls: [
    stepSlider(STEPS),
    { kind: 'slider', name: 'seed', label: 'seed', min: 0, max: 50, step: 1, initial: 1 },
  ],
  panels: (settings) => {
    const step = numberOf(settings, 'step');
    const recipe = {
      data: { kind: 'moons', samples: 200, noise: 0.1, seed: 1 },
      network: {
        kind: 'drawn',
        widths: [2, 6, 6, 2],
        activation: 'relu',
        seed: numberOf(settings, 'seed'),
      },
      optimizer: { kind: 'adam', learningRate: 0.02 },
      steps: STEPS,
    };
    const panel = (title: string, look: object): FigurePanel => ({
      kind: 'field',
      title,
      state: {
        run: { recipe, step },
        field: { readout: { kind: 'class' } },
        view: { center: [0.5, 0.25], halfWidth: 1.7 },
        ...look,
      },
    });
    return [
      panel('Classes and hinges', { shade: true, boundaries: true, hinges: true }),
      panel('Regions', { quantity: 'region', boundaries: true }),
      countsPanel(recipe, step),
    ];
  },
};

function countsPanel(recipe: object, step: number): CurvesPanel {
  const points = regionsByStep(trainedRun(recipe), COUNTED_EVERY);
  const most = Math.max(...points.map(([, count]) => count));
  return {
    kind: 'curves',
    title: 'Regions around the points',
    x: { label: 'step', from: 0, to: STEPS, scale: 'linear' },
    y: { label: 'linear regions', from: 0, to: Math.ceil(1.1 * most), scale: 'linear' },
    curves: [{ name: 'counted exactly', style: 'line', points }],
    markers: [{ axis: 'x', at: step, name: 'shown' }],
  };
}
