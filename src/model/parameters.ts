import { InvalidInputError } from '../input/invalidInput.ts';
import { readParameter, vouchFor } from './fieldValidation.ts';
import {
  type ExplicitLayer,
  type ExplicitSource,
  type FullNetwork,
  MAX_EXPLICIT_PARAMETERS,
  type NetworkSource,
} from './networks.ts';
import { networkFor } from './resolve.ts';

/** A weight or a bias of a network. */
export interface ParameterPlace {
  /** An affine layer, from 0. */
  readonly layer: number;
  /** The neuron whose parameter it is. */
  readonly output: number;
  /** The input of the layer that the weight multiplies; null for the bias. */
  readonly input: number | null;
}

/** The parameter at a place. */
export function parameterAt({ layers }: FullNetwork, place: ParameterPlace): number {
  const { weight, bias, inputs } = layers[place.layer]!;
  return place.input === null ? bias[place.output]! : weight[place.output * inputs + place.input]!;
}

/** The number of weights and biases of a network with its parameters. */
export function countParameters({ layers }: FullNetwork): number {
  return layers.reduce((count, { weight, bias }) => count + weight.length + bias.length, 0);
}

/** Whether each of its parameters may be given in JSON, and so be edited. */
export function isEditable(network: FullNetwork): boolean {
  return countParameters(network) <= MAX_EXPLICIT_PARAMETERS;
}

/**
 * The network with another value of one parameter. It shares all other layers and rows with an explicit network; any other kind
 * becomes an explicit one.
 *
 * @throws InvalidInputError if the network has too many parameters for JSON, or for a value that kernels cannot hold.
 */
export function withParameter(
  source: NetworkSource,
  place: ParameterPlace,
  value: number,
): ExplicitSource {
  const given = readParameter(value, place.input === null ? 'bias' : 'weight');
  const layers = explicitLayers(source);
  return vouchFor({
    kind: 'explicit',
    layers: layers.with(place.layer, edited(layers, place, given)),
  });
}

function edited(
  layers: readonly ExplicitLayer[],
  { layer, output, input }: ParameterPlace,
  value: number,
): ExplicitLayer {
  const { weight, bias, activation } = layers[layer]!;
  if (input === null) return { weight, bias: bias.with(output, value), activation };
  return { weight: weight.with(output, weight[output]!.with(input, value)), bias, activation };
}

/**
 * A network as an explicit one.
 *
 * @param path the network's name in messages
 * @throws InvalidInputError if it has too many parameters for JSON
 */
export function explicitSource(network: FullNetwork, path: string): ExplicitSource {
  if (!isEditable(network)) {
    const received = `${countParameters(network)} weights and biases`;
    const expected = `at most ${MAX_EXPLICIT_PARAMETERS} of them, so that each may be edited`;
    throw new InvalidInputError(path, received, expected);
  }
  return vouchFor({ kind: 'explicit', layers: plainLayers(network) });
}

function explicitLayers(source: NetworkSource): readonly ExplicitLayer[] {
  if (source.kind === 'explicit') return source.layers;
  return explicitSource(networkFor(source), 'field.network').layers;
}

function plainLayers({ layers }: FullNetwork): readonly ExplicitLayer[] {
  return layers.map(({ inputs, outputs, weight, bias, activation }) => ({
    weight: Array.from({ length: outputs }, (_, o) => [
      ...weight.subarray(o * inputs, (o + 1) * inputs),
    ]),
    bias: [...bias],
    activation,
  }));
}
