import type { Activation } from '../model/activations.ts';
import type { FullNetwork, NetworkLayer } from '../model/networks.ts';

/** A network's layers without their numbers. */
export interface LayerShape {
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: Activation;
}

/** The positions of a layer's parameters in the list of all: those of the weights [outputs, inputs], then those of the biases. */
export interface ParameterPlace {
  readonly weight: number;
  readonly bias: number;
  readonly end: number;
}

/** Where each layer's parameters are, in the order of PyTorch's `model.parameters()`. */
export function parameterPlaces(layers: readonly LayerShape[]): readonly ParameterPlace[] {
  let end = 0;
  return layers.map(({ inputs, outputs }) => {
    const weight = end;
    const bias = weight + inputs * outputs;
    end = bias + outputs;
    return { weight, bias, end };
  });
}

/** All parameters of a network, in that order. */
export function flatParameters({ layers }: FullNetwork): Float64Array {
  const places = parameterPlaces(layers);
  const flat = new Float64Array(places.at(-1)!.end);
  layers.forEach(({ weight, bias }, i) => {
    flat.set(weight, places[i]!.weight);
    flat.set(bias, places[i]!.bias);
  });
  return flat;
}

/** The network of these parameters; it shares nothing with them. */
export function networkFrom(layers: readonly LayerShape[], flat: Float64Array): FullNetwork {
  const places = parameterPlaces(layers);
  return {
    layers: layers.map((layer, i): NetworkLayer => {
      const { weight, bias, end } = places[i]!;
      return { ...layer, weight: flat.slice(weight, bias), bias: flat.slice(bias, end) };
    }),
  };
}
