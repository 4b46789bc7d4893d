/**
 * A field is a function of the plane, ℝ² → ℝ, described by plain JSON.
 *
 * These types are the vocabulary of the whole project; `validateField` (fieldValidation.ts) is
 * the only function that turns unchecked JSON into a `Field`.
 */

/** A point or a vector of the plane. */
export type Vec2 = readonly [number, number];

/** K affine functions of the plane, z = weight · x + bias. */
export interface Logits {
  /** [K, 2], row-major: row k is the gradient of z_k. Finite float32 values. */
  readonly weight: readonly Vec2[];
  /** [K]. Finite float32 values. */
  readonly bias: readonly number[];
}

/** Logits with the parameters of `nn.Linear(2, count)` after `torch.manual_seed(seed)`. */
export interface DrawnLogits {
  /** K, 2 to 16. */
  readonly count: number;
  readonly seed: number;
}

/** `null` is the identity, z = x with K = 2. */
export type LogitsSource = null | Logits | DrawnLogits;

/** lse(z; λ) = (1/λ) log Σ_k exp(λ z_k), or its gap to the limit, lse − max. */
export interface SoftMaximumField {
  readonly kind: 'lse' | 'gap';
  readonly lambda: number;
  readonly logits: LogitsSource;
}

/** max_k z_k. */
export interface MaximumField {
  readonly kind: 'max';
  readonly logits: LogitsSource;
}

/** softmax(λ z)_component. */
export interface SoftmaxField {
  readonly kind: 'softmax';
  readonly lambda: number;
  /** 0 … K − 1. */
  readonly component: number;
  readonly logits: LogitsSource;
}

/** 1 where z_component is the first of the largest logits (like `np.argmax`), else 0. */
export interface ArgmaxField {
  readonly kind: 'argmax';
  readonly component: number;
  readonly logits: LogitsSource;
}

/** A single neuron, sigmoid(wᵀx + b) or tanh(wᵀx + b). */
export interface NeuronField {
  readonly kind: 'sigmoid' | 'tanh';
  readonly weight: Vec2;
  readonly bias: number;
}

export type Activation = 'relu' | 'abs';

/** A fully connected network 2 → hidden… → 1, initialised by PyTorch from a seed. */
export interface MlpField {
  readonly kind: 'mlp';
  /** All layer sizes, input and output included: [2, …hidden, 1]; 1–16 hidden layers of 1–256. */
  readonly widths: readonly number[];
  readonly activation: Activation;
  /** The argument of `torch.manual_seed`: −2⁶³ … 2⁶⁴ − 1 in PyTorch; here a safe integer. */
  readonly seed: number;
  /** Replaces the drawn bias of the output layer; null keeps the drawn one. */
  readonly outputBias: number | null;
}

export type Field =
  | SoftMaximumField
  | MaximumField
  | SoftmaxField
  | ArgmaxField
  | NeuronField
  | MlpField;

export type FieldKind = Field['kind'];

export const FIELD_KINDS: readonly FieldKind[] = [
  'lse',
  'max',
  'gap',
  'softmax',
  'argmax',
  'sigmoid',
  'tanh',
  'mlp',
];

/** The quantity of a field that is shown or sampled. */
export type Quantity =
  | 'value'
  | 'partial1'
  | 'partial2'
  | 'gradientNorm'
  | 'gradientDirection'
  | 'npGradientRows'
  | 'npGradientColumns'
  | 'region';

export const QUANTITIES: readonly Quantity[] = [
  'value',
  'partial1',
  'partial2',
  'gradientNorm',
  'gradientDirection',
  'npGradientRows',
  'npGradientColumns',
  'region',
];

/** Whether a quantity is one of evenly spaced samples, which depends on their spacing: np.gradient is. */
export function isOfSamples(
  quantity: Quantity,
): quantity is 'npGradientRows' | 'npGradientColumns' {
  return quantity === 'npGradientRows' || quantity === 'npGradientColumns';
}

export const LAMBDA_MIN = 1e-3;
export const LAMBDA_MAX = 1e6;
export const MAX_LOGITS = 16;
export const MAX_HIDDEN_LAYERS = 16;
export const MAX_WIDTH = 256;

/** One affine layer, z = weight · h + bias, float32 values. */
export interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  /** [outputs, inputs], row-major. */
  readonly weight: Float32Array;
  /** [outputs]. */
  readonly bias: Float32Array;
}

/** A network with its parameters. */
export interface Network {
  readonly widths: readonly number[];
  readonly activation: Activation;
  readonly layers: readonly Layer[];
}
