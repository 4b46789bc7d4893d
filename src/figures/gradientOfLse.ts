import { apply, frac, line, mi, mo, row, sub, sup, under } from '../drawing/formula.ts';
import type { Figure, FigurePanel } from './figure.ts';
import { numberOf } from './settings.ts';

const HALF_WIDTH = 1;
const LOOK = {
  view: { center: [0, 0], halfWidth: HALF_WIDTH },
  range: { mode: 'fixed', min: 0, max: 1 },
};

/** Shows that the gradient of log-sum-exp is softmax. */
export const gradientOfLse: Figure = {
  id: 'gradient-of-lse',
  title: 'The gradient of log-sum-exp is softmax',
  question: 'Is the gradient of log-sum-exp really softmax?',
  caption: [
    '∂lse / ∂z₁ and ∂lse / ∂z₂ are the exact partial derivatives, computed together with the value; softmax₁ and ' +
      'softmax₂ are computed by another formula.',
    'The number below each difference is its largest size on 200 × 200 samples of [−1, 1]².',
    'The differences are rounding errors of float32, largest along the step: about 2 · 10⁻⁷ at λ = 1, and 3 · 10⁻⁶ at λ = 100, ' +
      'where the rounding of a coordinate is amplified a hundredfold.',
  ],
  formula: [
    line(
      frac(row(mo('∂'), mi('lse')), row(mo('∂'), sub(mi('z'), mi('k')))),
      mo('='),
      frac(
        sup(mi('e'), row(mi('λ'), sub(mi('z'), mi('k')))),
        row(under(mo('∑'), mi('j')), sup(mi('e'), row(mi('λ'), sub(mi('z'), mi('j'))))),
      ),
      mo('='),
      apply(sub(mi('softmax'), mi('k')), row(mi('λ'), mi('z'))),
    ),
  ],
  columns: () => 3,
  linkedViews: true,
  sharedRange: false,
  controls: [
    { kind: 'slider', name: 'lambda', label: 'λ', min: 1, max: 100, step: 1, initial: 10 },
  ],
  panels: (settings) => {
    const lambda = numberOf(settings, 'lambda');
    return ([0, 1] as const).flatMap((component): FigurePanel[] => {
      const k = ['₁', '₂'][component]!;
      const gradient = {
        field: { kind: 'lse', lambda },
        quantity: component === 0 ? 'partial1' : 'partial2',
      };
      const softmax = { field: { kind: 'softmax', lambda, component } };
      return [
        { kind: 'field', title: `∂lse / ∂z${k}, exact`, state: { ...gradient, ...LOOK } },
        { kind: 'field', title: `softmax${k}`, state: { ...softmax, ...LOOK } },
        {
          kind: 'difference',
          title: `∂lse / ∂z${k} − softmax${k}`,
          of: gradient,
          minus: softmax,
          halfWidth: HALF_WIDTH,
        },
      ];
    });
  },
};
