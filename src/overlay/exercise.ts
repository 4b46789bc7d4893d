import type { Vec2 } from '../model/field.ts';
import { type Shorthand, shorthandOf } from '../model/shorthand.ts';
import { add, scale, toNumber, twoSum } from '../numeric/doubleDouble.ts';
import { formatNumber } from '../scales/format.ts';
import type { State } from '../state/state.ts';
import type { PictureGeometry } from '../view/pictureGeometry.ts';
import type { View } from '../view/view.ts';
import { type Layer, type LegendEntry, NO_LAYER, SIGN_WIDTH } from './layer.ts';
import type { Attributes, Mark } from './marks.ts';

/** A neuron of the plane. */
export type NeuronField = Extract<Shorthand, { readonly kind: 'sigmoid' | 'tanh' }>;

/** The exercise's neuron, w = (1, −1) and b = 0, has these pre-activations at the two classes. */
const CLASS_PRE_ACTIVATIONS: readonly [number, number] = [0, -1];

const WHITE = '#ffffff';
const BLACK = '#000000';
/** Light and dark, so that the line is visible on any colours. */
const CASING: Attributes = {
  fill: 'none',
  stroke: BLACK,
  'stroke-width': 4,
  'stroke-opacity': 0.55,
};
const DASHES: Attributes = {
  fill: 'none',
  stroke: WHITE,
  'stroke-width': 2,
  'stroke-dasharray': '9 6',
};

/**
 * The output midway between those for the two classes: (σ(0) + σ(−1)) / 2 of the exercise, with
 * tanh for σ for a tanh neuron.
 */
export function thresholdOutput(kind: NeuronField['kind']): number {
  const activation = kind === 'sigmoid' ? sigmoid : Math.tanh;
  const [z1, z0] = CLASS_PRE_ACTIVATIONS;
  return (activation(z1) + activation(z0)) / 2;
}

/** The pre-activation that gives this output. */
export function thresholdPreActivation(kind: NeuronField['kind']): number {
  const output = thresholdOutput(kind);
  return kind === 'sigmoid' ? Math.log(output / (1 - output)) : Math.atanh(output);
}

function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z));
}

/** The line between the classes over the picture of a neuron, if the state shows the exercise's points. */
export function exerciseLayer(state: State, geometry: PictureGeometry): Layer {
  const neuron = exerciseNeuron(state);
  if (neuron === null) return NO_LAYER;
  return { marks: lineMarks(neuron, state.view, geometry), legend: legendOf(neuron.kind) };
}

/** Above it a single output says class 1: the exercise's threshold of a neuron with its points, else 0. */
export function decisionThreshold(state: State): number {
  const neuron = exerciseNeuron(state);
  return neuron === null ? 0 : thresholdPreActivation(neuron.kind);
}

function exerciseNeuron({ field, data }: State): NeuronField | null {
  if (data?.kind !== 'exercise') return null;
  const neuron = shorthandOf(field);
  return neuron?.kind === 'sigmoid' || neuron?.kind === 'tanh' ? neuron : null;
}

function legendOf(kind: NeuronField['kind']): LegendEntry[] {
  const level = formatNumber(thresholdOutput(kind), 4);
  const line = { kind: 'line', from: [0, 0], to: [SIGN_WIDTH, 0] } as const;
  const dashes = { ...DASHES, 'stroke-dasharray': '5 3' };
  return [
    {
      sign: [
        { ...line, look: 'casing', style: CASING },
        { ...line, look: 'threshold', style: dashes },
      ],
      text: `decision threshold ${level}`,
    },
  ];
}

function lineMarks(field: NeuronField, view: View, geometry: PictureGeometry): Mark[] {
  const ends = lineEnds(field, view, geometry.reach);
  if (!ends) return [];
  const points = geometry.traceSegment(...ends);
  return [
    { kind: 'polyline', points, look: 'casing', style: CASING },
    { kind: 'polyline', points, look: 'threshold', style: DASHES },
  ];
}

/**
 * The ends of the chord of the line w · x + b = threshold in a circle around the view's centre,
 * in view coordinates; null if the line misses the circle or there is no line.
 */
export function lineEnds(field: NeuronField, view: View, radius: number): [Vec2, Vec2] | null {
  const [w1, w2] = field.weight;
  const norm = Math.hypot(w1, w2);
  if (norm === 0) return null;
  const [x, y] = ([0, 1] as const).map((axis) => ({
    high: view.center[axis],
    low: view.centerLow[axis],
  }));
  const bias = twoSum(field.bias, -thresholdPreActivation(field.kind));
  // Far from the origin the terms cancel.
  const atCenter = add(add(scale(x!, w1), scale(y!, w2)), bias);
  const distance = -toNumber(atCenter) / view.halfWidth / norm;
  if (!(Math.abs(distance) < radius)) return null;
  const [n1, n2] = [w1 / norm, w2 / norm];
  const half = Math.sqrt(radius * radius - distance * distance);
  return [
    [n1 * distance - n2 * half, n2 * distance + n1 * half],
    [n1 * distance + n2 * half, n2 * distance - n1 * half],
  ];
}
