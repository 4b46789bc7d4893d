import type { Field } from './field.ts';

/** The field drawn from another seed; null if the field has no seed. */
export function withSeed(field: Field, seed: number): Field | null {
  const { network } = field;
  return network.kind === 'drawn' ? { ...field, network: { ...network, seed } } : null;
}

/** The seed from which the field is drawn; null if it has none. */
export function seedOf({ network }: Field): number | null {
  return network.kind === 'drawn' ? network.seed : null;
}

/** The next seed; after the greatest safe integer comes the least. */
export function nextSeed(seed: number): number {
  return seed < Number.MAX_SAFE_INTEGER ? seed + 1 : Number.MIN_SAFE_INTEGER;
}

/** The seed before: the inverse of `nextSeed`. */
export function previousSeed(seed: number): number {
  return seed > Number.MIN_SAFE_INTEGER ? seed - 1 : Number.MAX_SAFE_INTEGER;
}

/** A random seed, one of 2³². */
export function randomSeed(): number {
  return Math.floor(Math.random() * 2 ** 32);
}
