import type { PreparedLayer } from '../model/preparedLayers.ts';
import type { PlaneWindow } from './arrangement.ts';
import { BORDER_LINE, HELPER_LINE, INFINITY_LINE, NO_CELL, Subdivision } from './subdivision.ts';

/** The coefficients of a line before any rounding. */
type LineForm = readonly [a: number, b: number, c: number];

/** A subdivision before any cuts except those listed in `done`. */
export interface Start {
  readonly subdivision: Subdivision;
  /** Neurons of the first layer whose hinges it already contains, with the cells where they are positive. */
  readonly done: readonly { readonly neuron: number; readonly positive: readonly number[] }[];
  /** Whether helper lines split regions into several cells, to be merged at the end. */
  readonly hasHelpers: boolean;
}

const NOT_STARTED = -1;

/** One cell, the rectangle. */
export function startFromWindow({ x, y }: PlaneWindow): Start {
  const subdivision = new Subdivision();
  // Lower, right, upper and left side; the inside is positive.
  const sides: LineForm[] = [
    [0, 1, -y[0]],
    [-1, 0, x[1]],
    [0, -1, y[1]],
    [1, 0, -x[0]],
  ];
  const lines = sides.map((side) => addExactLine(subdivision, side, BORDER_LINE));
  const corners = lines.map((line, i) => subdivision.addPoint(lines[(i + 3) % 4], line, 1));
  const loop = lines.map((line, i) =>
    subdivision.addEdge(corners[i], corners[(i + 1) % 4], 0, NO_CELL, line),
  );
  subdivision.addCell(loop, NO_CELL, NOT_STARTED);
  return { subdivision, done: [], hasHelpers: false };
}

/**
 * Four wedges around the crossing of two hinges of the first layer: every cell into which they are
 * cut has a finite corner, so no edge leads from a direction to its opposite.
 *
 * If all hinges of the first layer are parallel, or there are none, helper lines replace them.
 */
export function startFromPlane(first: PreparedLayer): Start {
  const form = (neuron: number): LineForm => [
    first.weight[2 * neuron],
    first.weight[2 * neuron + 1],
    first.bias[neuron],
  ];
  const forms = Array.from({ length: first.outputs }, (_, neuron) => form(neuron));
  const i = forms.findIndex(([a, b]) => a !== 0 || b !== 0);
  if (i < 0) return startFromWedges([1, 0, 0], HELPER_LINE, [0, 1, 0], HELPER_LINE);
  const j = forms.findIndex((other) => turn(forms[i], other) !== 0);
  if (j >= 0) return startFromWedges(forms[i], i, forms[j], j);
  const [a, b] = forms[i];
  return startFromWedges(forms[i], i, [-b, a, 0], HELPER_LINE);
}

function startFromWedges(
  one: LineForm,
  neuronOfOne: number,
  other: LineForm,
  neuronOfOther: number,
): Start {
  // The second form's gradient lies counterclockwise of the first one's.
  const isOrdered = turn(one, other) > 0;
  const neurons = isOrdered ? [neuronOfOne, neuronOfOther] : [neuronOfOther, neuronOfOne];
  const subdivision = new Subdivision();
  const first = addExactLine(subdivision, isOrdered ? one : other, neurons[0]);
  const second = addExactLine(subdivision, isOrdered ? other : one, neurons[1]);
  const infinity = addExactLine(subdivision, [0, 0, 1], INFINITY_LINE);

  const center = subdivision.addPoint(first, second, 1);
  // Directions along the lines, with the positive side to the left.
  const firstAhead = subdivision.addPoint(first, infinity, 1);
  const secondAhead = subdivision.addPoint(second, infinity, 1);
  const firstBack = subdivision.addPoint(first, infinity, -1);
  const secondBack = subdivision.addPoint(second, infinity, -1);

  // Cells by the signs of both forms; counterclockwise: plusMinus, plusPlus, minusPlus, minusMinus.
  const [minusMinus, plusMinus, minusPlus, plusPlus] = [0, 1, 2, 3];
  const ray1 = subdivision.addEdge(center, firstAhead, plusMinus, minusMinus, first);
  const ray2 = subdivision.addEdge(center, secondAhead, plusPlus, plusMinus, second);
  const ray3 = subdivision.addEdge(firstBack, center, plusPlus, minusPlus, first);
  const ray4 = subdivision.addEdge(secondBack, center, minusPlus, minusMinus, second);
  const arc1 = subdivision.addEdge(firstAhead, secondAhead, plusMinus, NO_CELL, infinity);
  const arc2 = subdivision.addEdge(secondAhead, firstBack, plusPlus, NO_CELL, infinity);
  const arc3 = subdivision.addEdge(firstBack, secondBack, minusPlus, NO_CELL, infinity);
  const arc4 = subdivision.addEdge(secondBack, firstAhead, minusMinus, NO_CELL, infinity);
  // In the order of their indices.
  for (const loop of [
    [ray4, arc4, ray1],
    [ray1, arc1, ray2],
    [ray3, arc3, ray4],
    [ray2, arc2, ray3],
  ]) {
    subdivision.addCell(loop, NO_CELL, NOT_STARTED);
  }
  subdivision.addCut(minusMinus, plusMinus, first);
  subdivision.addCut(minusMinus, minusPlus, second);
  subdivision.addCut(plusMinus, plusPlus, second);
  const done = [
    { neuron: neurons[0], positive: [plusMinus, plusPlus] },
    { neuron: neurons[1], positive: [minusPlus, plusPlus] },
  ].filter(({ neuron }) => neuron >= 0);
  return { subdivision, done, hasHelpers: done.length < 2 };
}

/** The determinant of the gradients; its sign is right, because float32 products are exact in float64. */
function turn(one: LineForm, other: LineForm): number {
  return one[0] * other[1] - one[1] * other[0];
}

function addExactLine(subdivision: Subdivision, form: LineForm, neuron: number): number {
  return subdivision.addLine([...form, 0, 0, 0], 0, neuron, 0);
}
