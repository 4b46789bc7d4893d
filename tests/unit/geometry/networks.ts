import type { Activation } from '../../../src/model/activations.ts';
import type { NetworkLayer } from '../../../src/model/networks.ts';
import type { PlaneNetwork } from '../../../src/model/planeNetwork.ts';
import { restrict } from '../../../src/model/restrict.ts';
import { drawPlane, type ShortNetwork } from '../../shorthand.ts';

export function mlp(widths: readonly number[], seed: number, activation: 'relu' | 'abs' = 'relu') {
  return { kind: 'mlp', widths, activation, seed, outputBias: null } satisfies ShortNetwork;
}

/** The network that PyTorch draws. */
export function drawn(
  widths: readonly number[],
  seed: number,
  activation?: 'relu' | 'abs',
): PlaneNetwork {
  return drawPlane(mlp(widths, seed, activation));
}

/** A network written out in float32: each layer its rows, each row its weights and then its bias. */
export function written(
  layers: readonly (readonly (readonly number[])[])[],
  activation: Activation = 'relu',
): PlaneNetwork {
  const made = layers.map((rows, i): NetworkLayer => {
    const inputs = rows[0].length - 1;
    return {
      inputs,
      outputs: rows.length,
      weight: Float32Array.from(rows.flatMap((row) => row.slice(0, inputs))),
      bias: Float32Array.from(rows, (row) => row[inputs]),
      activation: i === layers.length - 1 ? 'identity' : activation,
    };
  });
  return restrict({ layers: made }, null, null);
}

/** A hidden layer of the given hinges and an output that adds them up with distinct weights. */
export function shallow(hinges: readonly (readonly [number, number, number])[]): PlaneNetwork {
  return written([hinges, [[...hinges.map((_, i) => i + 1), 0.5]]]);
}
