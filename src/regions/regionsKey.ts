import type { Field } from '../model/field.ts';
import type { NetworkSource } from '../model/networks.ts';
import { winsOf } from '../model/readouts.ts';

const keys = new WeakMap<Field, string>();
const numbers = new WeakMap<NetworkSource, number>();
let count = 0;

/** The same for fields that have the same regions: a new λ, or another output that is shown, changes none. */
export function regionsKey(field: Field): string {
  const known = keys.get(field);
  if (known !== undefined) return known;
  const { network, slice } = field;
  // Weights would make a long text.
  const source = network.kind === 'explicit' ? numberOf(network) : network;
  const key = JSON.stringify([source, winsOf(field.readout), slice]);
  keys.set(field, key);
  return key;
}

function numberOf(network: NetworkSource): number {
  const number = numbers.get(network) ?? ++count;
  numbers.set(network, number);
  return number;
}
