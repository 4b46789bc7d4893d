import type { Field, Logits, Network, Vec2 } from '../src/model/field.ts';
import { firstVersionNetwork } from '../src/model/firstVersion.ts';
import type { PlaneNetwork } from '../src/model/planeNetwork.ts';
import { resolve } from '../src/model/resolve.ts';
import { fieldOfShorthand, type Shorthand, type ShortLogits } from '../src/model/shorthand.ts';

/** Fields in the flat spelling, which many tests use because it is short. */

export type { Shorthand, ShorthandKind, ShortLogits } from '../src/model/shorthand.ts';
export { logitCount } from '../src/model/shorthand.ts';

export type ShortNetwork = Extract<Shorthand, { readonly kind: 'mlp' }>;
export type ShortNeuron = Extract<Shorthand, { readonly kind: 'sigmoid' | 'tanh' }>;

export function fieldOf(short: Shorthand): Field {
  return fieldOfShorthand(short);
}

/** The same network as kernels and geometry read it. */
export function drawPlane(short: Shorthand): PlaneNetwork {
  return resolve(fieldOfShorthand(short)).whole;
}

/** The drawn ReLU or Abs network, with its float32 parameters. */
export function drawNetwork(short: ShortNetwork): Network {
  return firstVersionNetwork(resolve(fieldOfShorthand(short)).whole)!;
}

/** The logits themselves: the identity, the given ones, or those drawn from the seed. */
export function resolveLogits(logits: ShortLogits): Logits {
  const { plane } = resolve(fieldOfShorthand({ kind: 'max', logits }));
  const { weight, bias } = plane.layers[0]!;
  return {
    weight: Array.from(bias, (_, k): Vec2 => [weight[2 * k]!, weight[2 * k + 1]!]),
    bias: [...bias],
  };
}
