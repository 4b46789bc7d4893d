import { traitsOf } from '../../src/model/activations.ts';
import type { PlaneActivation, PlaneNetwork } from '../../src/model/planeNetwork.ts';

/** All outputs of a plane network and their derivatives, in float64. */
export interface PlaneOutputs {
  /** [K] */
  readonly values: readonly number[];
  /** [K][2] */
  readonly gradients: readonly (readonly [number, number])[];
  /** The least size of a two-slope pre-activation, relative to the length of its own gradient: how far the nearest kink is. */
  readonly kinkDistance: number;
}

/** Forward evaluation with both derivatives. */
export function evaluatePlane({ layers }: PlaneNetwork, x: number, y: number): PlaneOutputs {
  let values = [x, y];
  let gradients: [number, number][] = [
    [1, 0],
    [0, 1],
  ];
  let kinkDistance = Number.POSITIVE_INFINITY;
  for (const { inputs, outputs, weight, bias, activation } of layers) {
    const nextValues: number[] = [];
    const nextGradients: [number, number][] = [];
    for (let i = 0; i < outputs; i += 1) {
      let z = bias[i]!;
      let [dx, dy] = [0, 0];
      for (let j = 0; j < inputs; j += 1) {
        const w = weight[i * inputs + j]!;
        z += w * values[j]!;
        dx += w * gradients[j]![0];
        dy += w * gradients[j]![1];
      }
      if (activation.kind === 'twoSlope' && activation.slopes[i] !== 1) {
        const length = Math.hypot(dx, dy);
        if (length > 0) kinkDistance = Math.min(kinkDistance, Math.abs(z) / length);
      }
      const slope = slopeOf(activation, z, i);
      nextValues.push(valueOf(activation, z, i));
      nextGradients.push([slope * dx, slope * dy]);
    }
    values = nextValues;
    gradients = nextGradients;
  }
  return { values, gradients, kinkDistance };
}

function valueOf(activation: PlaneActivation, z: number, neuron: number): number {
  if (activation.kind === 'identity') return z;
  if (activation.kind === 'twoSlope') return z > 0 ? z : activation.slopes[neuron]! * z;
  return traitsOf(activation.activation).value(z, activation.activation, neuron);
}

function slopeOf(activation: PlaneActivation, z: number, neuron: number): number {
  if (activation.kind === 'identity') return 1;
  if (activation.kind === 'twoSlope') return z > 0 ? 1 : activation.slopes[neuron]!;
  return traitsOf(activation.activation).derivative(z, activation.activation, neuron);
}
