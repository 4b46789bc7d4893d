import { type Activation, traitsOf } from '../model/activations.ts';
import type { PlaneActivation, PlaneLayer, PlaneNetwork } from '../model/planeNetwork.ts';
import { DoubleDoubles, dotFloat64 } from '../numeric/doubleDoubles.ts';
import type { Anchor } from './anchorMlp.ts';

/**
 * The pre-activations of each layer at the anchor, the network's outputs last: [layers][outputs], in double-double, because zooming to
 * 1e-12 needs more than float64. Smooth activations are evaluated in float64. What shaders compute, changes since the anchor, does not
 * suffer from that; only the outputs there, and the kinks of later layers, are off by 1e-16 of the activations.
 */
export function evaluateAtAnchor(plane: PlaneNetwork, anchor: Anchor): DoubleDoubles[] {
  let inputs = new DoubleDoubles(2);
  inputs.set(0, anchor.x);
  inputs.set(1, anchor.y);
  return plane.layers.map((layer) => {
    const z = applyLayer(layer, inputs);
    inputs = activate(layer.activation, z);
    return z;
  });
}

/** weight · inputs + bias. */
function applyLayer(layer: PlaneLayer, inputs: DoubleDoubles): DoubleDoubles {
  const { weight, bias, weightLow, biasLow, outputs } = layer;
  const z = new DoubleDoubles(outputs);
  for (let i = 0; i < outputs; i += 1) {
    const first = i * layer.inputs;
    let low = biasLow?.[i] ?? 0;
    if (weightLow) {
      for (let j = 0; j < inputs.length; j += 1) low += weightLow[first + j]! * inputs.high[j]!;
    }
    dotFloat64(weight, first, inputs, bias[i]!, z, i, low);
  }
  return z;
}

function activate(activation: PlaneActivation, z: DoubleDoubles): DoubleDoubles {
  const h = new DoubleDoubles(z.length);
  for (let i = 0; i < z.length; i += 1) {
    if (activation.kind === 'smooth') {
      h.high[i] = smoothValue(activation.activation, z.high[i]!, z.low[i]!, i);
    } else if (activation.kind === 'identity' || z.high[i]! >= 0) {
      h.set(i, z.get(i));
    } else {
      dotFloat64(activation.slopes, i, one(z, i), 0, h, i);
    }
  }
  return h;
}

function smoothValue(activation: Activation, high: number, low: number, neuron: number): number {
  const { value, derivative } = traitsOf(activation);
  return value(high, activation, neuron) + low * derivative(high, activation, neuron);
}

function one(values: DoubleDoubles, index: number): DoubleDoubles {
  const single = new DoubleDoubles(1);
  single.set(0, values.get(index));
  return single;
}

/**
 * The derivatives of pre-activations at the anchor by x and y, in float64: [layers][outputs, 2].
 * @param preActivations as `evaluateAtAnchor` returns them
 */
export function tangentsAtAnchor(
  plane: PlaneNetwork,
  preActivations: readonly DoubleDoubles[],
): Float64Array[] {
  let inputs: Float64Array = Float64Array.of(1, 0, 0, 1);
  return plane.layers.map((layer, index) => {
    const tangents = new Float64Array(2 * layer.outputs);
    for (let i = 0; i < layer.outputs; i += 1) {
      for (let j = 0; j < layer.inputs; j += 1) {
        const w = layer.weight[i * layer.inputs + j]!;
        tangents[2 * i] += w * inputs[2 * j]!;
        tangents[2 * i + 1] += w * inputs[2 * j + 1]!;
      }
    }
    const z = preActivations[index]!;
    inputs = tangents.map((along, k) => along * slopeAt(layer.activation, z.high[k >> 1]!, k >> 1));
    return tangents;
  });
}

/** The derivative of a neuron's activation. */
export function slopeAt(activation: PlaneActivation, z: number, neuron: number): number {
  switch (activation.kind) {
    case 'identity':
      return 1;
    case 'twoSlope':
      return z > 0 ? 1 : activation.slopes[neuron]!;
    case 'smooth':
      return traitsOf(activation.activation).derivative(z, activation.activation, neuron);
  }
}
