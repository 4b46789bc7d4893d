import type { Vec2 } from '../../../src/model/field.ts';
import type { Dyadic } from '../../unit/reference/dyadic.ts';

/** Half an ulp of 1 in float32: what one operation rounds at most, relative to its result. */
export const ROUNDING = 2 ** -24;

/** Below 1e-38 float32 has no normal numbers: products of a few factors end a little before. */
export const SMALLEST = 1e-36;

/**
 * What a field is at a sample, without the errors of float64. The slacks are what float32 kernels may
 * be off beyond 1e-5 of the view's range: what the rounding of the sample's own position comes to.
 */
export interface ExactSample {
  readonly value: Dyadic;
  readonly gradient: Vec2;
  readonly region: number;
  /** No pre-activation, and no difference of the largest logits, is within rounding distance of 0. */
  readonly away: boolean;
  readonly valueSlack: number;
  readonly gradientSlack: number;
}

export type ExactSampler = (x: Dyadic, y: Dyadic) => ExactSample;
