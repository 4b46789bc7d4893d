import { apply, frac, line, mi, mo, row, sub, sup, under } from '../drawing/formula.ts';
import { formatNumber } from '../scales/format.ts';
import type { Figure } from './figure.ts';
import { numberOf } from './settings.ts';

const VECTORS = [
  [1, 2, 3],
  [11, 12, 13],
  [10, 20, 30],
] as const;
const DIGITS = 4;

/** What changes the softmax of a vector, and what does not. */
export const softmaxVectors: Figure = {
  id: 'softmax-of-vectors',
  title: 'Softmax of three vectors',
  question: 'What does adding a constant to all logits change, and what does rescaling them?',
  caption: [
    'Softmax depends on differences only: (1, 2, 3) and (11, 12, 13) have the same softmax, and adding a constant ' +
      'moves no bar.',
    'Rescaling changes the temperature: (10, 20, 30) is ten times (1, 2, 3), and its softmax is almost one-hot; a ' +
      'factor below 1 flattens the bars, and 0 makes them equal.',
  ],
  formula: [
    line(
      apply(sub(mi('softmax'), mi('k')), row(mi('a'), mi('v'), mo('+'), mi('c'))),
      mo('='),
      frac(
        sup(mi('e'), row(mi('a'), sub(mi('v'), mi('k')))),
        row(under(mo('∑'), mi('j')), sup(mi('e'), row(mi('a'), sub(mi('v'), mi('j'))))),
      ),
    ),
  ],
  columns: () => 2,
  linkedViews: false,
  sharedRange: false,
  controls: [
    {
      kind: 'slider',
      name: 'constant',
      label: 'added constant c',
      min: -20,
      max: 20,
      step: 0.5,
      initial: 0,
    },
    {
      kind: 'slider',
      name: 'factor',
      label: 'factor a',
      min: 0,
      max: 3,
      step: 0.05,
      initial: 1,
    },
  ],
  panels: (settings) => {
    const constant = numberOf(settings, 'constant');
    const factor = numberOf(settings, 'factor');
    const inputs = VECTORS.map((vector) => vector.map((v) => factor * v + constant));
    const outputs = inputs.map(softmaxOf);
    const groups = inputs.map(printVector);
    return [
      {
        kind: 'table',
        title: 'a v + c and its softmax',
        head: ['a v + c', 'softmax₁', 'softmax₂', 'softmax₃'],
        rows: outputs.map((row, i) => [groups[i]!, ...row.map((p) => p.toFixed(DIGITS))]),
      },
      {
        kind: 'bars',
        title: 'softmax(a v + c)',
        groups,
        items: ['first', 'second', 'third'],
        values: outputs,
        y: { label: 'softmax', from: 0, to: 1.08, scale: 'linear' },
      },
    ];
  },
};

/** Softmax of a vector, shifted by its maximum, so that it neither overflows nor divides 0 by 0. */
export function softmaxOf(vector: readonly number[]): number[] {
  const max = Math.max(...vector);
  const weights = vector.map((v) => Math.exp(v - max));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function printVector(vector: readonly number[]): string {
  return `(${vector.map((v) => formatNumber(v, DIGITS)).join(', ')})`;
}
