import { InvalidInputError } from '../input/invalidInput.ts';
import {
  type PlainObject,
  readArray,
  readNumber,
  readObject,
  readOneOf,
  rejectUnknownKeys,
} from '../input/plainJson.ts';
import { normal, normalDensity, sigmoid, softplus } from '../numeric/special.ts';

/**
 * The activations of hidden layers. Each is one entry of ACTIVATIONS; its lines of WGSL are one entry of
 * kernels/activationCode.ts.
 */

/** The activations without parameters, which their names say in full. */
export type PlainActivationKind =
  | 'relu'
  | 'abs'
  | 'relu6'
  | 'identity'
  | 'tanh'
  | 'sigmoid'
  | 'gelu'
  | 'geluTanh'
  | 'silu'
  | 'softplus'
  | 'sine';

/** An activation, in the form in which the state holds it. */
export type Activation =
  | PlainActivationKind
  /** z for z > 0, else slope · z. */
  | { readonly kind: 'leakyRelu'; readonly slope: number }
  /** Likewise with a slope for each neuron of the layer, or one for all. */
  | { readonly kind: 'prelu'; readonly slopes: readonly number[] }
  /** z, but at least min and at most max. */
  | { readonly kind: 'hardtanh'; readonly min: number; readonly max: number }
  /** z for z > 0, else alpha · (e^z − 1). */
  | { readonly kind: 'elu'; readonly alpha: number };

export type ActivationKind = Activation extends infer A
  ? A extends { readonly kind: infer K }
    ? K
    : A
  : never;

/** What a piecewise linear activation is. */
export type Pieces =
  | { readonly kind: 'identity' }
  /** z for z > 0, else slope · z, with the slope of each neuron of the layer. */
  | { readonly kind: 'twoSlope'; slopeOf(neuron: number): number }
  /** z, but at least min and at most max. */
  | { readonly kind: 'clamp'; readonly min: number; readonly max: number };

export interface ActivationTraits {
  /** The kind's name for people. */
  readonly label: string;
  /** The module of PyTorch, e.g. 'nn.LeakyReLU(0.1)'; `print` writes a number in Python. */
  torch(activation: Activation, print: (value: number) => string): string;
  /** Null if the activation is smooth. */
  pieces(activation: Activation): Pieces | null;
  /** φ(z) in float64. */
  value(z: number, activation: Activation, neuron: number): number;
  /** φ′(z) in float64; at a kink that of PyTorch's autograd. */
  derivative(z: number, activation: Activation, neuron: number): number;
  /** The least and the greatest value of a smooth activation that has both. */
  readonly ends?: readonly [least: number, greatest: number];
}

/** gelu's tanh form has z σ(y) with y = 2 GELU_RATE (z + GELU_CUBIC z³). */
export const GELU_RATE = Math.sqrt(2 / Math.PI);
export const GELU_CUBIC = 0.044715;
/** Beyond ± this σ(y) is 0 or 1 in float64, and its derivative 0: y is cut off there, since cubes overflow. */
const GELU_END = 22;

export function geluCut(z: number): number {
  return Math.min(GELU_END, Math.max(-GELU_END, z));
}

/** The y of gelu's tanh form, and y′. */
export function geluArgument(z: number): number {
  const cut = geluCut(z);
  return 2 * GELU_RATE * (cut + GELU_CUBIC * cut ** 3);
}

export function geluArgumentSlope(z: number): number {
  return 2 * GELU_RATE * (1 + 3 * GELU_CUBIC * geluCut(z) ** 2);
}

const twoSlope = (slope: number): Pieces => ({ kind: 'twoSlope', slopeOf: () => slope });
const clamp = (min: number, max: number): Pieces => ({ kind: 'clamp', min, max });

type Parameters<K extends ActivationKind> = Extract<Activation, { readonly kind: K }>;
const slopeOf = ({ slopes }: Parameters<'prelu'>, neuron: number) =>
  slopes[slopes.length === 1 ? 0 : neuron]!;
const smooth = () => null;

