import type { Activation } from '../model/activations.ts';
import { activationsOf } from '../model/drawnNetwork.ts';
import { modelOf, replaceModel } from '../model/models.ts';
import type { ModelSource, NetworkSource } from '../model/networks.ts';
import { withActivations } from '../models/openQuestions.ts';

/** What a person can choose of the activations of a network. */

/** The parameters of an activation that sliders show. */
export type ActivationParameter = 'slope' | 'min' | 'max' | 'alpha';

/** The parameters by their names; none for slopes that each neuron has. */
export function parametersOf(
  activation: Activation,
): Readonly<Partial<Record<ActivationParameter, number>>> {
  if (typeof activation === 'string') return {};
  if (activation.kind === 'prelu') {
    const { slopes } = activation;
    return slopes.length === 1 ? { slope: slopes[0]! } : {};
  }
  const { kind: _, ...parameters } = activation;
  return parameters;
}

/** The activation with another value of one of `parametersOf`. An end of hard tanh pushes the other one before it. */
export function withParameter(
  activation: Activation,
  name: ActivationParameter,
  value: number,
): Activation {
  if (typeof activation === 'string') return activation;
  switch (activation.kind) {
    case 'leakyRelu':
      return { ...activation, slope: value };
    case 'prelu':
      return { ...activation, slopes: [value] };
    case 'elu':
      return { ...activation, alpha: value };
    case 'hardtanh': {
      const { min, max } = activation;
      return name === 'min'
        ? { ...activation, min: value, max: value < max ? max : value + 1 }
        : { ...activation, max: value, min: min < value ? min : value - 1 };
    }
  }
}

/**
 * The part of a patch that changes activations. A model with other ones is another model, which takes its place in the list.
 *
 * @param layer a hidden layer; null for all
 */
export function activationPatch(
  network: NetworkSource,
  layer: number | null,
  activation: Activation,
): object {
  const list = activationsOf(network).map((old, i) =>
    layer === null || layer === i ? activation : old,
  );
  if (network.kind === 'model') return { id: withChosen(network, list) };
  if (network.kind !== 'explicit') return { activation: layer === null ? activation : list };
  const layers = network.layers.map((one, i) => ({
    ...one,
    activation: list[i] ?? one.activation,
  }));
  return { layers };
}

function withChosen(network: ModelSource, activations: readonly Activation[]): string {
  const model = modelOf(network);
  const chosen = withActivations(model, activations);
  replaceModel(model, chosen);
  return chosen.id;
}
