import type { Activation } from './activations.ts';

/** The largest network that can be shown. */
export const MAX_HIDDEN_LAYERS = 16;
/** Neurons of a hidden layer. */
export const MAX_WIDTH = 4096;
export const MAX_INPUTS = 4096;
export const MAX_OUTPUTS = 256;
/** Weights and biases of an explicit network, which are JSON. */
export const MAX_EXPLICIT_PARAMETERS = 100_000;

/** Where a network ℝᵈ → ℝᴷ comes from, as the state has it. */
export type NetworkSource = IdentitySource | DrawnSource | ExplicitSource | ModelSource;

/** z = x, d = K = 2. */
export interface IdentitySource {
  readonly kind: 'identity';
}

/** A fully connected network with PyTorch's random initialisation. */
export interface DrawnSource {
  readonly kind: 'drawn';
  /** All layer sizes, [d, …hidden, K]: d 1…4096, 0–16 hidden layers of 1–4096, K 1…256. */
  readonly widths: readonly number[];
  /** One for all hidden layers, or a list of one for each. */
  readonly activation: Activation | readonly Activation[];
  /** The argument of `torch.manual_seed`: −2⁶³ … 2⁶⁴ − 1 in PyTorch; here a safe integer. */
  readonly seed: number;
  /** Replaces the drawn biases of the output layer; null keeps them. */
  readonly outputBias: number | null;
}

/** A network whose weights are given. */
export interface ExplicitSource {
  readonly kind: 'explicit';
  readonly layers: readonly ExplicitLayer[];
}

export interface ExplicitLayer {
  /** [outputs][inputs] */
  readonly weight: readonly (readonly number[])[];
  /** [outputs] */
  readonly bias: readonly number[];
  /** That of the last layer is 'identity'. */
  readonly activation: Activation;
}

/** A network from a file, by its content; `modelOf` (models.ts) has it. */
export interface ModelSource {
  readonly kind: 'model';
  /** The first 32 hexadecimal digits of the SHA-256 of its shapes, activations and weights. */
  readonly id: string;
}

/** An affine layer and its activation: h = φ(weight · x + bias). */
export interface NetworkLayer {
  readonly inputs: number;
  readonly outputs: number;
  /** [outputs, inputs], row-major. */
  readonly weight: Float32Array | Float64Array;
  /** [outputs] */
  readonly bias: Float32Array | Float64Array;
  readonly activation: Activation;
}

/** A network ℝᵈ → ℝᴷ with its parameters. The last layer's activation is 'identity'. */
export interface FullNetwork {
  readonly layers: readonly NetworkLayer[];
}
