import { apply, frac, line, mi, mo, row, sub } from '../drawing/formula.ts';
import type { TablePanel } from '../drawing/vectorPanels.ts';
import { networkFor } from '../model/resolve.ts';
import { formatNumber } from '../scales/format.ts';
import { Backpropagation } from '../training/backpropagation.ts';
import { strideOf } from '../training/engine.ts';
import { flatParameters, type ParameterPlace, parameterPlaces } from '../training/layout.ts';
import { LOSSES } from '../training/losses.ts';
import type { Figure } from './figure.ts';
import { SEED } from './networks.ts';
import { numberOf } from './settings.ts';

/** The exclusive or: four points of the plane with their classes. */
const POINTS = [
  [-1, -1],
  [-1, 1],
  [1, -1],
  [1, 1],
] as const;
const LABELS = Int32Array.of(0, 1, 1, 0);
const N = POINTS.length;
const D = 2;
const K = 2;
const DIGITS = 4;
/** Steps of the differences: 10⁰ down to 10⁻¹². */
const STEP_DECADES = 12;
const STEPS_PER_DECADE = 4;
/** The step of the check in the table. */
const CHECK_STEP = 1e-5;

/** Affine, ReLU, affine, cross-entropy: forward, backward, and a check by differences. */
export const backpropagation: Figure = {
  id: 'backpropagation',
  title: 'The layers of backpropagation',
  question: 'How does each layer pass the gradient back, and how does one check it?',
  caption: [
    'Forward: each layer keeps what its gradient will need, namely its input.',
    'Backward, from the last row up: each layer takes the gradient by its output, and returns that by its input. Every gradient ' +
      'has the shape of what it belongs to.',
    'The gradient of the cross-entropy by the logits is softmax less one-hot: bounded, and without a logarithm.',
    'The check: a central difference of the loss is off by h² for a large step h, and by rounding, about 10⁻¹⁶ / h, for a small ' +
      'one. In between both gradients agree to ten digits. Only a hinge within the step would spoil that.',
  ],
  formula: [
    line(
      frac(row(mo('∂'), mi('L')), row(mo('∂'), mi('θ'))),
      mo('≈'),
      frac(
        row(
          apply(mi('L'), row(mi('θ'), mo('+'), mi('h'))),
          mo('−'),
          apply(mi('L'), row(mi('θ'), mo('−'), mi('h'))),
        ),
        row(mi('2'), mi('h')),
      ),
    ),
    line(
      frac(row(mo('∂'), mi('L')), row(mo('∂'), sub(mi('Z'), mi('2')))),
      mo('='),
      frac(
        row(apply(mi('softmax'), sub(mi('Z'), mi('2'))), mo('−'), apply(mi('onehot'), mi('y'))),
        mi('N'),
      ),
    ),
  ],
  columns: () => 2,
  linkedViews: false,
  sharedRange: false,
  controls: [
    {
      kind: 'slider',
      name: 'hidden',
      label: 'hidden neurons H',
      min: 1,
      max: 16,
      step: 1,
      initial: 3,
    },
    SEED,
  ],
  panels: (settings) => {
    const hidden = numberOf(settings, 'hidden');
    const check = checkGradient(hidden, numberOf(settings, 'seed'));
    return [
      forwardTable(hidden, check.loss),
      backwardTable(hidden),
      checkTable(hidden, check),
      {
        kind: 'curves',
        title: 'Difference of both gradients, relative',
        x: { label: 'h', from: 10 ** -STEP_DECADES, to: 1, scale: 'log10' },
        y: { label: 'relative error', from: 1e-13, to: 10, scale: 'log10' },
        curves: [{ name: 'all parameters', style: 'line', points: check.errors }],
        markers: [{ axis: 'x', at: CHECK_STEP, name: 'the table’s h' }],
      },
    ];
  },
};

function forwardTable(hidden: number, loss: number): TablePanel {
  return {
    kind: 'table',
    title: `Forward: N = ${N} points, H = ${hidden}`,
    head: ['layer', 'output', 'shape'],
    rows: [
      ['input', 'X', shape(N, D)],
      ['affine', 'Z₁ = X W₁ᵀ + b₁', shape(N, hidden)],
      ['ReLU', 'A = max(Z₁, 0)', shape(N, hidden)],
      ['affine', 'Z₂ = A W₂ᵀ + b₂', shape(N, K)],
      ['cross-entropy', `L = ${formatNumber(loss, DIGITS)}`, 'a number'],
    ],
  };
}

