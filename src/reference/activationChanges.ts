import {
  type Activation,
  type ActivationKind,
  GELU_CUBIC,
  GELU_RATE,
  geluArgument,
  geluArgumentSlope,
  geluCut,
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

/** The share s(z) of z that an activation z s(z) lets pass, from 0 to 1, its derivative, and their changes from a to a + b. */
interface Share {
  share(z: number): number;
  slope(z: number): number;
  change(a: number, b: number): number;
  slopeChange(a: number, b: number): number;
}

/** Beyond this |b| the products of a share differ so much that subtracting them loses few digits. */
const FAR = 1;

/** Changes of z s(z) and of its slope, s(z) + z s′(z). */
function shareChanges({ share, slope, change, slopeChange }: Share): Changes {
  return {
    value: (a, b) => {
      const z = a + b;
      const isNear = Math.abs(b) <= FAR || (a > 0 && z > 0);
      return isNear ? b * share(z) + a * change(a, b) : z * share(z) - a * share(a);
    },
    slope: (a, b) => {
      const z = a + b;
      const isNear = Math.abs(b) <= FAR;
      // Apart, both terms of the first form may be large and cancel.
      const bent = isNear ? b * slope(z) + a * slopeChange(a, b) : z * slope(z) - a * slope(a);
      return change(a, b) + bent;
    },
  };
}

const SMOOTH_CHANGES: { readonly [K in SmoothKind]: Changes } = {
  tanh: { value: tanhChange, slope: tanhSlopeChange },
  sigmoid: { value: sigmoidChange, slope: sigmoidSlopeChange },
  gelu: shareChanges({
    share: normal,
    slope: normalDensity,
    change: normalChange,
    slopeChange: normalDensityChange,
  }),
  geluTanh: shareChanges({
    share: (z) => sigmoid(geluArgument(z)),
    slope: geluShareSlope,
    change: geluShareChange,
    slopeChange: geluShareSlopeChange,
  }),
  silu: shareChanges({
    share: sigmoid,
    slope: sigmoidSlope,
    change: sigmoidChange,
    slopeChange: sigmoidSlopeChange,
  }),
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

/** The change of gelu's argument, whose sigmoid is the share of z that its tanh form lets pass. */
function geluArgumentChange(a: number, b: number): number {
  const [start, end] = [geluCut(a), geluCut(a + b)];
  const step = start === a && end === a + b ? b : end - start;
  // (end³ − start³) / (end − start).
  const squares = end * end + end * start + start * start;
  return 2 * GELU_RATE * step * (1 + GELU_CUBIC * squares);
}

function geluShareChange(a: number, b: number): number {
  return sigmoidChange(geluArgument(a), geluArgumentChange(a, b));
}

function geluShareSlope(z: number): number {
  return geluArgumentSlope(z) * sigmoidSlope(geluArgument(z));
}

function geluShareSlopeChange(a: number, b: number): number {
  const [start, end] = [geluCut(a), geluCut(a + b)];
  const step = start === a && end === a + b ? b : end - start;
  const bent = 6 * GELU_RATE * GELU_CUBIC * step * (start + end);
  return (
    bent * sigmoidSlope(geluArgument(end)) +
    geluArgumentSlope(a) * sigmoidSlopeChange(geluArgument(a), geluArgumentChange(a, b))
  );
}
