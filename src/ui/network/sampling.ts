import { isPiecewiseLinear } from '../../model/activations.ts';
import type { FullNetwork } from '../../model/networks.ts';

/** A smooth activation takes as long as so many multiplications. */
const SMOOTH_COST = 25;
/** Multiplications that take a part of a frame, and those that take a part of a second. */
const MOVING_BUDGET = 10e6;
const RESTING_BUDGET = 300e6;

/** Samples along the sides of the small pictures: as many as the network's size allows. */
export const SMALL_SIDES = { least: 8, most: 32 } as const;
/** Of the large picture of one neuron. */
export const LARGE_SIDES = { least: 16, most: 96 } as const;

/** How many samples along a side a network can be evaluated at, while something moves or at rest. */
export function sideFor(
  network: FullNetwork,
  { least, most }: { readonly least: number; readonly most: number },
  moving: boolean,
): number {
  const budget = moving ? MOVING_BUDGET : RESTING_BUDGET;
  const side = Math.floor(Math.sqrt(budget / costOf(network)));
  return Math.max(least, Math.min(most, side));
}

function costOf({ layers }: FullNetwork): number {
  return layers.reduce((cost, { weight, outputs, activation }) => {
    const isCheap = activation === 'identity' || isPiecewiseLinear(activation);
    return cost + weight.length + (isCheap ? 0 : SMOOTH_COST * outputs);
  }, 0);
}
