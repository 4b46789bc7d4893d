import { apply, comma, frac, line, mi, mn, mo, row, times } from '../drawing/formula.ts';
import type { Figure, FigurePanel } from './figure.ts';
import { networkField, SEED } from './networks.ts';
import { numberOf } from './settings.ts';

const ABS_X = row(mo('|'), mi('x'), mo('|'));

/** The same weights with another kink. */
export const reluAgainstAbs: Figure = {
  id: 'relu-against-abs',
  title: 'ReLU versus Abs, the same weights',
  question: 'What changes when |x| replaces ReLU and all weights stay the same?',
  caption: [
    'The shallow and the deep network with ReLU and with Abs; lines show the hinges.',
    'In the first layer the hinges are the same lines: both functions bend at 0.',
    '|x| = 2 relu(x) − x bends twice as much and has no flat side.',
    'In the deep network the hinges of later layers differ, since they depend on earlier layers: for nearly all ' +
      'seeds there are more regions and a wider range of values.',
  ],
  formula: [
    line(
      ABS_X,
      mo('='),
      times(mn(2), apply(mi('relu'), mi('x'))),
      mo('−'),
      mi('x'),
      comma(),
      apply(mi('relu'), mi('x')),
      mo('='),
      frac(row(mi('x'), mo('+'), ABS_X), mn(2)),
    ),
  ],
  columns: () => 2,
  linkedViews: true,
  sharedRange: false,
  controls: [
    SEED,
    {
      kind: 'slider',
      name: 'halfWidth',
      label: 'half-width',
      min: 1,
      max: 100,
      step: 1,
      initial: 5,
    },
  ],
  panels: (settings) =>
    (['shallow', 'deep'] as const).flatMap((depth) =>
      (['relu', 'abs'] as const).map((activation): FigurePanel => {
        const field = { ...networkField(depth, numberOf(settings, 'seed')), activation };
        const view = { center: [0, 0], halfWidth: numberOf(settings, 'halfWidth') };
        const name = activation === 'relu' ? 'ReLU' : 'Abs';
        return { kind: 'field', title: `${name}, ${depth}`, state: { field, view, hinges: true } };
      }),
    ),
};
