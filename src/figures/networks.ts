import { apply, comma, line, mi, mn, mo, row, sub } from '../drawing/formula.ts';
import { PRESETS } from '../model/presets.ts';
import { formatNumber } from '../scales/format.ts';
import type {
  Figure,
  FigureControl,
  FigurePanel,
  FigureSettings,
  FigureSlider,
  FigureWords,
} from './figure.ts';
import { isOn, numberOf } from './settings.ts';

/** The networks of the exercise at several half-widths: figures 7 to 12 consist of these parts. */

type Depth = keyof typeof PRESETS;

const DEPTHS: readonly Depth[] = ['shallow', 'deep'];

const FEW = [10, 100, 1000];
const ALL = [5, 10, 100, 500, 1000];
const BIAS_MAX = 20;
const FIRST_BIAS = 4;
const BIAS_DIGITS = 3;

export const SEED: FigureSlider = {
  kind: 'slider',
  name: 'seed',
  label: 'seed',
  min: 0,
  max: 50,
  step: 1,
  initial: 0,
};
const FIVE: FigureControl = {
  kind: 'switch',
  name: 'five',
  label: 'include half-widths 5 and 500',
  whenOn: 'with half-widths 5 and 500',
  initial: true,
};

const SHALLOW_FORMULA = line(
  apply(mi('f'), mi('x')),
  mo('='),
  sub(mi('W'), mn(2)),
  apply(mi('relu'), row(sub(mi('W'), mn(1)), mi('x'), mo('+'), sub(mi('b'), mn(1)))),
  mo('+'),
  sub(mi('b'), mn(2)),
);

const DEEP_FORMULA = line(
  apply(mi('f'), mi('x')),
  mo('='),
  sub(mi('A'), mn(5)),
  ...[4, 3, 2, 1].flatMap((layer) => [mo('∘'), mi('relu'), mo('∘'), sub(mi('A'), mn(layer))]),
  mo('('),
  mi('x'),
  mo(')'),
  comma(),
  apply(sub(mi('A'), mi('l')), mi('h')),
  mo('='),
  sub(mi('W'), mi('l')),
  mi('h'),
  mo('+'),
  sub(mi('b'), mi('l')),
);

const COMMON = { linkedViews: false, sharedRange: false };

export const shallowNetwork: Figure = {
  ...COMMON,
  id: 'shallow-network',
  title: 'The shallow network, from near to far',
  question: 'What does a network with one hidden layer look like as the half-width grows?',
  caption: [
    'The network 2-20-1 as initialised by PyTorch.',
    'Near the origin the hinges of its 20 neurons cut the plane into regions.',
    'From farther away they meet near the middle, and at a half-width of 1000 only a cone is left: ' +
      'f(x) ≈ ‖x‖ g(x/‖x‖), because ReLU is positively homogeneous and biases become negligible.',
    'Each panel has its own range, which grows with the half-width.',
  ],
  formula: [SHALLOW_FORMULA],
  columns: countHalfWidths,
  controls: [FIVE, SEED],
  panels: (settings) => atHalfWidths('shallow', settings),
};

export const deepNetwork: Figure = {
  ...COMMON,
  id: 'deep-network',
  title: 'The deep network, from near to far',
  question: 'What does a network with four narrow hidden layers look like as the half-width grows?',
  caption: [
    'The network 2-5-5-5-5-1 as initialised by PyTorch, with about as many parameters as the shallow one.',
    'Hinges of later layers bend where they cross those of earlier ones.',
    'There are few regions, values hardly vary near the origin, and far out a few cones remain; for about half of the ' +
      'seeds some of them are flat.',
  ],
  formula: [DEEP_FORMULA],
  columns: countHalfWidths,
  controls: [FIVE, SEED],
  panels: (settings) => atHalfWidths('deep', settings),
};

export const shallowAgainstDeep: Figure = {
  ...COMMON,
  id: 'shallow-against-deep',
  title: 'Shallow versus deep',
  question: 'How do the shallow and the deep network differ at the same half-width?',
  caption: [
    'Pairs of the shallow network 2-20-1 and the deep one 2-5-5-5-5-1, initialised with the same seed, at the same ' +
      'half-width.',
    'The shallow one is finer: it has more regions and larger slopes.',
    'The deep one varies less, since each layer contracts its input.',
    'Compare the colour bars: each panel has its own range.',
  ],
  formula: [SHALLOW_FORMULA, DEEP_FORMULA],
  inPairs: true,
  columns: countHalfWidths,
  controls: [FIVE, SEED],
  panels: (settings) => inPairs(settings),
};

export const outputBias: Figure = {
  ...COMMON,
  id: 'output-bias',
  ...wordsAbout(FIRST_BIAS),
  words: (settings) => wordsAbout(numberOf(settings, 'bias')),
  question: 'What does the bias of the output layer do?',
  inPairs: true,
  columns: countHalfWidths,
  controls: [
    {
      kind: 'slider',
      name: 'bias',
      label: 'output bias',
      min: -BIAS_MAX,
      max: BIAS_MAX,
      step: 0.5,
      initial: FIRST_BIAS,
    },
    FIVE,
    SEED,
  ],
  panels: (settings) => inPairs(settings, numberOf(settings, 'bias')),
};

/** What is said about this output bias. */
function wordsAbout(bias: number): FigureWords {
  const value = formatNumber(bias, BIAS_DIGITS);
  const signed = [mo(bias < 0 ? '−' : '+'), mn(formatNumber(Math.abs(bias), BIAS_DIGITS))];
  return {
    title: `Shallow and deep with output bias ${value}`,
    formula: [
      line(
        apply(mi('f'), mi('x')),
        mo('='),
        sub(mi('W'), mi('L')),
        sub(mi('h'), row(mi('L'), mo('−'), mn(1))),
        ...signed,
      ),
    ],
    caption: [
      `Both networks with the bias of the output layer set to ${value} instead of its random value.`,
      'The bias adds the same number everywhere: the colours do not change, only the numbers on the colour bars.',
      `Near the origin values are about ${value}; at a half-width of 1000 the bias is negligible.`,
    ],
  };
}

/** The field of one of the exercise's networks. */
export function networkField(depth: Depth, seed: number, bias: number | null = null): object {
  return { kind: 'mlp', widths: [...PRESETS[depth]], seed, outputBias: bias };
}

/** The shallow and the deep network, pair by pair. */
function inPairs(settings: FigureSettings, bias: number | null = null): FigurePanel[] {
  const rows = DEPTHS.map((depth) => atHalfWidths(depth, settings, bias));
  return halfWidthsOf(settings).flatMap((_, i) => rows.map((row) => row[i]!));
}

function atHalfWidths(
  depth: Depth,
  settings: FigureSettings,
  bias: number | null = null,
): FigurePanel[] {
  const field = networkField(depth, numberOf(settings, 'seed'), bias);
  return halfWidthsOf(settings).map((halfWidth) => ({
    kind: 'field',
    title: `${depth}, half-width ${halfWidth}`,
    state: { field, view: { center: [0, 0], halfWidth } },
  }));
}

function halfWidthsOf(settings: FigureSettings): readonly number[] {
  return isOn(settings, 'five') ? ALL : FEW;
}

function countHalfWidths(settings: FigureSettings): number {
  return halfWidthsOf(settings).length;
}
