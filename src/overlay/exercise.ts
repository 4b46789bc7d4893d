import type { Vec2 } from '../model/field.ts';
import { type Shorthand, shorthandOf } from '../model/shorthand.ts';
import { add, scale, toNumber, twoSum } from '../numeric/doubleDouble.ts';
import { formatNumber } from '../scales/format.ts';
import type { State } from '../state/state.ts';
import type { PictureGeometry } from '../view/pictureGeometry.ts';
import type { View } from '../view/view.ts';
import { viewCoordinate } from '../view/view.ts';
import { INK } from './ink.ts';
import { type Layer, type LegendEntry, NO_LAYER, SIGN_WIDTH } from './layer.ts';
import type { Attributes, Mark } from './marks.ts';

/** The classic exercise: which points a single neuron can separate. */
const POINTS: readonly { readonly at: Vec2; readonly label: 0 | 1 }[] = [
  { at: [1, 1], label: 1 },
  { at: [2, 2], label: 1 },
  { at: [1, 2], label: 0 },
  { at: [2, 3], label: 0 },
];

/** A neuron of the plane. */
export type NeuronField = Extract<Shorthand, { readonly kind: 'sigmoid' | 'tanh' }>;

/** The exercise's neuron, w = (1, −1) and b = 0, has these pre-activations at the two classes. */
const CLASS_PRE_ACTIVATIONS: readonly [number, number] = [0, -1];

const POINT_RADIUS_PX = 9;
/** Points further out are not drawn: SVG coordinates are float32. */
const FAR_PX = 1e5;

const WHITE = '#ffffff';
const BLACK = '#000000';
const LETTER = { 'font-size': 13, 'font-weight': 700 };
const CLASS_LOOKS: readonly { readonly circle: Attributes; readonly text: Attributes }[] = [
  {
    circle: { fill: INK, stroke: WHITE, 'stroke-width': 1.5 },
    text: { ...LETTER, fill: WHITE },
  },
  {
    circle: { fill: WHITE, stroke: BLACK, 'stroke-width': 1.5 },
    text: { ...LETTER, fill: BLACK },
  },
];
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

/** The four points, and the line between the classes, over the picture of a neuron, if the state asks for them. */
export function exerciseLayer(
  { field, view, points: chosen }: State,
  geometry: PictureGeometry,
): Layer {
  if (chosen === 'none') return NO_LAYER;
  const neuron = shorthandOf(field);
  if (neuron?.kind !== 'sigmoid' && neuron?.kind !== 'tanh') return NO_LAYER;
  const points = POINTS.flatMap(({ at, label }) => pointMarks(at, label, view, geometry));
  const marks = [...lineMarks(neuron, view, geometry), ...points];
  return { marks, legend: legendOf(neuron.kind) };
}

function legendOf(kind: NeuronField['kind']): LegendEntry[] {
  const level = formatNumber(thresholdOutput(kind), 4);
  const center = [SIGN_WIDTH / 2, 0] as const;
  const point = { kind: 'circle', center, radius: 5.5 } as const;
  const line = { kind: 'line', from: [0, 0], to: [SIGN_WIDTH, 0] } as const;
  const outline = { stroke: INK, 'stroke-width': 1.5 };
  return [
    { sign: [{ ...point, look: 'class1', style: { ...outline, fill: WHITE } }], text: 'class 1' },
    { sign: [{ ...point, look: 'class0', style: { ...outline, fill: INK } }], text: 'class 0' },
    {
      sign: [
        { ...line, look: 'casing', style: CASING },
        { ...line, look: 'threshold', style: { ...DASHES, 'stroke-dasharray': '5 3' } },
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

function pointMarks(at: Vec2, label: 0 | 1, view: View, geometry: PictureGeometry): Mark[] {
  const u = viewCoordinate(view, { x: { high: at[0], low: 0 }, y: { high: at[1], low: 0 } });
  const center = geometry.toPixel(u);
  const [x, y] = center;
  if (!(Math.abs(x) < FAR_PX && Math.abs(y) < FAR_PX)) return [];
  const { circle, text } = CLASS_LOOKS[label]!;
  const words = { text: String(label), at: [x, y + 4.5], anchor: 'middle' } as const;
  return [
    { kind: 'circle', center, radius: POINT_RADIUS_PX, look: `point class${label}`, style: circle },
    { kind: 'text', ...words, look: 'pointLabel', style: text },
  ];
}
