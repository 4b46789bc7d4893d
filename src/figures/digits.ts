import { apply, comma, frac, line, mi, mn, mo, of, row, sub, under } from '../drawing/formula.ts';
import type { PrintedRun } from '../learnt/lossTable.ts';
import { sliceThrough } from '../model/slices.ts';
import { DIGITS_SPLIT } from '../state/beginTraining.ts';
import type { Figure, FigurePanel, FigureSlider } from './figure.ts';
import { SEED } from './networks.ts';
import { numberOf } from './settings.ts';

/** Three digits for training, a 3, a 5 and an 8: pixels in rows from the top, 0 to 16, each as a digit to base 17. */
const PIXELS = [
  '00cgf10005gaf8000173e600000cg7000003dg6000400fb002gabg7000agga10',
  '00aaege000e8400000g06b5003geaa9003e5098000006d000039d300008d1000',
  '003fd20000agcd0000dd9e00006ffb00004ge10000bef500009ae900004gf200',
] as const;
const PIXEL_BASE = 17;

/** The corners of the plane that the figures show. */
export const CORNER_DIGITS = PIXELS.map((pixels) =>
  Array.from(pixels, (digit) => Number.parseInt(digit, PIXEL_BASE)),
) as [number[], number[], number[]];

const STEPS = 501;
const EVERY = 50;
/** The losses that the course prints of its logistic regression, and its accuracy. */
const PRINTED = [
  ...['2.3026', '0.2275', '0.1599', '0.1306', '0.1130', '0.1009'],
  ...['0.0918', '0.0846', '0.0788', '0.0738', '0.0696'],
];
const PRINTED_ACCURACY = '0.953';
const PRINTED_OF_TWO_LAYERS = '0.93 to 0.97';

/** Of `np.random.seed`: that of the split, at first. */
const NUMPY_SEED: FigureSlider = { ...SEED, max: 200, initial: DIGITS_SPLIT.seed };

const LOSS = line(
  mi('L'),
  mo('='),
  mo('−'),
  row(
    frac(mn(1), mi('N')),
    under(mo('∑'), mi('i')),
    of(mi('log'), sub(apply(mi('softmax'), mi('z')), sub(mi('y'), mi('i')))),
  ),
);
const AFFINE = [mi('W'), mi('x'), mo('+'), mi('b')];

const ON_SCREEN = [
  { onScreen: 'Let it learn again: back to step 0, then play; every panel follows.' },
  {
    onScreen:
      'Choose a cell of the matrix to see its digits, and one of these to put it at a corner of the plane; the pointer shows the ' +
      'digit at each point.',
  },
];
const PLANE =
  'The picture is the plane of all mixtures of a 3, a 5 and an 8, which stand at its corners. Colours are the classes, paler where ' +
  'softmax gives less; the lines are exact.';

/** The panels of a network that learns the digits. */
function panelsOf(
  network: object,
  weights: string,
  printed: Pick<PrintedRun, 'losses' | 'accuracy'>,
): FigurePanel[] {
  return [
    {
      kind: 'field',
      title: 'Classes in a plane through three digits',
      state: {
        run: {
          recipe: {
            data: { kind: 'digits', split: DIGITS_SPLIT },
            network: { kind: 'drawn', ...network },
            optimizer: { kind: 'sgd', learningRate: 0.01 },
            steps: STEPS,
          },
          step: STEPS,
        },
        field: { slice: sliceThrough(CORNER_DIGITS), readout: { kind: 'class' } },
        view: { center: [0.5, 0.5], halfWidth: 1 },
        shade: true,
        boundaries: true,
        // All of them lie far from this plane.
        dataPoints: false,
      },
    },
    { kind: 'weightsOf', title: weights, of: 0 },
    { kind: 'confusionOf', title: 'Which digit is taken for which', of: 0 },
    {
      kind: 'lossesOf',
      title: 'Loss and accuracy',
      of: 0,
      printed: { by: 'the course', every: EVERY, ...printed },
    },
  ];
}

/** One affine layer from zero weights, as the course trains it. */
export const digitsRegression: Figure = {
  id: 'digits-regression',
  title: 'Logistic regression on digits',
  question: 'What does one affine layer learn of handwritten digits?',
  caption: [
    'Images of 8 × 8 pixels, 1,347 for training and 450 for testing; 501 steps of gradient descent with a rate of 0.01 from zero weights.',
    'The weights of a class are an image, too: ink where they are positive speaks for the class, ink where they are negative against it.',
    PLANE,
    'Two classes meet along a straight line, since the logits are affine.',
    ...ON_SCREEN,
    'The course’s table has the loss before each fiftieth step; all its digits are those of this run.',
  ],
  formula: [line(mi('z'), mo('='), ...AFFINE, comma(), ...LOSS)],
  columns: () => 2,
  linkedViews: false,
  sharedRange: false,
  controls: [],
  panels: () =>
    panelsOf({ widths: [64, 10], initialization: 'zeros' }, 'Weights of each class', {
      losses: PRINTED,
      accuracy: PRINTED_ACCURACY,
    }),
};

/** The same with a hidden layer. */
export const digitsNetwork: Figure = {
  id: 'digits-network',
  title: 'A two-layer network on digits',
  question: 'What do hidden neurons look for in handwritten digits?',
  caption: [
    'The same digits and the same steps as for logistic regression, with 32 hidden neurons; their weights are drawn by NumPy and Xavier’s uniform rule.',
    'A hidden neuron is on where its image of weights agrees with the digit; the output layer weighs these agreements.',
    PLANE,
    'Borders bend at the hinges of the hidden neurons.',
    ...ON_SCREEN,
    'The course prints an accuracy of 0.93 to 0.97; its random state is unknown, so that number is its own, and other seeds give ' +
      'others here.',
  ],
  formula: [
    line(
      mi('z'),
      mo('='),
      sub(mi('W'), mn(2)),
      apply(mi('relu'), row(sub(mi('W'), mn(1)), mi('x'), mo('+'), sub(mi('b'), mn(1)))),
      mo('+'),
      sub(mi('b'), mn(2)),
      comma(),
      ...LOSS,
    ),
  ],
  columns: () => 2,
  linkedViews: false,
  sharedRange: false,
  controls: [NUMPY_SEED],
  panels: (settings) =>
    panelsOf(
      {
        widths: [64, 32, 10],
        initialization: 'numpyXavierUniform',
        seed: numberOf(settings, 'seed'),
      },
      'Weights of each hidden neuron',
      { losses: PRINTED.map(() => null), accuracy: PRINTED_OF_TWO_LAYERS },
    ),
};
