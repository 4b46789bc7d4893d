import { add, type DoubleDouble, negate, scale, toNumber, ZERO } from '../numeric/doubleDouble.ts';
import {
  divide,
  exponential,
  fromNumber,
  logarithmOf1Plus,
  multiply,
  ONE,
} from '../numeric/elementary.ts';

/** A readout of the family of softmax. */
export interface LogitReadout {
  readonly kind: 'lse' | 'gap' | 'max' | 'softmax' | 'argmax';
  /** Not used by max and argmax. */
  readonly lambda: number;
  /** The component shown by softmax and argmax; 0 for the others. */
  readonly component: number;
}

/** Logits, or the outputs of a network, at one point, with their gradients there: [K]. */
export interface PointLogits {
  readonly values: readonly DoubleDouble[];
  readonly gradients: readonly (readonly [DoubleDouble, DoubleDouble])[];
}

/** A field of logits at one point, in double-double. */
export interface PreciseLogits {
  readonly value: DoubleDouble;
  /** The first of the largest logits. */
  readonly winner: number;
  readonly gradient: readonly [DoubleDouble, DoubleDouble];
  /** [K] all components of softmax; one-hot for max and argmax. */
  readonly softmax: readonly DoubleDouble[];
}

/**
 * Reads logits in double-double, for the anchor of deep views: float64 has too few digits. Sums of differences keep small derivatives
 * accurate.
 */
export function readPointLogits(
  { kind, lambda, component }: LogitReadout,
  { values: sigma, gradients }: PointLogits,
): PreciseLogits {
  const top = firstLargest(sigma);
  const isLimit = kind === 'max' || kind === 'argmax';
  const powers = sigma.map((value, k) => {
    if (k === top) return ONE;
    return isLimit ? ZERO : exponential(scale(add(value, negate(sigma[top])), lambda));
  });
  const rest = powers.reduce((sum, power, k) => (k === top ? sum : add(sum, power)), ZERO);
  const total = add(ONE, rest);
  const softmax = powers.map((power) => divide(power, total));
  const gap = isLimit ? ZERO : divide(logarithmOf1Plus(rest), fromNumber(lambda));
  /** Σ_j y_j (a_j − a_origin). */
  const meanDifference = (origin: number, axis: 0 | 1) =>
    gradients.reduce((sum, a, j) => {
      const difference = add(a[axis], negate(gradients[origin][axis]));
      return add(sum, multiply(softmax[j], difference));
    }, ZERO);
  const slope = () => negate(scale(softmax[component], lambda));
  const along: Record<LogitReadout['kind'], (axis: 0 | 1) => DoubleDouble> = {
    lse: (axis) => add(gradients[top][axis], meanDifference(top, axis)),
    gap: (axis) => meanDifference(top, axis),
    max: (axis) => gradients[top][axis],
    softmax: (axis) => multiply(slope(), meanDifference(component, axis)),
    argmax: () => ZERO,
  };
  const values: Record<LogitReadout['kind'], DoubleDouble> = {
    lse: add(sigma[top], gap),
    gap,
    max: sigma[top],
    softmax: softmax[component],
    argmax: top === component ? ONE : ZERO,
  };
  const gradient = [along[kind](0), along[kind](1)] as const;
  return { value: values[kind], winner: top, gradient, softmax };
}

/** The first of the largest values. */
export function firstLargest(values: readonly DoubleDouble[]): number {
  let best = 0;
  values.forEach((value, k) => {
    if (toNumber(add(value, negate(values[best]))) > 0) best = k;
  });
  return best;
}
