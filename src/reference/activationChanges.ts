import {
  type Activation,
  type ActivationKind,
  GELU_CUBIC,
  GELU_RATE,
  kindOfActivation,
} from '../model/activations.ts';
import { normal, normalDensity, sigmoid, softplus } from '../numeric/special.ts';

/**
 * Changes of the smooth activations, φ(a + b) − φ(a), and of their slopes. Subtracting would lose all digits where b is small, as it
 * is in deep views, or where φ is level. Each is an identity whose terms are products, so that it keeps the relative accuracy of
 * float64.
 */
interface Changes {
  value(a: number, b: number, activation: Activation): number;
  slope(a: number, b: number, activation: Activation): number;
}

type SmoothKind = Exclude<
  ActivationKind,
  'relu' | 'abs' | 'leakyRelu' | 'prelu' | 'hardtanh' | 'relu6' | 'identity'
>;

const SMOOTH_CHANGES: { readonly [K in SmoothKind]: Changes } = {
  tanh: { value: tanhChange, slope: tanhSlopeChange },
  sigmoid: { value: sigmoidChange, slope: sigmoidSlopeChange },
  gelu: {
    value: (a, b) => b * normal(a + b) + a * normalChange(a, b),
    slope: (a, b) => normalChange(a, b) + b * normalDensity(a + b) + a * normalDensityChange(a, b),
  },
  geluTanh: {
    value: (a, b) => b * sigmoid(geluArgument(a + b)) + a * geluShareChange(a, b),
    slope: (a, b) => {
      const z = a + b;
      // z y′ is 2 GELU_RATE (z + 3 GELU_CUBIC z³).
      const rise = 2 * GELU_RATE * b * (1 + 3 * GELU_CUBIC * squaresOf(z, a));
      const [before, change] = [geluArgument(a), geluArgumentChange(a, b)];
      return (
        geluShareChange(a, b) +
        rise * sigmoidSlope(geluArgument(z)) +
        a * geluArgumentSlope(a) * sigmoidSlopeChange(before, change)
      );
    },
  },
  silu: {
    value: (a, b) => b * sigmoid(a + b) + a * sigmoidChange(a, b),
    slope: (a, b) => sigmoidChange(a, b) + b * sigmoidSlope(a + b) + a * sigmoidSlopeChange(a, b),
  },
  elu: {
    value: (a, b, activation) => {
      const alpha = alphaOf(activation);
      const z = a + b;
      if (a > 0) return z > 0 ? b : alpha * Math.expm1(z) - a;
      return z > 0 ? z - alpha * Math.expm1(a) : alpha * expChange(a, b);
    },
    slope: (a, b, activation) => {
      const alpha = alphaOf(activation);
      const z = a + b;
      if (a <= 0 && z <= 0) return alpha * expChange(a, b);
      /** alpha · e^at − 1. */
      const belowOne = (at: number) => (at > 0 ? 0 : alpha * Math.expm1(at) + (alpha - 1));
      return belowOne(z) - belowOne(a);
    },
  },
  softplus: { value: softplusChange, slope: sigmoidChange },
  sine: {
    value: (a, b) => 2 * Math.cos(a + b / 2) * Math.sin(b / 2),
    slope: (a, b) => -2 * Math.sin(a + b / 2) * Math.sin(b / 2),
  },
};

/** φ(a + b) − φ(a) of a smooth activation. */
export function smoothChange(activation: Activation, a: number, b: number): number {
  return changesOf(activation).value(a, b, activation);
}

/** φ′(a + b) − φ′(a) of a smooth activation. */
export function smoothSlopeChange(activation: Activation, a: number, b: number): number {
  return changesOf(activation).slope(a, b, activation);
}

function changesOf(activation: Activation): Changes {
  return SMOOTH_CHANGES[kindOfActivation(activation) as SmoothKind];
}

function alphaOf(activation: Activation): number {
  return (activation as { readonly alpha: number }).alpha;
}

/** e^(a + b) − e^a, from the greater of both: the ratio may overflow. */
function expChange(a: number, b: number): number {
  return b > 0 ? -Math.exp(a + b) * Math.expm1(-b) : Math.exp(a) * Math.expm1(b);
}

/**
 * tanh(a + b) − tanh(a) = sinh b / (cosh(a + b) cosh a), with the powers of e taken out: e^(|b| − |a + b| − |a|), whose exponent is
 * that of the lesser of a and a + b if these have one sign, and else 0.
 */
