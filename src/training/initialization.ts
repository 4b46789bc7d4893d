import { networkOf } from '../model/drawnNetwork.ts';
import { drawUniform } from '../model/network.ts';
import type { FullNetwork, NetworkLayer } from '../model/networks.ts';
import { NumpyRandom } from '../model/numpyRandom.ts';
import { Mt19937 } from '../model/random.ts';
import { networkFor } from '../model/resolve.ts';
import { TorchNormal } from '../model/torchNormal.ts';
import type { DrawnRecipe, Initialization, NetworkRecipe } from './recipe.ts';

type Weight = Float32Array | Float64Array;
type Size = Pick<NetworkLayer, 'inputs' | 'outputs'>;

/** Draws the weights of one layer after the other. */
type Draw = (size: Size) => Weight;

/**
 * How a network's first weights are drawn, for a seed.
 *
 * Those of torch.nn.init are drawn as by `torch.manual_seed(seed)`, then `nn.Sequential(…)`, whose layers draw their own parameters, then
 * `torch.nn.init.…(layer.weight)` and `nn.init.zeros_(layer.bias)` for each layer in order.
 * Those of NumPy are drawn after `np.random.seed(seed)`, for each layer in order as [inputs, outputs], since NumPy's layers compute x @ W.
 */
const DRAWN: { readonly [K in Exclude<Initialization, 'pytorch'>]: (recipe: DrawnRecipe) => Draw } =
  {
    /** `nn.init.xavier_uniform_` */
    xavierUniform: (recipe) => {
      const generator = generatorAfterLayers(recipe);
      return ({ inputs, outputs }) =>
        uniform(generator, inputs * outputs, Math.sqrt(2 / (inputs + outputs)));
    },
    /** `nn.init.xavier_normal_` */
    xavierNormal: (recipe) => {
      const normal = new TorchNormal(generatorAfterLayers(recipe));
      return ({ inputs, outputs }) =>
        normal.draw(inputs * outputs, Math.sqrt(2 / (inputs + outputs)));
    },
    /** `nn.init.kaiming_uniform_(nonlinearity='relu')` */
    kaimingUniform: (recipe) => {
      const generator = generatorAfterLayers(recipe);
      return ({ inputs, outputs }) =>
        uniform(generator, inputs * outputs, kaimingDeviation(inputs));
    },
    /** `nn.init.kaiming_normal_(nonlinearity='relu')` */
    kaimingNormal: (recipe) => {
      const normal = new TorchNormal(generatorAfterLayers(recipe));
      return ({ inputs, outputs }) => normal.draw(inputs * outputs, kaimingDeviation(inputs));
    },
    /** `np.random.uniform(-1, 1, (inputs, outputs))` */
    numpyUniform: ({ seed }) => {
      const random = new NumpyRandom(seed);
      return (size) => numpyUniform(random, size, 1);
    },
    /** The same within ±√(6 / (inputs + outputs)), X. Glorot's and Y. Bengio's bound. */
    numpyXavierUniform: ({ seed }) => {
      const random = new NumpyRandom(seed);
      return (size) => numpyUniform(random, size, Math.sqrt(6 / (size.inputs + size.outputs)));
    },
    zeros:
      () =>
      ({ inputs, outputs }) =>
        new Float64Array(inputs * outputs),
  };

export const INITIALIZATIONS: readonly Initialization[] = [
  'pytorch',
  ...(Object.keys(DRAWN) as readonly Exclude<Initialization, 'pytorch'>[]),
];

/** Whether NumPy draws it, whose seeds are 32 bits. */
export function isOfNumpy(initialization: Initialization): boolean {
  return initialization === 'numpyUniform' || initialization === 'numpyXavierUniform';
}

/** The network at step 0. */
export function initialNetwork(recipe: NetworkRecipe): FullNetwork {
  if (recipe.kind !== 'drawn') return networkFor(recipe);
  const { initialization, outputBias, ...source } = recipe;
  // Its layers have the shapes and activations in any case.
  const { layers } = networkOf({ ...source, outputBias });
  if (initialization === 'pytorch') return { layers };
  const draw = DRAWN[initialization](recipe);
  return {
    layers: layers.map((layer, i) => {
      const bias = new Float64Array(layer.outputs);
      if (i === layers.length - 1) bias.fill(outputBias ?? 0);
      return { ...layer, weight: draw(layer), bias };
    }),
  };
}

/** PyTorch's generator after `nn.Linear` has drawn the parameters of all layers. */
function generatorAfterLayers({ seed, widths }: DrawnRecipe): Mt19937 {
  const generator = new Mt19937(seed);
  for (let i = 1; i < widths.length; i += 1)
    drawUniform(generator, (widths[i - 1]! + 1) * widths[i]!, 1);
  return generator;
}

/** A Kaiming deviation: that of ReLU's gain √2. */
function kaimingDeviation(inputs: number): number {
  return Math.SQRT2 / Math.sqrt(inputs);
}

/** Uniform with a standard deviation, as torch.nn.init computes the bound from it. */
function uniform(generator: Mt19937, count: number, deviation: number): Float32Array {
  return drawUniform(generator, count, Math.fround(Math.sqrt(3) * deviation));
}

/** [outputs, inputs], drawn as [inputs, outputs] within ±bound. */
function numpyUniform(random: NumpyRandom, { inputs, outputs }: Size, bound: number): Float64Array {
  const weight = new Float64Array(inputs * outputs);
  for (let i = 0; i < inputs; i += 1) {
    for (let o = 0; o < outputs; o += 1) weight[o * inputs + i] = random.uniform(-bound, bound);
  }
  return weight;
}
