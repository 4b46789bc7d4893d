import {
  comma,
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
import type { Curve } from '../drawing/vectorPanels.ts';
import { FLOAT32_MAX } from '../numeric/float32.ts';
import { formatNumber } from '../scales/format.ts';
import type { Figure } from './figure.ts';
import { numberOf } from './settings.ts';

/** The largest finite float64. */
const FLOAT64_MAX = Number.MAX_VALUE;
const LAMBDA_DECADES = 4;
const POINTS_PER_DECADE = 60;
const TABLE_LAMBDAS = [1, 10, 100, 1000, 10_000];

/** Why log-sum-exp is computed from differences. */
export const stableLogSumExp: Figure = {
  id: 'stable-log-sum-exp',
  title: 'The stable log-sum-exp',
  question: 'At what λ does the naive formula overflow, and how does shifting fix it?',
  caption: [
    'lse of the logits m and m/2 as λ grows, on a logarithmic scale.',
    'The naive formula computes e to the power of λm, which overflows float32 beyond ' +
      'λm = log(2¹²⁸ − 2¹⁰⁴) ≈ 88.72, and float64 beyond log(2¹⁰²⁴ − 2⁹⁷¹) ≈ 709.78: from there on its value is ∞, ' +
      'and its curve ends.',
    'Shifted by the maximum, no exponent is above 0, and the curve continues to its limit m.',
    'For larger m both overflow earlier.',
  ],
  formula: [
    line(
      times(frac(mn(1), mi('λ')), of(mi('log'), under(mo('∑'), mi('k')))),
      sup(mi('e'), row(mi('λ'), sub(mi('z'), mi('k')))),
      mo('='),
      mi('m'),
      mo('+'),
      times(frac(mn(1), mi('λ')), of(mi('log'), under(mo('∑'), mi('k')))),
      sup(mi('e'), row(mi('λ'), mo('('), sub(mi('z'), mi('k')), mo('−'), mi('m'), mo(')'))),
      comma(),
      mi('m'),
      mo('='),
      of(under(mi('max'), mi('k')), sub(mi('z'), mi('k'))),
    ),
  ],
  columns: () => 2,
  linkedViews: false,
  sharedRange: false,
  controls: [
    {
      kind: 'slider',
      name: 'largest',
      label: 'largest logit m',
      min: 0.5,
      max: 20,
      step: 0.5,
      initial: 1,
    },
  ],
  panels: (settings) => {
    const largest = numberOf(settings, 'largest');
    const logits = [largest, largest / 2];
    return [
      {
        kind: 'curves',
        title: `lse of (${logits.join(', ')})`,
        x: { label: 'λ', from: 1, to: 10 ** LAMBDA_DECADES, scale: 'log10' },
        y: { label: 'lse', from: largest - 0.03, to: stableLse(logits, 1) + 0.03, scale: 'linear' },
        curves: curvesOf(logits),
        markers: [
          { axis: 'x', at: overflowLambda(logits, FLOAT32_MAX), name: 'float32 overflows' },
          { axis: 'x', at: overflowLambda(logits, FLOAT64_MAX), name: 'float64 overflows' },
        ],
      },
      {
        kind: 'table',
        title: 'In numbers',
        head: ['λ', 'naive, float32', 'naive, float64', 'shifted, float32', 'shifted, float64'],
        rows: TABLE_LAMBDAS.map((lambda) => [
          formatNumber(lambda, 1),
          ...[
            naiveLse(logits, lambda, Math.fround),
            naiveLse(logits, lambda, exactly),
            stableLse(logits, lambda, Math.fround),
            stableLse(logits, lambda),
          ].map((value) => formatNumber(value, 6)),
        ]),
      },
    ];
  },
};

function curvesOf(logits: readonly number[]): Curve[] {
  const count = LAMBDA_DECADES * POINTS_PER_DECADE;
  const lambdas = Array.from({ length: count + 1 }, (_, i) => 10 ** (i / POINTS_PER_DECADE));
  const curve = (
    name: string,
    style: Curve['style'],
    value: (lambda: number) => number,
  ): Curve => ({
    name,
    style,
    points: lambdas.map((lambda) => [lambda, value(lambda)] as const),
  });
  return [
    curve('shifted', 'line', (lambda) => stableLse(logits, lambda)),
    curve('naive, float64', 'dashed', (lambda) => naiveLse(logits, lambda, exactly)),
    curve('naive, float32', 'points', (lambda) => naiveLse(logits, lambda, Math.fround)),
  ];
}

type Round = (value: number) => number;

const exactly: Round = (value) => value;

/** The naive formula, each step rounded: ∞ where a power of e is too large. */
export function naiveLse(logits: readonly number[], lambda: number, round: Round): number {
  let sum = 0;
  for (const z of logits) {
    sum = round(sum + round(Math.exp(round(round(lambda) * round(z)))));
  }
  return round(round(Math.log(sum)) / round(lambda));
}

/** Shifted by the maximum, so that every exponent is at most 0. */
export function stableLse(logits: readonly number[], lambda: number, round = exactly): number {
  const max = round(Math.max(...logits));
  let sum = 0;
  for (const z of logits) {
    sum = round(sum + round(Math.exp(round(round(lambda) * round(round(z) - max)))));
  }
  return round(max + round(round(Math.log(sum)) / round(lambda)));
}

/** The λ at which Σ e^(λ z_k) reaches `limit`: the root of λ · lse(λ) = log limit, by bisection. */
export function overflowLambda(logits: readonly number[], limit: number): number {
  const largest = Math.max(...logits);
  // λ max ≤ λ lse ≤ λ max + log K.
  let high = Math.log(limit) / largest;
  let low = high - Math.log(logits.length) / largest;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (middle * stableLse(logits, middle) < Math.log(limit)) low = middle;
    else high = middle;
  }
  return high;
}
