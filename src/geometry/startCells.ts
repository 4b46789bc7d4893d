import type { PlaneWindow } from './arrangement.ts';
import { type Dyadic, multiplyDyadic, negateDyadic, sumDyadic } from './dyadic.ts';
import { FORM_SIZE } from './homogeneous.ts';
import { firstForms } from './layerForms.ts';
import type { PreparedNetwork } from './preparedNetwork.ts';
import { BORDER_LINE, HELPER_LINE, INFINITY_LINE, NO_CELL, Subdivision } from './subdivision.ts';

/** The coefficients of a line. */
type LineForm = readonly [a: number, b: number, c: number];

/** A line with its gradient, which is exact where the form's coefficients and their error bounds are not. */
interface StartLine {
  /** See homogeneous.ts. */
  readonly form: ArrayLike<number>;
  readonly gradient: readonly [Dyadic, Dyadic];
  /** The first layer's neuron whose hinge it is, or HELPER_LINE. */
  readonly neuron: number;
}

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
export function startFromPlane(network: PreparedNetwork): Start {
  const hinges = firstHinges(network);
  const [one] = hinges;
  if (one === undefined) return startFromWedges(ACROSS, UP);
  const other = hinges.find((hinge) => turn(one, hinge) !== 0);
  // The axis that is further from parallel; a number may be 0 only because it was rounded.
  const isSteep = Math.abs(one.form[0]) > Math.abs(one.form[1]) || turn(one, ACROSS) === 0;
  return startFromWedges(one, other ?? (isSteep ? UP : ACROSS));
}

/** The hinges of the first hidden layer, of the neurons that are not constant. */
function firstHinges(network: PreparedNetwork): StartLine[] {
  const [first] = network.hidden;
  if (first === undefined) return [];
  const forms = firstForms(first, network.atCenter);
  const { weight } = first.exact();
  const lines = Array.from({ length: first.outputs }, (_, neuron): StartLine => {
    const form = forms.subarray(neuron * FORM_SIZE, (neuron + 1) * FORM_SIZE);
    const gradient = [weight[2 * neuron], weight[2 * neuron + 1]] as const;
    return { form, gradient, neuron };
  });
  return lines.filter(({ gradient }) => gradient.some(({ mantissa }) => mantissa !== 0n));
}

const ZERO: Dyadic = { mantissa: 0n, exponent: 0 };
const ONE: Dyadic = { mantissa: 1n, exponent: 0 };
const ACROSS: StartLine = {
  form: [1, 0, 0, 0, 0, 0],
  gradient: [ONE, ZERO],
  neuron: HELPER_LINE,
};
const UP: StartLine = { form: [0, 1, 0, 0, 0, 0], gradient: [ZERO, ONE], neuron: HELPER_LINE };

function startFromWedges(one: StartLine, other: StartLine): Start {
  // The second form's gradient lies counterclockwise of the first one's.
  const lines = turn(one, other) > 0 ? [one, other] : [other, one];
  const subdivision = new Subdivision();
  const [first, second] = lines.map(({ form, neuron }) => subdivision.addLine(form, 0, neuron, 0));
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
    { neuron: lines[0].neuron, positive: [plusMinus, plusPlus] },
    { neuron: lines[1].neuron, positive: [minusPlus, plusPlus] },
  ].filter(({ neuron }) => neuron >= 0);
  return { subdivision, done, hasHelpers: done.length < 2 };
}

/** The sign of the determinant of the gradients. */
function turn({ gradient: [a, b] }: StartLine, { gradient: [c, d] }: StartLine): -1 | 0 | 1 {
  const { mantissa } = sumDyadic([multiplyDyadic(a, d), negateDyadic(multiplyDyadic(b, c))]);
  return mantissa > 0n ? 1 : mantissa < 0n ? -1 : 0;
}

function addExactLine(subdivision: Subdivision, form: LineForm, neuron: number): number {
  return subdivision.addLine([...form, 0, 0, 0], 0, neuron, 0);
}
