import { isAffine } from './drawnNetwork.ts';
import type { Field } from './field.ts';
import { resolve } from './resolve.ts';

/** The bias of the output that a network with hidden layers shows, drawn or set; null for other fields. */
export function outputBiasOf(field: Field): number | null {
  const { network, readout } = field;
  if (isAffine(network) || readout.kind !== 'output') return null;
  return resolve(field).network.layers.at(-1)!.bias[readout.index]!;
}
