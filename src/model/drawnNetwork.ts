import { type Activation, isPiecewiseLinear, kindOfActivation } from './activations.ts';
import { modelOf } from './models.ts';
import { drawLayer } from './network.ts';
import type { DrawnSource, FullNetwork, NetworkSource } from './networks.ts';
import { Mt19937 } from './random.ts';

/** A network with its parameters: drawn as PyTorch draws them, those given, or those of a file. */
export function networkOf(source: NetworkSource): FullNetwork {
  switch (source.kind) {
    case 'identity':
      return IDENTITY_NETWORK;
    case 'drawn':
      return draw(source);
    case 'explicit':
      return {
        layers: source.layers.map(({ weight, bias, activation }) => ({
          inputs: weight[0]!.length,
          outputs: bias.length,
          weight: Float64Array.from(weight.flat()),
          bias: Float64Array.from(bias),
          activation,
        })),
      };
    case 'model':
      return modelOf(source).network;
  }
}

const IDENTITY_NETWORK: FullNetwork = {
  layers: [
    {
      inputs: 2,
      outputs: 2,
      weight: Float64Array.of(1, 0, 0, 1),
      bias: Float64Array.of(0, 0),
      activation: 'identity',
    },
  ],
};

/** `torch.manual_seed(seed)`, then `nn.Linear` layers in order; the output biases are replaced if the source sets one. */
function draw({ widths, activation, seed, outputBias }: DrawnSource): FullNetwork {
  const generator = new Mt19937(seed);
  const last = widths.length - 2;
  return {
    layers: widths.slice(1).map((outputs, i) => {
      const layer = drawLayer(generator, widths[i]!, outputs);
      if (i === last && outputBias !== null) layer.bias.fill(outputBias);
      return { ...layer, activation: i === last ? 'identity' : activationOf(activation, i) };
    }),
  };
}

/** The activation of a hidden layer. */
function activationOf(activation: Activation | readonly Activation[], layer: number): Activation {
  return Array.isArray(activation) ? activation[layer] : (activation as Activation);
}

/** d and K, and the widths of the hidden layers between them; nothing is drawn. */
export function shapeOf(source: NetworkSource): {
  readonly inputs: number;
  readonly hidden: readonly number[];
  readonly outputs: number;
} {
  const widths = widthsOf(source);
  return { inputs: widths[0]!, hidden: widths.slice(1, -1), outputs: widths.at(-1)! };
}

/** [d, …hidden, K] */
export function widthsOf(source: NetworkSource): readonly number[] {
  switch (source.kind) {
    case 'identity':
      return [2, 2];
    case 'drawn':
      return source.widths;
    case 'explicit':
      return [source.layers[0]!.weight[0]!.length, ...source.layers.map(({ bias }) => bias.length)];
    case 'model': {
      const { layers } = modelOf(source).network;
      return [layers[0]!.inputs, ...layers.map(({ outputs }) => outputs)];
    }
  }
}

/** The activations of the hidden layers. */
export function activationsOf(source: NetworkSource): readonly Activation[] {
  switch (source.kind) {
    case 'identity':
      return [];
    case 'drawn':
      return shapeOf(source).hidden.map((_, layer) => activationOf(source.activation, layer));
    case 'explicit':
      return source.layers.slice(0, -1).map(({ activation }) => activation);
    case 'model': {
      const { layers } = modelOf(source).network;
      return layers.slice(0, -1).map(({ activation }) => activation);
    }
  }
}

/** Whether no hidden layer does anything but pass on its affine map. */
export function isAffine(source: NetworkSource): boolean {
  return activationsOf(source).every((one) => kindOfActivation(one) === 'identity');
}

/** Whether an activation is smooth, so that the network has no linear regions, nor hinges of all its layers. */
export function isSmooth(source: NetworkSource): boolean {
  return !activationsOf(source).every(isPiecewiseLinear);
}

/** Whether the network has hinges and is affine between them. */
export function hasHinges(source: NetworkSource): boolean {
  return !isAffine(source) && !isSmooth(source);
}

/** Whether exact regions can be counted: those of an affine network are where which of several outputs wins. */
export function hasRegions(source: NetworkSource): boolean {
  return hasHinges(source) || (isAffine(source) && shapeOf(source).outputs > 1);
}
