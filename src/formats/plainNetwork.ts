import type { Activation, Network } from '../model/field.ts';

/** A network in plain JSON: weight is [outputs][inputs], bias is [outputs]. */
export interface PlainNetwork {
  readonly widths: number[];
  readonly activation: Activation;
  readonly layers: { readonly weight: number[][]; readonly bias: number[] }[];
}

/** Every float32 parameter as an exact number; nothing is shared with the network. */
export function plainNetwork({ widths, activation, layers }: Network): PlainNetwork {
  return {
    widths: [...widths],
    activation,
    layers: layers.map(({ inputs, outputs, weight, bias }) => ({
      weight: Array.from({ length: outputs }, (_, row) =>
        Array.from(weight.subarray(row * inputs, (row + 1) * inputs)),
      ),
      bias: Array.from(bias),
    })),
  };
}
