import type { PlaneActivation, PlaneNetwork } from '../../../src/model/planeNetwork.ts';

/** Bounds of what rounding can do to a plane network: its sums with all terms of one sign. */

/** How much an activation can grow what it is given. */
function steepestSlope(activation: PlaneActivation, neuron: number): number {
  switch (activation.kind) {
    case 'identity':
      return 1;
    case 'twoSlope':
      return Math.max(1, Math.abs(activation.slopes[neuron]!));
    case 'smooth': {
      const { activation: smooth } = activation;
      // The slopes of GELU and SiLU reach 1.13 and 1.1.
      return typeof smooth === 'object' && smooth.kind === 'elu' ? Math.max(1, smooth.alpha) : 1.2;
    }
  }
}

function propagate(
  { layers }: PlaneNetwork,
  sizes: readonly number[],
  constant: (bias: number) => number,
): number {
  let from = sizes;
  for (const { inputs, outputs, weight, bias, activation } of layers) {
    from = Array.from({ length: outputs }, (_, o) => {
      const z = from.reduce(
        (sum, size, i) => sum + Math.abs(weight[o * inputs + i]!) * size,
        constant(bias[o]!),
      );
      return steepestSlope(activation, o) * z;
    });
  }
  return Math.max(...from);
}

/** How much an output can change over d. */
export function reachOf(plane: PlaneNetwork, d: readonly number[]): number {
  return propagate(plane, d.map(Math.abs), () => 0);
}

/** How large the terms of an output can be at a point. */
export function sizeOf(plane: PlaneNetwork, point: readonly number[]): number {
  // No activation is more than 1 at 0.
  return propagate(plane, point.map(Math.abs), (bias) => 1 + Math.abs(bias));
}

/** How steep an output can be along either axis. */
export function steepnessOf(plane: PlaneNetwork): number {
  return Math.max(reachOf(plane, [1, 0]), reachOf(plane, [0, 1]));
}
