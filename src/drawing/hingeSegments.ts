import type { DetailedArrangement } from '../geometry/arrangement.ts';
import type { Vec2 } from '../model/field.ts';
import type { PlaneLayer } from '../model/planeNetwork.ts';
import { add, type DoubleDouble, negate, scale, toNumber } from '../numeric/doubleDouble.ts';
import type { View } from '../view/view.ts';

/** A straight piece of a hinge, in view coordinates. */
export type Segment = readonly [Vec2, Vec2];

/** The hinges of each of a network's own hidden layers, from the exact arrangement of a window about the view's centre. */
export function networkHinges(
  { network, points, edges }: DetailedArrangement,
  { halfWidth }: View,
): Segment[][] {
  const layers = network.layers.slice(0, -1);
  const layerOf = layers.flatMap(({ outputs, hiddenLayer }) =>
    Array<number>(outputs).fill(hiddenLayer),
  );
  const count = 1 + Math.max(-1, ...layerOf);
  const hinges = Array.from({ length: count }, (): Segment[] => []);
  const place = (index: number): Vec2 => {
    const { x, y } = points[index]!;
    return [x / halfWidth, y / halfWidth];
  };
  for (const { from, to, neuron } of edges) {
    if (neuron >= 0) hinges[layerOf[neuron]!]!.push([place(from), place(to)]);
  }
  return hinges;
}

/**
 * Where the two largest logits are equal, within `reach` half-widths of the centre.
 *
 * The line on which logits j and k are equal is cut by the half-planes in which they exceed the others.
 */
export function logitHinges(logits: PlaneLayer, view: View, reach: number): Segment[] {
  const bias = [...logits.bias];
  const weight = bias.map((_, k): Vec2 => [logits.weight[2 * k]!, logits.weight[2 * k + 1]!]);
  const atCenter = weight.map((a, k) => logitAt(a, bias[k]!, view));
  /** (σ_j − σ_k) / halfWidth as a function of the view coordinates: [slopes, value at the centre]. */
  const difference = (j: number, k: number): readonly [Vec2, number] => [
    [weight[j]![0] - weight[k]![0], weight[j]![1] - weight[k]![1]],
    toNumber(add(atCenter[j]!, negate(atCenter[k]!))) / view.halfWidth,
  ];
  const segments: Segment[] = [];
  weight.forEach((_, j) => {
    for (let k = 0; k < j; k += 1) {
      const others = weight.flatMap((__, m) => (m === j || m === k ? [] : [difference(j, m)]));
      const segment = cutLine(difference(j, k), others, reach);
      if (segment) segments.push(segment);
    }
  });
  return segments;
}

function logitAt(a: Vec2, bias: number, { center, centerLow }: View): DoubleDouble {
  const [x, y] = ([0, 1] as const).map((axis) =>
    scale({ high: center[axis], low: centerLow[axis] }, a[axis]),
  );
  return add(add(x!, y!), { high: bias, low: 0 });
}

/** The part of the line n · u + c = 0 in a circle around 0, and where each n · u + c of `above` is positive. */
function cutLine(
  [n, c]: readonly [Vec2, number],
  above: readonly (readonly [Vec2, number])[],
  radius: number,
): Segment | null {
  const squared = n[0] * n[0] + n[1] * n[1];
  const foot: Vec2 = [(-c * n[0]) / squared, (-c * n[1]) / squared];
  const half = Math.sqrt(radius * radius - foot[0] * foot[0] - foot[1] * foot[1]);
  // NaN: the line misses the circle, or there is no line.
  if (!(half > 0)) return null;
  const size = Math.sqrt(squared);
  const along: Vec2 = [-n[1] / size, n[0] / size];
  let [from, to] = [-half, half];
  for (const [slope, constant] of above) {
    const rate = slope[0] * along[0] + slope[1] * along[1];
    const height = constant + slope[0] * foot[0] + slope[1] * foot[1];
    if (rate > 0) from = Math.max(from, -height / rate);
    else if (rate < 0) to = Math.min(to, -height / rate);
    else if (height < 0) return null;
  }
  if (!(from < to)) return null;
  const place = (t: number): Vec2 => [foot[0] + t * along[0], foot[1] + t * along[1]];
  return [place(from), place(to)];
}
