import { apply, frac, line, mi, mn, mo, mtext, row, sub, sup, under } from '../drawing/formula.ts';
import type { Figure, FigurePanel } from './figure.ts';
import { isOn } from './settings.ts';

const LAMBDAS = [1, 10, 100];
const COMPONENTS = [0, 1] as const;
const LOOK = {
  view: { center: [0, 0], halfWidth: 1 },
  range: { mode: 'fixed', min: 0, max: 1 },
};

/** How softmax approaches the one-hot argmax. */
export const softArgmax: Figure = {
  id: 'softmax',
  title: 'Softmax and the one-hot argmax',
  question: 'How do the components of softmax approach the one-hot argmax as λ grows?',
  caption: [
    'Each component for λ = 1, 10, 100 and for argmax, coloured from 0 to 1.',
    'For each λ the two components add up to 1.',
    'The step along z₁ = z₂ has a width of about 1/λ: at λ = 100 softmax is almost indistinguishable from argmax, ' +
      'whose gradient is zero almost everywhere.',
    'Some texts number the components the other way round, (1, 0) where z₁ < z₂.',
    { onScreen: 'The switch applies that convention to argmax.' },
  ],
  formula: [
    line(
      apply(sub(mi('softmax'), mi('k')), row(mi('λ'), mi('z'))),
      mo('='),
      frac(
        sup(mi('e'), row(mi('λ'), sub(mi('z'), mi('k')))),
        row(under(mo('∑'), mi('j')), sup(mi('e'), row(mi('λ'), sub(mi('z'), mi('j'))))),
      ),
      mo('→'),
      mn(1),
      mtext(' if '),
      sub(mi('z'), mi('k')),
      mtext(' is the largest,'),
      mtext(' else '),
      mn(0),
    ),
  ],
  columns: () => 4,
  linkedViews: true,
  sharedRange: false,
  controls: [
    {
      kind: 'switch',
      name: 'exercise',
      label: 'use the opposite convention: (1, 0) where z₁ < z₂',
      whenOn: 'opposite convention',
      initial: false,
    },
  ],
  panels: (settings) =>
    COMPONENTS.flatMap((component) => [
      ...LAMBDAS.map((lambda) =>
        field(`softmax${index(component)}, λ = ${lambda}`, { kind: 'softmax', lambda, component }),
      ),
      argmax(component, isOn(settings, 'exercise')),
    ]),
};

/** By the exercise's convention the first component is 1 where the second logit is larger. */
function argmax(component: 0 | 1, isExercise: boolean): FigurePanel {
  const shown = isExercise ? 1 - component : component;
  const relation = shown === 0 ? 'z₁ ≥ z₂' : 'z₁ < z₂';
  return field(`argmax${index(component)}, 1 where ${relation}`, {
    kind: 'argmax',
    component: shown,
  });
}

function field(title: string, of: object): FigurePanel {
  return { kind: 'field', title, state: { field: of, ...LOOK } };
}

function index(component: 0 | 1): string {
  return ['₁', '₂'][component]!;
}