export function tanhChange(a: number, b: number): number {
  const z = a + b;
  const [sizeA, sizeZ] = [Math.abs(a), Math.abs(z)];
  const power = a * z > 0 ? Math.exp(-2 * Math.min(sizeA, sizeZ)) : 1;
  const cosines = (1 + Math.exp(-2 * sizeZ)) * (1 + Math.exp(-2 * sizeA));
  return (-2 * Math.sign(b) * power * Math.expm1(-2 * Math.abs(b))) / cosines;
}

/** tanh′ = 1 − tanh², so its change is that of tanh times −(tanh(a + b) + tanh(a)), which may cancel. */
export function tanhSlopeChange(a: number, b: number): number {
  return -tanhChange(a, b) * tanhChange(-a, 2 * a + b);
}

/** sigmoid(z) = (1 + tanh(z / 2)) / 2. */
export function sigmoidChange(a: number, b: number): number {
  return 0.5 * tanhChange(a / 2, b / 2);
}

function sigmoidSlope(z: number): number {
  return sigmoid(z) * sigmoid(-z);
}

/** sigmoid′(z) = tanh′(z / 2) / 4. */
export function sigmoidSlopeChange(a: number, b: number): number {
  return 0.25 * tanhSlopeChange(a / 2, b / 2);
}

/** log((1 + e^(a + b)) / (1 + e^a)). */
function softplusChange(a: number, b: number): number {
  const rise = sigmoid(a) * Math.expm1(b);
  if (rise > -0.5 && rise < Infinity) return Math.log1p(rise);
  const z = a + b;
  // The change is log 2 or more, so that the greater of these numbers is not much greater than it.
  if (a > 0 && z > 0) return b + (softplus(-z) - softplus(-a));
  return softplus(z) - softplus(a);
}

/** The changes of the normal distribution's density and of its integral. */
function normalDensityChange(a: number, b: number): number {
  const exponent = -b * (a + b / 2);
  // Where it grows, from its greater value: e^exponent may overflow.
  return exponent > 0
    ? -normalDensity(a + b) * Math.expm1(-exponent)
    : normalDensity(a) * Math.expm1(exponent);
}

/** Up to this |b| · max(1, |a|) the density is a polynomial of Gauss's degree, to float64's accuracy. */
const GAUSS_REACH = 0.5;

function normalChange(a: number, b: number): number {
  const z = a + b;
  if (Math.abs(b) * Math.max(1, Math.abs(a)) > GAUSS_REACH) {
    // In the upper tail, the difference of what lies above.
    return a > 0 && z > 0 ? normal(-a) - normal(-z) : normal(z) - normal(a);
  }
  const middle = a + b / 2;
  let sum = 0;
  for (const [node, weight] of GAUSS) {
    const offset = (b / 2) * node;
    sum += weight * (normalDensity(middle + offset) + normalDensity(middle - offset));
  }
  return (b / 2) * sum;
}

/**
 * Nodes in [0, 1] and weights of Gauss's rule with eight nodes.
 *
 * Source: M. Abramowitz, I. Stegun, Handbook of Mathematical Functions, table 25.4.
 */
const GAUSS = [
  [0.1834346424956498, 0.362683783378362],
  [0.525532409916329, 0.31370664587788727],
  [0.7966664774136267, 0.22238103445337448],
  [0.9602898564975363, 0.10122853629037626],
] as const;

/** 2 GELU_RATE (z + GELU_CUBIC z³), whose sigmoid is the share of z that gelu's tanh form lets pass. */
function geluArgument(z: number): number {
  return 2 * GELU_RATE * (z + GELU_CUBIC * z ** 3);
}

function geluArgumentSlope(z: number): number {
  return 2 * GELU_RATE * (1 + 3 * GELU_CUBIC * z * z);
}

/** z² + z a + a², which (z³ − a³) / (z − a) is. */
function squaresOf(z: number, a: number): number {
  return z * z + z * a + a * a;
}

function geluArgumentChange(a: number, b: number): number {
  return 2 * GELU_RATE * b * (1 + GELU_CUBIC * squaresOf(a + b, a));
}

function geluShareChange(a: number, b: number): number {
  return sigmoidChange(geluArgument(a), geluArgumentChange(a, b));
}
