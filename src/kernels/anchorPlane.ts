import { traitsOf } from '../model/activations.ts';
import type { PlaneLayer, PlaneNetwork } from '../model/planeNetwork.ts';
import { type DoubleDouble, scale, toNumber } from '../numeric/doubleDouble.ts';
import { DoubleDoubles, dotFloat64 } from '../numeric/doubleDoubles.ts';
import type { Anchor } from './anchor.ts';

/** A network at the anchor, in double-double. */
export interface PlaneAtAnchor {
  /** [hidden layers][neurons] pre-activations. */
  readonly hidden: readonly DoubleDoubles[];
  /** [K] */
  readonly outputs: DoubleDoubles;
}

/**
 * Evaluates a network at the anchor: zooming to 1e-12 needs more than float64. Smooth activations are evaluated in float64. What shaders
 * compute, changes since the anchor, does not suffer from that; only the outputs there, and the kinks of later layers, are
 * off by 1e-16 of the activations.
 */
export function evaluatePlane({ layers }: PlaneNetwork, { x, y }: Anchor): PlaneAtAnchor {
  let inputs = new DoubleDoubles(2);
  inputs.set(0, x);
  inputs.set(1, y);
  const hidden: DoubleDoubles[] = [];
  for (const layer of layers) {
    const z = applyLayer(layer, inputs, true);
    if (layer.activation.kind === 'identity') return { hidden, outputs: z };
    hidden.push(z);
    inputs = activate(layer, z);
  }
  throw new Error('evaluatePlane: received a network without an output layer');
}

/**
 * The derivatives of all pre-activations and outputs at the anchor, by x and by y: [2][layers][neurons]. At a kink that of z > 0 does
 * not count. Those of smooth activations are float64 numbers.
 */
export function planeTangents(
  { layers }: PlaneNetwork,
  { hidden }: PlaneAtAnchor,
): readonly (readonly DoubleDoubles[])[] {
  return [0, 1].map((axis) => {
    let inputs = new DoubleDoubles(2);
    inputs.set(axis, { high: 1, low: 0 });
    return layers.map((layer, index) => {
      const derivative = applyLayer(layer, inputs, false);
      if (index < hidden.length) inputs = throughActivation(layer, hidden[index]!, derivative);
      return derivative;
    });
  });
}

/** weight · inputs, plus the bias. */
function applyLayer(
  { weight, weightLow, bias, biasLow, outputs }: PlaneLayer,
  inputs: DoubleDoubles,
  hasBias: boolean,
): DoubleDoubles {
  const z = new DoubleDoubles(outputs);
  for (let i = 0; i < outputs; i += 1) {
    const first = i * inputs.length;
    let low = hasBias && biasLow ? biasLow[i]! : 0;
    if (weightLow) {
      for (let j = 0; j < inputs.length; j += 1) low += weightLow[first + j]! * inputs.high[j]!;
    }
    dotFloat64(weight, first, inputs, hasBias ? bias[i]! : 0, z, i, low);
  }
  return z;
}

function activate(layer: PlaneLayer, z: DoubleDoubles): DoubleDoubles {
  const { activation } = layer;
  if (activation.kind !== 'smooth') return throughActivation(layer, z, z);
  const { value, derivative } = traitsOf(activation.activation);
  const activated = new DoubleDoubles(z.length);
  z.high.forEach((high, i) => {
    const slope = derivative(high, activation.activation, i);
    activated.high[i] = value(high, activation.activation, i) + slope * z.low[i]!;
  });
  return activated;
}

/** Values times the slopes that neurons have at z. */
function throughActivation(
  { activation }: PlaneLayer,
  z: DoubleDoubles,
  values: DoubleDoubles,
): DoubleDoubles {
  const results = new DoubleDoubles(z.length);
  for (let i = 0; i < z.length; i += 1) {
    const value = values.get(i);
    if (activation.kind === 'smooth') {
      const { derivative } = traitsOf(activation.activation);
      results.set(i, scaled(value, derivative(z.high[i]!, activation.activation, i)));
    } else if (activation.kind === 'identity' || toNumber(z.get(i)) > 0) {
      results.set(i, value);
    } else {
      results.set(i, scaled(value, activation.slopes[i]!));
    }
  }
  return results;
}

function scaled(value: DoubleDouble, slope: number): DoubleDouble {
  if (slope === 0) return { high: 0, low: 0 };
  return slope === -1 ? { high: -value.high, low: -value.low } : scale(value, slope);
}

/** The slopes of a hidden layer where z ≤ 0. @throws Error for smooth layers, which other kernels evaluate */
export function slopesOf({ activation }: PlaneLayer): Float64Array {
  if (activation.kind !== 'twoSlope') {
    throw new Error(
      `received a layer with the activation '${activation.kind}', expected two slopes`,
    );
  }
  return activation.slopes;
}
