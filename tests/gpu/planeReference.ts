import { traitsOf } from '../../src/model/activations.ts';
import type { PlaneActivation, PlaneNetwork } from '../../src/model/planeNetwork.ts';
import type { PlaneReadout, ResolvedField } from '../../src/model/resolve.ts';

// A float64 evaluation for tests of kernels: short, and made of other lines than the project's own reference.

type Pair = readonly [number, number];

/** All outputs of a plane network and their derivatives. */
export interface PlaneOutputs {
  /** [K] */
  readonly values: readonly number[];
  /** [K][2] */
  readonly gradients: readonly Pair[];
  /** How far the nearest kink is, to first order. */
  readonly kinkDistance: number;
}

/** Forward evaluation with both derivatives. Called a million times: plain loops. */
export function evaluatePlane({ layers }: PlaneNetwork, x: number, y: number): PlaneOutputs {
  let [values, along1, along2] = [
    [x, y],
    [1, 0],
    [0, 1],
  ];
  let kinkDistance = Number.POSITIVE_INFINITY;
  for (const { inputs, outputs, weight, bias, activation } of layers) {
    const next: [number[], number[], number[]] = [[], [], []];
    for (let i = 0; i < outputs; i += 1) {
      let [z, d1, d2] = [bias[i]!, 0, 0];
      for (let j = 0; j < inputs; j += 1) {
        const w = weight[i * inputs + j]!;
        z += w * values[j]!;
        d1 += w * along1[j]!;
        d2 += w * along2[j]!;
      }
      if (activation.kind === 'twoSlope') {
        const length = Math.hypot(d1, d2);
        if (length > 0) kinkDistance = Math.min(kinkDistance, Math.abs(z) / length);
      }
      const slope = slopeOf(activation, z, i);
      next[0].push(activate(activation, z, i));
      next[1].push(slope * d1);
      next[2].push(slope * d2);
    }
    [values, along1, along2] = next;
  }
  return { values, gradients: along1.map((d1, k) => [d1, along2[k]!]), kinkDistance };
}

function activate(activation: PlaneActivation, z: number, neuron: number): number {
  if (activation.kind === 'identity') return z;
  if (activation.kind === 'twoSlope') return z > 0 ? z : activation.slopes[neuron]! * z;
  return traitsOf(activation.activation).value(z, activation.activation, neuron);
}

function slopeOf(activation: PlaneActivation, z: number, neuron: number): number {
  if (activation.kind === 'identity') return 1;
  if (activation.kind === 'twoSlope') return z > 0 ? 1 : activation.slopes[neuron]!;
  return traitsOf(activation.activation).derivative(z, activation.activation, neuron);
}

/** A readout and its derivatives by the outputs. */
export function readOutputs(
  readout: PlaneReadout,
  z: readonly number[],
): { value: number; by: number[] } {
  const sign = 'wins' in readout && readout.wins === 'least' ? -1 : 1;
  const [top, second] = firstTwo(z, sign);
  const pick = (index: number) => z.map((_, k) => Number(k === index));
  const lambda = 'lambda' in readout ? readout.lambda : 1;
  const shares = () => {
    const exponentials = z.map((value) => Math.exp(lambda * (value - z[top]!)));
    const rest = exponentials.reduce((sum, e, k) => (k === top ? sum : sum + e), 0);
    return { rest, y: exponentials.map((e) => e / (1 + rest)) };
  };
  switch (readout.kind) {
    case 'output':
      return { value: z[0]!, by: pick(0) };
    case 'max':
      return { value: z[top]!, by: pick(top) };
    case 'class':
      return { value: top, by: z.map(() => 0) };
    case 'argmax':
      return { value: Number(top === readout.index), by: z.map(() => 0) };
    case 'margin':
      return {
        value: sign * (z[top]! - z[second]!),
        by: z.map((_, k) => sign * (Number(k === top) - Number(k === second))),
      };
    case 'lse': {
      const { rest, y } = shares();
      return { value: z[top]! + Math.log1p(rest) / lambda, by: y };
    }
    case 'gap': {
      const { rest, y } = shares();
      return {
        value: Math.log1p(rest) / lambda,
        by: y.map((share, k) => share - Number(k === top)),
      };
    }
    case 'softmax': {
      const { y } = shares();
      const shown = y[readout.index]!;
      return {
        value: shown,
        by: y.map((share, k) => lambda * shown * (Number(k === readout.index) - share)),
      };
    }
    case 'sigmoid':
    case 'tanh': {
      const { value, derivative } = traitsOf(readout.kind);
      return { value: value(z[0]!, readout.kind, 0), by: [derivative(z[0]!, readout.kind, 0)] };
    }
  }
}

