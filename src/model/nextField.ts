import type { NetworkSource } from './networks.ts';
import type { Readout } from './readouts.ts';
import type { Slice } from './slice.ts';

/**
 * A field is a function of the plane, ℝ² → ℝ, described by plain JSON: a slice of the input space of a network, the network
 * ℝᵈ → ℝᴷ, and a readout of its outputs.
 */
export interface Field {
  readonly network: NetworkSource;
  /** null for the plane itself, if the network has two inputs. */
  readonly slice: Slice | null;
  readonly readout: Readout;
}
