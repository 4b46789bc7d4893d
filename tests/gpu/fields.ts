import type { Field } from '../../src/model/field.ts';
import { shorthandOf } from '../../src/model/shorthand.ts';
import { type Activation, drawNetwork, type Network, type ShortNetwork } from '../shorthand.ts';

/** A network with the parameters of a seed, and its own output bias unless one is given. */
export function mlp(
  widths: readonly number[],
  seed = 0,
  activation: Activation = 'relu',
  outputBias: number | null = null,
): Field {
  return {
    network: { kind: 'drawn', widths, activation, seed, outputBias },
    slice: null,
    readout: { kind: 'output', index: 0 },
  };
}

/** The parameters of an `mlp`. */
export function networkOf(field: Field): Network {
  return drawNetwork(shorthandOf(field) as ShortNetwork);
}
