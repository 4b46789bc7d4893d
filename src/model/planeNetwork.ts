import type { Activation } from './activations.ts';

/**
 * A network on a plane, ℝ² → ℝᴷ: what kernels, reference and geometry read. `restrict` (restrict.ts) makes it of any
 * network, slice and readout.
 */
export interface PlaneNetwork {
  /**
   * Hidden layers, then the output layer, whose activation is 'identity'. No hidden layer has the identity: affine layers that
   * follow each other, the slice among them, are multiplied out. One layer is an affine map.
   */
  readonly layers: readonly PlaneLayer[];
  /** The same map exactly: a chain of layers with float64 parameters, some of which have the identity. */
  readonly chain: readonly ChainLayer[];
  /** Whether every activation is piecewise linear: the network is then affine on each of finitely many convex regions. */
  readonly isPiecewiseLinear: boolean;
}

/** What follows an affine layer. */
export type PlaneActivation =
  /** z for z > 0, else slopes[i] · z: ReLU (0), Abs (−1), leaky and parametric ReLU; a clamp is two layers of ReLUs. [outputs] */
  | { readonly kind: 'twoSlope'; readonly slopes: Float64Array }
  | { readonly kind: 'smooth'; readonly activation: Activation }
  | { readonly kind: 'identity' };

/** An affine layer of a plane network. */
export interface PlaneLayer {
  readonly inputs: number;
  readonly outputs: number;
  /** [outputs, inputs], row-major: the float64 nearest to the exact weights. */
  readonly weight: Float64Array;
  /** [outputs] */
  readonly bias: Float64Array;
  /** What weight and bias lack of the exact ones, as in double-double; null if they lack nothing. */
  readonly weightLow: Float64Array | null;
  readonly biasLow: Float64Array | null;
  readonly activation: PlaneActivation;
  /** The network's own hidden layer, 0, 1, …, to which the neurons belong, in its order; −1 for the output. */
  readonly hiddenLayer: number;
  /** Whether neuron i reads input i only, all other weights being 0: a hidden layer that ends a clamp. */
  readonly isOneToOne: boolean;
}

/** An exact layer: no parameter was rounded. */
export interface ChainLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weight: Float32Array | Float64Array;
  readonly bias: Float32Array | Float64Array;
  readonly activation: PlaneActivation;
}

/** The number of weights and biases; of a layer in which each neuron reads one input, those weights. */
export function parameterCountOf({ layers }: PlaneNetwork): number {
  return layers.reduce(
    (count, { isOneToOne, outputs, weight, bias }) =>
      count + (isOneToOne ? outputs : weight.length) + bias.length,
    0,
  );
}
