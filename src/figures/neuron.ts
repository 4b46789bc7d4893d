import { apply, comma, frac, line, mi, mn, mo, row, sup } from '../drawing/formula.ts';
import type { Curve } from '../drawing/vectorPanels.ts';
import type { Figure } from './figure.ts';

const REACH = 5;
const STEPS = 200;
/** It contains the four points. */
const POINTS_VIEW = { center: [1.5, 1.5], halfWidth: 2.5 };

/** The sigmoid, tanh, and what one neuron can separate. */
export const neuron: Figure = {
  id: 'neuron',
  title: 'Sigmoid, tanh and a separating neuron',
  question: 'How are sigmoid and tanh related, and can one neuron separate the two classes?',
  caption: [
    'The curves show both functions with their derivatives.',
    'tanh is a stretched sigmoid: the points 2σ(2x) − 1 lie on its curve.',
    'Its derivative reaches 1, four times that of the sigmoid.',
    'The pictures show the neuron with w = (1, −1) and b = 0 on four points, two of each class.',
    'Class 1 has pre-activation 0, class 0 has −1; the dashed line, half-way between the two outputs, separates them.',
  ],
  formula: [
    line(
      apply(mi('σ'), mi('x')),
      mo('='),
      frac(mn(1), row(mn(1), mo('+'), sup(mi('e'), row(mo('−'), mi('x'))))),
      comma(),
      sup(mi('σ'), mo('′')),
      mo('='),
      row(mi('σ'), mo('('), mn(1), mo('−'), mi('σ'), mo(')')),
      comma(),
      apply(mi('tanh'), mi('x')),
      mo('='),
      row(mn(2), apply(mi('σ'), row(mn(2), mi('x')))),
      mo('−'),
      mn(1),
    ),
  ],
  columns: () => 2,
  linkedViews: true,
  sharedRange: false,
  controls: [],
  panels: () => [
    {
      kind: 'curves',
      title: 'The sigmoid and its derivative',
      x: { label: 'x', from: -REACH, to: REACH, scale: 'linear' },
      y: { label: '', from: -1.1, to: 1.1, scale: 'linear' },
      curves: [
        curve('σ(x)', 'line', sigmoid),
        curve('σ′(x)', 'dashed', (x) => sigmoid(x) * sigmoid(-x)),
      ],
      markers: [],
    },
    {
      kind: 'curves',
      title: 'tanh and its derivative',
      x: { label: 'x', from: -REACH, to: REACH, scale: 'linear' },
      y: { label: '', from: -1.1, to: 1.1, scale: 'linear' },
      curves: [
        curve('tanh(x)', 'line', Math.tanh),
        curve('tanh′(x)', 'dashed', (x) => 4 * sigmoid(2 * x) * sigmoid(-2 * x)),
        curve('2σ(2x) − 1', 'points', (x) => 2 * sigmoid(2 * x) - 1, 25),
      ],
      markers: [],
    },
    ...(['sigmoid', 'tanh'] as const).map((kind) => ({
      kind: 'field' as const,
      title: `${kind}(x₁ − x₂) on the four points`,
      state: {
        field: { kind, weight: [1, -1], bias: 0 },
        view: POINTS_VIEW,
        data: { kind: 'exercise' },
      },
    })),
  ],
};

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function curve(
  name: string,
  style: Curve['style'],
  value: (x: number) => number,
  steps = STEPS,
): Curve {
  const points = Array.from({ length: steps + 1 }, (_, i) => {
    const x = REACH * ((2 * i) / steps - 1);
    return [x, value(x)] as const;
  });
  return { name, style, points };
}
