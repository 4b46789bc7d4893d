import type { Activation, Layer, Network } from '../model/field.ts';
import { type DoubleDouble, type Point, ZERO } from '../numeric/doubleDouble.ts';
import { DoubleDoubles, dotFloat32 } from '../numeric/doubleDoubles.ts';
import { type AnchoredField, HEADER_LENGTH, writeHeader } from './fieldCode.ts';

/** A point of the plane in double-double, and the half-width, the unit of relative coordinates. */
export interface Anchor extends Point {
  readonly halfWidth: number;
  /** The largest coordinate, in half-widths: 1 except in log-radial pictures that extend beyond their unit. */
  readonly reach: number;
}

/** p stays finite in float32 for any half-width; the shader subtracts nothing from it. */
const P_MAX = 1e30;

export interface MlpAtAnchor {
  /** The network's value at the anchor. */
  readonly value: DoubleDouble;
  /** Per hidden layer, pre-activations divided by the half-width, clamped to ±1e30. */
  readonly relative: readonly Float64Array[];
}

/** Evaluates a network at the anchor in double-double: zooming to 1e-12 needs more than float64. */
export function evaluateAtAnchor(network: Network, anchor: Anchor): MlpAtAnchor {
  let inputs = new DoubleDoubles(2);
  inputs.set(0, anchor.x);
  inputs.set(1, anchor.y);
  const relative: Float64Array[] = [];
  const hidden = network.layers.slice(0, -1);
  for (const layer of hidden) {
    const z = applyLayer(layer, inputs);
    relative.push(z.high.map((high, i) => clampRelative((high + z.low[i]) / anchor.halfWidth)));
    activate(network.activation, z);
    inputs = z;
  }
  return { value: applyLayer(network.layers[hidden.length], inputs).get(0), relative };
}

/** weight · inputs + bias. */
function applyLayer({ weight, bias, outputs }: Layer, inputs: DoubleDoubles): DoubleDoubles {
  const z = new DoubleDoubles(outputs);
  for (let i = 0; i < outputs; i += 1) {
    dotFloat32(weight, i * inputs.length, inputs, bias[i], z, i);
  }
  return z;
}

function activate(activation: Activation, { high, low }: DoubleDoubles): void {
  for (let i = 0; i < high.length; i += 1) {
    if (high[i] >= 0) continue;
    high[i] = activation === 'relu' ? 0 : -high[i];
    low[i] = activation === 'relu' ? 0 : -low[i];
  }
}

function clampRelative(p: number): number {
  return Math.min(P_MAX, Math.max(-P_MAX, p));
}

/** The sign that is folded into a neuron's weights for Abs: +1 at p = 0. Always +1 for ReLU. */
export function foldedSign(network: Network, p: number): number {
  return network.activation === 'abs' && p < 0 ? -1 : 1;
}

/** Parameters for the straight-line code (mlp.ts), in the order in which it reads them. */
export function packMlp(network: Network, anchor: Anchor): AnchoredField {
  const { value, relative } = evaluateAtAnchor(network, anchor);
  const hiddenNeurons = relative.reduce((count, layer) => count + layer.length, 0);
  const weights = network.layers.reduce((count, layer) => count + layer.weight.length, 0);
  const parameters = new Float32Array(HEADER_LENGTH + weights + 2 * hiddenNeurons);
  writeHeader(parameters, [0, 0], false);
  let next = HEADER_LENGTH;
  network.layers.forEach((layer, index) => {
    const p = relative[index] as Float64Array | undefined;
    for (let i = 0; i < layer.outputs; i += 1) {
      const sign = p ? foldedSign(network, p[i]) : 1;
      for (let j = 0; j < layer.inputs; j += 1) {
        parameters[next++] = sign * layer.weight[i * layer.inputs + j];
      }
      if (!p) continue;
      parameters[next++] = network.activation === 'relu' ? Math.min(p[i], 0) : sign;
      parameters[next++] = network.activation === 'relu' ? -Math.max(p[i], 0) : -Math.abs(p[i]);
    }
  });
  return {
    parameters,
    offset: value,
    scale: anchor.halfWidth,
    baseGradient: [ZERO, ZERO],
    gradientScale: 1,
    small: false,
  };
}
