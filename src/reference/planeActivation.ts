import { traitsOf } from '../model/activations.ts';
import type { PlaneActivation } from '../model/planeNetwork.ts';
import { type DoubleDouble, scale, twoSum, ZERO } from '../numeric/doubleDouble.ts';
import { smoothChange, smoothSlopeChange } from './activationChanges.ts';

/** The activations of plane networks at one neuron: values, slopes, and their changes from one pre-activation to another. */

/** φ(z). */
export function activate(activation: PlaneActivation, z: number, neuron: number): number {
  switch (activation.kind) {
    case 'identity':
      return z;
    case 'twoSlope':
      return z > 0 ? z : below(activation.slopes[neuron]!, z);
    case 'smooth': {
      const { activation: smooth } = activation;
      return traitsOf(smooth).value(z, smooth, neuron);
    }
  }
}

/**
 * φ(z) for a z in double-double. A smooth activation is φ(high) + φ′(high) · low: its own rounding in float64 remains, about 1e-16 of
 * its value.
 */
export function activatePrecisely(
  activation: PlaneActivation,
  z: DoubleDouble,
  neuron: number,
): DoubleDouble {
  switch (activation.kind) {
    case 'identity':
      return z;
    case 'twoSlope': {
      if (z.high > 0) return z;
      const slope = activation.slopes[neuron]!;
      return slope === 0 ? ZERO : scale(z, slope);
    }
    case 'smooth':
      return twoSum(
        activate(activation, z.high, neuron),
        slopeAt(activation, z.high, neuron) * z.low,
      );
  }
}

/** φ′(z), at a kink that of PyTorch's autograd: the slope below, and 0 for Abs. */
export function slopeAt(activation: PlaneActivation, z: number, neuron: number): number {
  switch (activation.kind) {
    case 'identity':
      return 1;
    case 'twoSlope': {
      if (z > 0) return 1;
      const slope = activation.slopes[neuron]!;
      return z === 0 && slope === -1 ? 0 : slope;
    }
    case 'smooth': {
      const { activation: smooth } = activation;
      return traitsOf(smooth).derivative(z, smooth, neuron);
    }
  }
}

/** φ(z + change) − φ(z), with the relative accuracy of float64. */
export function changeOf(
  activation: PlaneActivation,
  z: number,
  change: number,
  neuron: number,
): number {
  switch (activation.kind) {
    case 'identity':
      return change;
    case 'twoSlope': {
      const slope = activation.slopes[neuron]!;
      const after = z + change;
      // Each is one number, or a sum of two of the same sign (unless the slope is negative).
      if (z > 0) return after > 0 ? change : below(slope, after) - z;
      return after > 0 ? after - below(slope, z) : below(slope, change);
    }
    case 'smooth':
      return smoothChange(activation.activation, z, change);
  }
}

/** φ′(z + change) − φ′(z), with the relative accuracy of float64. */
export function slopeChangeOf(
  activation: PlaneActivation,
  z: number,
  change: number,
  neuron: number,
): number {
  if (activation.kind === 'smooth') return smoothSlopeChange(activation.activation, z, change);
  return slopeAt(activation, z + change, neuron) - slopeAt(activation, z, neuron);
}

/** slope · z, which is not −0 for the slope 0. */
function below(slope: number, z: number): number {
  return slope === 0 ? 0 : slope * z;
}