/** Every activation, in the order in which a menu lists them. */
export const ACTIVATIONS: { readonly [K in ActivationKind]: ActivationTraits } = {
  relu: {
    label: 'ReLU',
    torch: () => 'nn.ReLU()',
    pieces: () => twoSlope(0),
    value: (z) => (z > 0 ? z : 0),
    derivative: (z) => (z > 0 ? 1 : 0),
  },
  abs: {
    label: 'Abs',
    torch: () => 'Abs()',
    pieces: () => twoSlope(-1),
    value: Math.abs,
    derivative: Math.sign,
  },
  leakyRelu: {
    label: 'Leaky ReLU',
    torch: (a, print) => `nn.LeakyReLU(${print((a as Parameters<'leakyRelu'>).slope)})`,
    pieces: (a) => twoSlope((a as Parameters<'leakyRelu'>).slope),
    value: (z, a) => (z > 0 ? z : (a as Parameters<'leakyRelu'>).slope * z),
    derivative: (z, a) => (z > 0 ? 1 : (a as Parameters<'leakyRelu'>).slope),
  },
  prelu: {
    label: 'PReLU',
    torch: (a) => `nn.PReLU(${(a as Parameters<'prelu'>).slopes.length}, device="cpu")`,
    pieces: (a) => ({
      kind: 'twoSlope',
      slopeOf: (neuron) => slopeOf(a as Parameters<'prelu'>, neuron),
    }),
    value: (z, a, neuron) => (z > 0 ? z : slopeOf(a as Parameters<'prelu'>, neuron) * z),
    derivative: (z, a, neuron) => (z > 0 ? 1 : slopeOf(a as Parameters<'prelu'>, neuron)),
  },
  hardtanh: {
    label: 'Hard tanh',
    torch: (a, print) => {
      const { min, max } = a as Parameters<'hardtanh'>;
      return `nn.Hardtanh(${print(min)}, ${print(max)})`;
    },
    pieces: (a) => clamp((a as Parameters<'hardtanh'>).min, (a as Parameters<'hardtanh'>).max),
    value: (z, a) => {
      const { min, max } = a as Parameters<'hardtanh'>;
      return Math.min(max, Math.max(min, z));
    },
    derivative: (z, a) => {
      const { min, max } = a as Parameters<'hardtanh'>;
      return z > min && z < max ? 1 : 0;
    },
  },
  relu6: {
    label: 'ReLU6',
    torch: () => 'nn.ReLU6()',
    pieces: () => clamp(0, 6),
    value: (z) => Math.min(6, Math.max(0, z)),
    derivative: (z) => (z > 0 && z < 6 ? 1 : 0),
  },
  identity: {
    label: 'none (identity)',
    torch: () => 'nn.Identity()',
    pieces: () => ({ kind: 'identity' }),
    value: (z) => z,
    derivative: () => 1,
  },
  tanh: {
    label: 'tanh',
    torch: () => 'nn.Tanh()',
    pieces: smooth,
    ends: [-1, 1],
    value: Math.tanh,
    // 1 − tanh² cancels where tanh saturates.
    derivative: (z) => {
      const e = Math.exp(-2 * Math.abs(z));
      return (4 * e) / (1 + e) ** 2;
    },
  },
  sigmoid: {
    label: 'sigmoid',
    torch: () => 'nn.Sigmoid()',
    pieces: smooth,
    ends: [0, 1],
    value: sigmoid,
    derivative: (z) => sigmoid(z) * sigmoid(-z),
  },
  gelu: {
    label: 'GELU',
    torch: () => 'nn.GELU()',
    pieces: smooth,
    value: (z) => z * normal(z),
    derivative: (z) => normal(z) + z * normalDensity(z),
  },
  geluTanh: {
    label: 'GELU (tanh form)',
    torch: () => "nn.GELU(approximate='tanh')",
    pieces: smooth,
    // ½ (1 + tanh y) = sigmoid(2y).
    value: (z) => z * sigmoid(geluArgument(z)),
    derivative: (z) => {
      const y = geluArgument(z);
      return sigmoid(y) + geluCut(z) * geluArgumentSlope(z) * (sigmoid(y) * sigmoid(-y));
    },
  },
  silu: {
    label: 'SiLU',
    torch: () => 'nn.SiLU()',
    pieces: smooth,
    value: (z) => z * sigmoid(z),
    derivative: (z) => sigmoid(z) * (1 + z * sigmoid(-z)),
  },
  elu: {
    label: 'ELU',
    torch: (a, print) => `nn.ELU(${print((a as Parameters<'elu'>).alpha)})`,
    pieces: smooth,
    value: (z, a) => (z > 0 ? z : (a as Parameters<'elu'>).alpha * Math.expm1(z)),
    derivative: (z, a) => (z > 0 ? 1 : (a as Parameters<'elu'>).alpha * Math.exp(z)),
  },
  softplus: {
    label: 'softplus',
    torch: () => 'nn.Softplus()',
    pieces: smooth,
    value: softplus,
    derivative: sigmoid,
  },
  sine: {
    label: 'sine',
    torch: () => 'Sine()',
    pieces: smooth,
    ends: [-1, 1],
    value: Math.sin,
    derivative: Math.cos,
  },
};

