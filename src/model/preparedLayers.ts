import type { Network } from './field.ts';

/** A layer in float64, with its place among all neurons. */
export interface PreparedLayer {
  readonly inputs: number;
  readonly outputs: number;
  /** [outputs, inputs], row-major. */
  readonly weight: Float64Array;
  /** [outputs]. */
  readonly bias: Float64Array;
  /** Global index of the layer's first neuron. */
  readonly offset: number;
}

/** The layers of a network, its output layer last; they share nothing with it. */
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
