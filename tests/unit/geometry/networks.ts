import type { Activation, Layer, Network } from '../../../src/model/field.ts';
import { drawNetwork, type ShortNetwork } from '../../shorthand.ts';

export function mlp(widths: readonly number[], seed: number, activation: Activation = 'relu') {
  return { kind: 'mlp', widths, activation, seed, outputBias: null } satisfies ShortNetwork;
}

/** The network that PyTorch draws. */
export function drawn(widths: readonly number[], seed: number, activation?: Activation): Network {
  return drawNetwork(mlp(widths, seed, activation));
}

/** A network written out: each layer its rows, each row its weights and then its bias. */
export function written(
  layers: readonly (readonly (readonly number[])[])[],
  activation: Activation = 'relu',
): Network {
  const made = layers.map((rows): Layer => {
    const inputs = rows[0].length - 1;
    return {
      inputs,
      outputs: rows.length,
      weight: Float32Array.from(rows.flatMap((row) => row.slice(0, inputs))),
      bias: Float32Array.from(rows, (row) => row[inputs]),
    };
  });
  return { widths: [2, ...made.map(({ outputs }) => outputs)], activation, layers: made };
}

/** A hidden layer of the given hinges and an output that adds them up with distinct weights. */
export function shallow(hinges: readonly (readonly [number, number, number])[]): Network {
  return written([hinges, [[...hinges.map((_, i) => i + 1), 0.5]]]);
}
