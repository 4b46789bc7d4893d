import {
  apply,
  frac,
  line,
  mi,
  mn,
  mo,
  of,
  row,
  sub,
  sup,
  times,
  under,
} from '../drawing/formula.ts';
import { formatNumber } from '../scales/format.ts';
import type { Figure, FigurePanel } from './figure.ts';

const LAMBDAS = [1, 10, 100];
const SQUARE = { view: { center: [0, 0], halfWidth: 1 } };
const CONTOURS = { contours: { filled: true, lines: false, count: 10 } };

/** How log-sum-exp approaches the maximum. */
export const logSumExp: Figure = {
  id: 'log-sum-exp',
  title: 'Log-sum-exp and the maximum',
  question: 'How does log-sum-exp approach the maximum as λ grows, and how large is the gap?',
  caption: [
    'lse(z; λ) for λ = 1, 10, 100 and max(z) in filled contours, with one range for all.',
    'The contours of lse are rounded along the diagonal; as λ grows they approach the corner of max.',
    'The gap lse − max is largest where z₁ = z₂, where it is exactly log 2 / λ, and vanishes away from the ' +
      'diagonal over a width of about 1/λ.',
    'Each gap is coloured from 0 to its own bound.',
  ],
  formula: [
    line(
      apply(mi('lse'), row(mi('z'), mo(';'), mi('λ'))),
      mo('='),
      times(frac(mn(1), mi('λ')), of(mi('log'), under(mo('∑'), mi('k')))),
      sup(mi('e'), row(mi('λ'), sub(mi('z'), mi('k')))),
    ),
    line(
      mn(0),
      mo('≤'),
      mi('lse'),
      mo('−'),
      of(under(mi('max'), mi('k')), sub(mi('z'), mi('k'))),
      mo('≤'),
      frac(of(mi('log'), mn(2)), mi('λ')),
    ),
  ],
  columns: () => 4,
  linkedViews: true,
  sharedRange: true,
  controls: [],
  panels: () => [
    ...LAMBDAS.map((lambda): FigurePanel => field(`lse, λ = ${lambda}`, { kind: 'lse', lambda })),
    field('max(z), the limit', { kind: 'max' }),
    ...LAMBDAS.map((lambda) => gap(lambda)),
    {
      kind: 'table',
      title: 'The largest gap',
      head: ['λ', 'log 2 / λ'],
      rows: LAMBDAS.map((lambda) => [String(lambda), formatNumber(gapBound(lambda), 6)]),
    },
  ],
};

/** The upper bound of lse − max of two logits, attained where they are equal. */
export function gapBound(lambda: number): number {
  return Math.LN2 / lambda;
}

function field(title: string, of: object): FigurePanel {
  return { kind: 'field', title, state: { field: of, ...SQUARE, ...CONTOURS } };
}

function gap(lambda: number): FigurePanel {
  const range = { mode: 'fixed', min: 0, max: gapBound(lambda) };
  const state = { field: { kind: 'gap', lambda }, ...SQUARE, colormap: 'magma', range };
  return { kind: 'field', title: `lse − max, λ = ${lambda}`, state };
}