/** The winner and the second, of equal ones the first; of one output itself. */
function firstTwo(z: readonly number[], sign: 1 | -1): [number, number] {
  let [top, second] = [0, -1];
  for (let k = 1; k < z.length; k += 1) {
    if (sign * z[k]! > sign * z[top]!) [top, second] = [k, top];
    else if (second < 0 || sign * z[k]! > sign * z[second]!) second = k;
  }
  return [top, Math.max(second, 0)];
}

/** What is shown at a place, and how it differs from the view's centre. */
export interface Shown {
  readonly value: number;
  /** value − that at the centre */
  readonly change: number;
  readonly gradient: Pair;
  /** gradient − that at the centre */
  readonly bend: Pair;
  readonly kinkDistance: number;
  /** How far the winner is ahead. */
  readonly margin: number;
}

/** Below this half-width float64 differences have too few digits: outputs are their Taylor polynomials of second order. */
const TAYLOR = 1e-4;

/** A field about a point: at (u, v) in units of the half-width. */
export function fieldAbout(
  { plane, readout }: ResolvedField,
  center: Pair,
  halfWidth: number,
): (u: number, v: number) => Shown {
  const at = (x: number, y: number) => evaluatePlane(plane, center[0] + x, center[1] + y);
  const through = (by: readonly number[], gradients: readonly Pair[]): Pair => [
    by.reduce((sum, share, k) => sum + share * gradients[k]![0], 0),
    by.reduce((sum, share, k) => sum + share * gradients[k]![1], 0),
  ];
  const middle = at(0, 0);
  const middleRead = readOutputs(readout, middle.values);
  const from = through(middleRead.by, middle.gradients);
  const marginOf = (z: readonly number[]) =>
    z.length < 2
      ? Number.POSITIVE_INFINITY
      : Math.min(
          ...(['greatest', 'least'] as const).map(
            (wins) => readOutputs({ kind: 'margin', wins }, z).value,
          ),
        );
  return (u, v) => {
    const [dx, dy] = [halfWidth * u, halfWidth * v];
    if (halfWidth >= TAYLOR) {
      const { values, gradients, kinkDistance } = at(dx, dy);
      const { value, by } = readOutputs(readout, values);
      const gradient = through(by, gradients);
      const bend = [gradient[0] - from[0], gradient[1] - from[1]] as const;
      const margin = marginOf(values);
      return { value, change: value - middleRead.value, gradient, bend, kinkDistance, margin };
    }
    // The derivative of the outputs' gradients along the way.
    const far = Math.min(TAYLOR, middle.kinkDistance) / 4 / Math.max(Math.hypot(u, v), 1e-9);
    const [ahead, behind] = [at(far * u, far * v), at(-far * u, -far * v)];
    const bends = middle.gradients.map((_, k): Pair => {
      const along = (axis: 0 | 1) =>
        ((ahead.gradients[k]![axis] - behind.gradients[k]![axis]) / (2 * far)) * halfWidth;
      return [along(0), along(1)];
    });
    const steps = middle.gradients.map(
      ([g1, g2], k) => g1 * dx + g2 * dy + 0.5 * (bends[k]![0] * dx + bends[k]![1] * dy),
    );
    const change = middleRead.by.reduce((sum, share, k) => sum + share * steps[k]!, 0);
    // What the readout's own curvature adds, by steps of the outputs that are large enough.
    const enlarged = far / halfWidth;
    const byAt = (factor: number) =>
      readOutputs(
        readout,
        middle.values.map((z, k) => z + factor * steps[k]!),
      ).by;
    const [byAhead, byBehind] = [byAt(enlarged), byAt(-enlarged)];
    const turned = middleRead.by.map((_, k) => (byAhead[k]! - byBehind[k]!) / (2 * enlarged));
    const [ofOutputs, ofReadout] = [
      through(middleRead.by, bends),
      through(turned, middle.gradients),
    ];
    const bend = [ofOutputs[0] + ofReadout[0], ofOutputs[1] + ofReadout[1]] as const;
    return {
      value: middleRead.value + change,
      change,
      gradient: [from[0] + bend[0], from[1] + bend[1]],
      bend,
      kinkDistance: middle.kinkDistance,
      margin: marginOf(middle.values),
    };
  };
}