export const ACTIVATION_KINDS = Object.keys(ACTIVATIONS) as readonly ActivationKind[];

/** What an activation of a kind is before its parameters are chosen: PyTorch's defaults. */
export const DEFAULT_ACTIVATIONS: { readonly [K in ActivationKind]: Activation } = {
  ...(Object.fromEntries(ACTIVATION_KINDS.map((kind) => [kind, kind])) as {
    readonly [K in PlainActivationKind]: K;
  }),
  leakyRelu: { kind: 'leakyRelu', slope: 0.01 },
  prelu: { kind: 'prelu', slopes: [0.25] },
  hardtanh: { kind: 'hardtanh', min: -1, max: 1 },
  elu: { kind: 'elu', alpha: 1 },
};

/** The key of an activation in ACTIVATIONS. */
export function kindOfActivation(activation: Activation): ActivationKind {
  return typeof activation === 'string' ? activation : activation.kind;
}

/** The entry of an activation in ACTIVATIONS. */
export function traitsOf(activation: Activation): ActivationTraits {
  return ACTIVATIONS[kindOfActivation(activation)];
}

/** Whether a network with these activations is affine on each of finitely many convex regions. */
export function isPiecewiseLinear(activation: Activation): boolean {
  return traitsOf(activation).pieces(activation) !== null;
}

/** Where the activation has kinks, in increasing order; none if it is smooth. */
export function breakpointsOf(activation: Activation): readonly number[] {
  const pieces = traitsOf(activation).pieces(activation);
  switch (pieces?.kind) {
    case 'twoSlope':
      return [0];
    case 'clamp':
      return [pieces.min, pieces.max];
    default:
      return [];
  }
}

/** Parameters beyond this are no activation that anybody uses. */
const PARAMETER_MAX = 1e6;

/**
 * @param width neurons of the layer, for parameters that each neuron has.
 * @throws InvalidInputError that names the wrong part.
 */
export function validateActivation(input: unknown, path: string, width: number): Activation {
  if (typeof input === 'string') {
    return DEFAULT_ACTIVATIONS[readOneOf(input, path, ACTIVATION_KINDS)];
  }
  const expected = 'the name of an activation, or an object {kind, …}';
  const given = readObject(input, path, expected);
  const kind = readOneOf(given.kind, `${path}.kind`, ACTIVATION_KINDS);
  const defaults = DEFAULT_ACTIVATIONS[kind];
  if (typeof defaults === 'string') {
    rejectUnknownKeys(given, ['kind'], path, kind);
    return defaults;
  }
  rejectUnknownKeys(given, Object.keys(defaults), path, kind);
  const parameters: PlainObject = { ...defaults, ...given };
  const number = (name: string) =>
    readNumber(parameters[name], `${path}.${name}`, -PARAMETER_MAX, PARAMETER_MAX);
  switch (defaults.kind) {
    case 'leakyRelu':
      return { kind: 'leakyRelu', slope: number('slope') };
    case 'elu':
      return { kind: 'elu', alpha: number('alpha') };
    case 'hardtanh': {
      const [min, max] = [number('min'), number('max')];
      if (!(min < max)) throw new InvalidInputError(`${path}.max`, max, `more than min, ${min}`);
      return { kind: 'hardtanh', min, max };
    }
    case 'prelu': {
      const one = `1 number, or ${width}: one for each neuron of the layer`;
      const slopes = readArray(parameters.slopes, `${path}.slopes`, [1, width], one);
      if (slopes.length !== 1 && slopes.length !== width) {
        throw new InvalidInputError(`${path}.slopes.length`, slopes.length, one);
      }
      const read = (slope: unknown, i: number) =>
        readNumber(slope, `${path}.slopes[${i}]`, -PARAMETER_MAX, PARAMETER_MAX);
      return { kind: 'prelu', slopes: slopes.map(read) };
    }
  }
}