function backwardTable(hidden: number): TablePanel {
  return {
    kind: 'table',
    title: 'Backward: G is ∂L by what its index names',
    head: ['layer', 'gradient', 'shape'],
    rows: [
      ['affine', 'G(W₁) = G(Z₁)ᵀ X', shape(hidden, D)],
      ['', 'G(b₁) = Σ over points of G(Z₁)', String(hidden)],
      ['ReLU', 'G(Z₁) = G(A) where Z₁ > 0, else 0', shape(N, hidden)],
      ['affine', 'G(A) = G(Z₂) W₂', shape(N, hidden)],
      ['', 'G(W₂) = G(Z₂)ᵀ A', shape(K, hidden)],
      ['', 'G(b₂) = Σ over points of G(Z₂)', String(K)],
      ['cross-entropy', 'G(Z₂) = (softmax(Z₂) − onehot(y)) / N', shape(N, K)],
    ],
  };
}

function shape(rows: number, columns: number): string {
  return `${rows} × ${columns}`;
}

/** Both gradients of the loss, by all parameters in PyTorch's order. */
interface Check {
  readonly loss: number;
  readonly gradient: Float64Array;
  /** By central differences, with the step of the table. */
  readonly differences: Float64Array;
  /** [h, relative error] for other steps. */
  readonly errors: readonly (readonly [number, number])[];
}

/** The gradient of a network 2-H-2 at the four points, as training computes it, and by differences. */
export function checkGradient(hidden: number, seed: number): Check {
  const network = networkFor({
    kind: 'drawn',
    widths: [D, hidden, K],
    activation: 'relu',
    seed,
    outputBias: null,
  });
  const layers = new Backpropagation(network.layers, N);
  layers.parameters.set(flatParameters(network));
  const stride = strideOf(N);
  POINTS.forEach((point, s) => {
    point.forEach((x, i) => {
      layers.heap[layers.input + i * stride + s] = x;
    });
  });
  const targets = { labels: LABELS, values: new Float64Array(0) };
  const evaluate = () =>
    LOSSES.crossEntropy.evaluate(layers.forward(layers.input, N), targets, 1 / N) / N;
  const loss = evaluate();
  layers.backward(layers.input, N);
  const gradient = layers.gradient.slice();
  const differencesAt = (h: number) =>
    gradient.map((_, i) => {
      const at = layers.parameters[i]!;
      const lossAt = (value: number) => {
        layers.parameters[i] = value;
        return evaluate();
      };
      const difference = (lossAt(at + h) - lossAt(at - h)) / (2 * h);
      layers.parameters[i] = at;
      return difference;
    });
  const steps = Array.from(
    { length: STEP_DECADES * STEPS_PER_DECADE + 1 },
    (_, i) => 10 ** (-STEP_DECADES + i / STEPS_PER_DECADE),
  );
  return {
    loss,
    gradient,
    differences: differencesAt(CHECK_STEP),
    errors: steps.map((h) => [h, relativeError(gradient, differencesAt(h))] as const),
  };
}

/** ‖a − b‖ / (‖a‖ + ‖b‖), as the course has it; 0 if both are 0. */
function relativeError(a: Float64Array, b: Float64Array): number {
  const apart = Math.hypot(...a.map((value, i) => value - b[i]!));
  const sizes = Math.hypot(...a) + Math.hypot(...b);
  return sizes === 0 ? 0 : apart / sizes;
}

function checkTable(hidden: number, { gradient, differences }: Check): TablePanel {
  const shapes = [
    { inputs: D, outputs: hidden },
    { inputs: hidden, outputs: K },
  ];
  const places = parameterPlaces(shapes.map((own) => ({ ...own, activation: 'relu' as const })));
  const rowOf = (name: string, from: number, to: number) => {
    const [own, other] = [gradient.subarray(from, to), differences.subarray(from, to)];
    return [
      name,
      ...[own, other].map((part) => formatNumber(Math.hypot(...part), DIGITS)),
      formatNumber(relativeError(own, other), 2),
    ];
  };
  const rows = places.flatMap(({ weight, bias, end }: ParameterPlace, i) => [
    rowOf(`W${'₁₂'.charAt(i)}`, weight, bias),
    rowOf(`b${'₁₂'.charAt(i)}`, bias, end),
  ]);
  return {
    kind: 'table',
    title: `Gradient check with h = ${formatNumber(CHECK_STEP, 1)}`,
    head: ['by', 'backward, ‖G‖', 'differences, ‖G‖', 'relative error'],
    rows,
  };
}
