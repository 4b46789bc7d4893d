import { apply, frac, line, mi, mn, mo, row, sub } from '../drawing/formula.ts';
import type { Figure, FigurePanel } from './figure.ts';
import { networkField, SEED } from './networks.ts';
import { isOn, numberOf } from './settings.ts';

const HALF_WIDTHS = [5, 500, 1000];

/** np.gradient of a network beside its exact gradient. */
export const numericGradient: Figure = {
  id: 'np-gradient',
  title: 'np.gradient beside the exact gradient',
  question: 'What does np.gradient show of a piecewise linear function, and what does it blur?',
  caption: [
    'Each half-width has four panels; the prism colour map makes small differences visible.',
    'A network is affine on each region, so its gradient has one colour there.',
    'np.gradient takes differences of neighbouring samples, per sample and not per unit of length: it is the exact ' +
      'derivative times the step h between samples, except for a seam one or two samples wide along each hinge, where ' +
      'it mixes both sides.',
    'np.gradient along rows corresponds to ∂₂, since rows count x₂.',
    'Each panel has its own range: where a region is thinner than a sample, np.gradient misses its slope, and all ' +
      'colours shift.',
  ],
  formula: [
    line(
      sub(apply(mi('np.gradient'), mi('Z')), mi('i')),
      mo('='),
      frac(
        row(
          sub(mi('Z'), row(mi('i'), mo('+'), mn(1))),
          mo('−'),
          sub(mi('Z'), row(mi('i'), mo('−'), mn(1))),
        ),
        mn(2),
      ),
      mo('≈'),
      mi('h'),
      frac(row(mo('∂'), mi('f')), row(mo('∂'), mi('x'))),
    ),
  ],
  columns: () => 4,
  linkedViews: false,
  sharedRange: false,
  controls: [
    {
      kind: 'switch',
      name: 'deep',
      label: 'show the deep network',
      whenOn: 'deep network',
      initial: false,
    },
    SEED,
  ],
  panels: (settings) => {
    const depth = isOn(settings, 'deep') ? 'deep' : 'shallow';
    const field = networkField(depth, numberOf(settings, 'seed'));
    return HALF_WIDTHS.flatMap((halfWidth): FigurePanel[] => {
      const panel = (name: string, quantity: string): FigurePanel => ({
        kind: 'field',
        title: `${name}, ${depth} ±${halfWidth}`,
        state: { field, quantity, colormap: 'prism', view: { center: [0, 0], halfWidth } },
      });
      return [
        panel('np.gradient columns', 'npGradientColumns'),
        panel('∂₁ exact', 'partial1'),
        panel('np.gradient rows', 'npGradientRows'),
        panel('∂₂ exact', 'partial2'),
      ];
    });
  },
};
