import type { Activation, MlpField } from '../../src/model/field.ts';

/** A network with the parameters of a seed, its output bias among them. */
export function mlp(
  widths: readonly number[],
  seed = 0,
  activation: Activation = 'relu',
): MlpField {
  return { kind: 'mlp', widths, activation, seed, outputBias: null };
}
