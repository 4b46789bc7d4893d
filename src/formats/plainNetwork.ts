import type { Activation } from '../model/activations.ts';
import type { FullNetwork } from '../model/networks.ts';

/** A network in plain JSON, the form of an explicit network in a state. */
export interface PlainNetwork {
  /** [inputs, …hidden, outputs] */
  readonly widths: number[];
  readonly layers: PlainLayer[];
}

export interface PlainLayer {
  /** [outputs][inputs] */
  readonly weight: number[][];
  /** [outputs] */
  readonly bias: number[];
  /** What follows the layer; 'identity' after the last one. */
  readonly activation: Activation;
}

/** Every parameter as an exact number; nothing is shared with the network. */
export function plainNetwork({ layers }: FullNetwork): PlainNetwork {
  return {
    widths: [layers[0]!.inputs, ...layers.map(({ outputs }) => outputs)],
    layers: layers.map(({ inputs, outputs, weight, bias, activation }) => ({
      weight: Array.from({ length: outputs }, (_, row) =>
        Array.from(weight.subarray(row * inputs, (row + 1) * inputs)),
      ),
      bias: Array.from(bias),
      activation: typeof activation === 'string' ? activation : { ...activation },
    })),
  };
}
