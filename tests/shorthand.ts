import type { Field, Vec2 } from '../src/model/field.ts';
import type { DrawnLayer } from '../src/model/network.ts';
import type { PlaneNetwork } from '../src/model/planeNetwork.ts';
import { resolve } from '../src/model/resolve.ts';
import { fieldOfShorthand, type Shorthand, type ShortLogits } from '../src/model/shorthand.ts';

/** Fields in the flat spelling, which many tests use because it is short. */

export type { Shorthand, ShorthandKind, ShortLogits } from '../src/model/shorthand.ts';
export { logitCount } from '../src/model/shorthand.ts';

export type Activation = 'relu' | 'abs';

/** An affine layer, z = weight · h + bias, of float32 numbers: weight is [outputs, inputs], bias [outputs]. */
export type Layer = DrawnLayer;

/** A drawn ReLU or Abs network of the plane, with its parameters. */
export interface Network {
  readonly widths: readonly number[];
  readonly activation: Activation;
  readonly layers: readonly Layer[];
}

/** K affine functions of the plane, z = weight · x + bias: weight is [K, 2], bias [K]. */
export interface Logits {
  readonly weight: readonly Vec2[];
  readonly bias: readonly number[];
}

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
  const { network } = resolve(fieldOfShorthand(short));
  return {
    widths: short.widths,
    activation: short.activation,
    layers: network.layers.map(({ inputs, outputs, weight, bias }) => ({
      inputs,
      outputs,
      weight: Float32Array.from(weight),
      bias: Float32Array.from(bias),
    })),
  };
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
