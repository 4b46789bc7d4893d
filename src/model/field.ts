import type { NetworkSource } from './networks.ts';
import type { Readout } from './readouts.ts';
import type { Slice } from './slice.ts';

/** A point or a vector of the plane. */
export type Vec2 = readonly [number, number];

/**
 * A field is a function of the plane, ℝ² → ℝ, described by plain JSON: a slice of the input space of a network, the network
 * ℝᵈ → ℝᴷ, and a readout of its outputs.
 *
 * `validateField` (fieldValidation.ts) is the only function that turns unchecked JSON into a `Field`.
 */
export interface Field {
  readonly network: NetworkSource;
  /** null for the plane itself, if the network has two inputs. */
  readonly slice: Slice | null;
  readonly readout: Readout;
}

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
