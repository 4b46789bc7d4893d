import { isOfSamples } from '../model/quantities.ts';
import type { State } from '../state/state.ts';

/**
 * Samples per device pixel and axis of the finest picture of a state; samples that are drawn as they are have
 * no finer one.
 * @param software whether the adapter computes on the CPU, which takes seconds for what a GPU does in a frame
 */
export function finestSamples({ quantity, supersampling }: State, software: boolean): 1 | 2 | 4 {
  if (isOfSamples(quantity)) return 1;
  if (supersampling !== 'auto') return supersampling;
  return software ? 1 : 4;
}
