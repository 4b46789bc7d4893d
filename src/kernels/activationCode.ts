import smoothSource from '../../shaders/common/smooth.wgsl?raw';
import type { Activation, ActivationKind } from '../model/activations.ts';

/**
 * The WGSL of a smooth activation φ, for four samples at a time. `p` is a pre-activation, `b` its change, both in the plane's own units;
 * `parameter` is what `parameterOf` says. Each is an expression, made of the functions of shaders/common/smooth.wgsl.
 */
interface SmoothCode {
  /** φ(p + b) − φ(p). */
  readonly change: string;
  /** φ′(p). */
  readonly slope: string;
  /** φ′(p + b) − φ′(p). */
  readonly slopeChange: string;
}

/** Every smooth activation. */
const SMOOTH_CODES = {
  tanh: {
    change: '2.0 * sigmoidChange(2.0 * p, 2.0 * b)',
    slope: '4.0 * sigmoidSlope(2.0 * p)',
    slopeChange: '4.0 * sigmoidSlopeChange(2.0 * p, 2.0 * b)',
  },
  sigmoid: {
    change: 'sigmoidChange(p, b)',
    slope: 'sigmoidSlope(p)',
    slopeChange: 'sigmoidSlopeChange(p, b)',
  },
  gelu: {
    change: 'b * normal(p + b) + p * normalChange(p, b)',
    slope: 'normal(p) + p * density(p)',
    slopeChange: 'normalChange(p, b) + b * density(p + b) + p * densityChange(p, b)',
  },
  geluTanh: {
    change: 'geluTanhChange(p, b)',
    slope: 'geluTanhSlope(p)',
    slopeChange: 'geluTanhSlopeChange(p, b)',
  },
  silu: {
    change: 'b * sigmoid(p + b) + p * sigmoidChange(p, b)',
    slope: 'sigmoid(p) * (1.0 + p * sigmoid(-p))',
    slopeChange: 'sigmoidChange(p, b) + b * sigmoidSlope(p + b) + p * sigmoidSlopeChange(p, b)',
  },
  elu: {
    change: 'reluChange(p, b) + parameter * expBelowChange(p, b)',
    slope: 'select(parameter * exp(min(p, vec4f(0.0))), vec4f(1.0), p > vec4f(0.0))',
    // With α not 1 the derivative jumps at 0.
    slopeChange:
      'parameter * expBelowChange(p, b) + (1.0 - parameter) * ' +
      '(vec4f(p + b > vec4f(0.0)) - vec4f(p > vec4f(0.0)))',
  },
  softplus: {
    change: 'softplusChange(p, b)',
    slope: 'sigmoid(p)',
    slopeChange: 'sigmoidChange(p, b)',
  },
  sine: {
    change: 'sineChange(p, b)',
    slope: 'sineCosine(p).cosine',
    slopeChange: 'cosineChange(p, b)',
  },
} as const satisfies { readonly [K in ActivationKind]?: SmoothCode };

export type SmoothKind = keyof typeof SMOOTH_CODES;

export function isSmoothKind(kind: string): kind is SmoothKind {
  return kind in SMOOTH_CODES;
}

/** The number that an activation's code takes, 0 if it takes none. */
export function parameterOf(activation: Activation): number {
  return typeof activation === 'object' && activation.kind === 'elu' ? activation.alpha : 0;
}

/** The functions activationChange, activationSlope and activationSlopeChange of a kind, and all that they need. */
export function smoothSourceOf(kind: SmoothKind): string {
  const { change, slope, slopeChange } = SMOOTH_CODES[kind];
  return `${smoothSource}
fn activationChange(p: vec4f, b: vec4f, parameter: f32) -> vec4f {
  return ${change};
}

fn activationSlope(p: vec4f, parameter: f32) -> vec4f {
  return ${slope};
}

fn activationSlopeChange(p: vec4f, b: vec4f, parameter: f32) -> vec4f {
  return ${slopeChange};
}
`;
}
