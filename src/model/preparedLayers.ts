import type { Network } from './field.ts';

/** A layer in float64, with its place among all hidden neurons. */
export interface PreparedLayer {
  readonly inputs: number;
  readonly outputs: number;
  /** [outputs, inputs], row-major. */
  readonly weight: Float64Array;
  /** [outputs]. */
  readonly bias: Float64Array;
  /** Index of the layer's first neuron among all hidden neurons. */
  readonly offset: number;
}

/** The layers of a network, the output last. */
export function prepareLayers({ layers }: Network): PreparedLayer[] {
  let offset = 0;
  return layers.map(({ inputs, outputs, weight, bias }) => {
    const layer = {
      inputs,
      outputs,
      weight: Float64Array.from(weight),
      bias: Float64Array.from(bias),
      offset,
    };
    offset += outputs;
    return layer;
  });
}
