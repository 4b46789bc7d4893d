import type { State } from '../state/state.ts';

/**
 * Samples per device pixel and axis of the finest picture of a state.
 * @param software whether the adapter computes on the CPU, which takes seconds for what a GPU does in a frame
 */
export function finestSamples({ supersampling }: State, software: boolean): 1 | 2 | 4 {
  if (supersampling !== 'auto') return supersampling;
  return software ? 1 : 4;
}
