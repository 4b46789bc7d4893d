import type { NeuronField, Vec2 } from '../model/field.ts';
import { add, scale, toNumber, twoSum } from '../numeric/doubleDouble.ts';
import type { PictureGeometry } from '../view/pictureGeometry.ts';
import type { View } from '../view/view.ts';
import { viewCoordinate } from '../view/view.ts';
import { makeSvg } from './dom.ts';

/** The classic exercise: which points a single neuron tells apart. */
const POINTS: readonly { readonly at: Vec2; readonly label: 0 | 1 }[] = [
  { at: [1, 1], label: 1 },
  { at: [2, 2], label: 1 },
  { at: [1, 2], label: 0 },
  { at: [2, 3], label: 0 },
];

/** The exercise's neuron, w = (1, −1) and b = 0, has these pre-activations at the two classes. */
const CLASS_PRE_ACTIVATIONS: readonly [number, number] = [0, -1];

const POINT_RADIUS_PX = 9;
/** Points further out than this are not drawn: SVG coordinates are float32. */
const FAR_PX = 1e5;

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

/** Draws the four points and the line into the picture's overlay. */
export function drawExercise(
  field: NeuronField,
  view: View,
  geometry: PictureGeometry,
): SVGElement[] {
  const line = drawLine(field, view, geometry);
  const points = POINTS.flatMap(({ at, label }) => drawPoint(at, label, view, geometry));
  return line ? [line, ...points] : points;
}

function drawLine(field: NeuronField, view: View, geometry: PictureGeometry): SVGElement | null {
  const ends = lineEnds(field, view, geometry.reach);
  if (!ends) return null;
  const points = geometry.traceSegment(...ends).join(' ');
  return makeSvg(
    'g',
    { class: 'threshold' },
    makeSvg('polyline', { class: 'casing', points }),
    makeSvg('polyline', { points }),
  );
}

/**
 * The ends of the chord of the line w · x + b = threshold in a circle around the view's centre,
 * in view coordinates; null where the line passes by or there is none.
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

function drawPoint(at: Vec2, label: 0 | 1, view: View, geometry: PictureGeometry): SVGElement[] {
  const u = viewCoordinate(view, { x: at[0], y: at[1], xLow: 0, yLow: 0 });
  const [x, y] = geometry.toPixel(u);
  if (!(Math.abs(x) < FAR_PX && Math.abs(y) < FAR_PX)) return [];
  const group = makeSvg('g', { class: `point class${label}` });
  group.append(
    makeSvg('circle', { cx: x, cy: y, r: POINT_RADIUS_PX }),
    makeSvg('text', { x, y: y + 4.5, 'text-anchor': 'middle' }, String(label)),
  );
  return [group];
}
