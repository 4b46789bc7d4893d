import type { DataSource, Split } from '../data/dataSpec.ts';
import type { Activation } from '../model/activations.ts';
import type { ExplicitLayer, ModelSource } from '../model/networks.ts';
import type {
  Batch,
  DrawnRecipe,
  LossKind,
  Optimizer,
  Penalty,
  Schedule,
} from '../training/recipe.ts';
import type { PartOf } from './patchTypes.ts';

/** A plain object, or one of several kinds, of which only some members must be given; all others have defaults. */
export type Defaulted<T, Must extends PropertyKey> = T extends unknown
  ? Pick<T, keyof T & Must> & PartOf<Omit<T, Must>>
  : never;

/**
 * A data set as `data` and `train` take it. What is left out has a default: 200 samples with a noise of 0.1 (spirals, XOR and formulas
 * none), 3 centres, the seed 0, no split. Points x [n][d] with labels y [n] or targets y [n][K], and a formula, must be given.
 */
export type DataInput = Defaulted<DataSource, 'kind' | 'x' | 'y' | 'formula'> & {
  /** Which points are for testing: a quarter, with the seed 0, unless it says otherwise. null, the default, for none. */
  readonly split?: PartOf<Split> | null;
};

/** An activation; parameters that are left out have defaults. */
export type ActivationInput = Defaulted<Activation, 'kind'>;

/** A layer with given weights [outputs][inputs]: biases [outputs] are 0, and the activation is ReLU, of the last layer none, unless given. */
export type LayerInput = Defaulted<Omit<ExplicitLayer, 'activation'>, 'weight'> & {
  readonly activation?: ActivationInput;
};

/** The network with which a run begins: drawn, by default 2-20-1 with ReLU and the seed 0 as PyTorch does; with given weights; or from a file. */
export type NetworkInput =
  | (Defaulted<Omit<DrawnRecipe, 'activation'>, 'kind'> & {
      /** One for all hidden layers, or a list of one for each. */
      readonly activation?: ActivationInput | readonly ActivationInput[];
    })
  | { readonly kind: 'explicit'; readonly layers: readonly LayerInput[] }
  | ModelSource;

/** An optimiser; what is left out has torch.optim's default, and the rate of SGD is 0.1. */
export type OptimizerInput = Defaulted<Optimizer, 'kind'>;

/** How the learning rate changes: a cosine goes to 0 over all steps of the recipe, and a step's factor is 0.1, unless given. */
export type ScheduleInput = Defaulted<Schedule, 'kind' | 'every'>;

/** Batches of `size` samples; their seed is 0 by default. */
export type BatchInput = Defaulted<Batch, 'size'>;

/** A recipe as `train` takes it: data and network must be given, all else has a default. */
export interface RecipeInput {
  /** Points [n][d], with labels for the cross-entropies, or targets [n][K]. */
  readonly data: DataInput;
  /** Of d inputs and as many outputs as the loss needs. */
  readonly network: NetworkInput;
  /** 'crossEntropy' by default. */
  readonly loss?: LossKind;
  /** By default SGD with a rate of 0.1. */
  readonly optimizer?: OptimizerInput;
  /** Constant by default. */
  readonly schedule?: ScheduleInput;
  /** None by default. */
  readonly penalty?: PartOf<Penalty>;
  /** null, the default, for all samples in each step. */
  readonly batch?: BatchInput | null;
  /** Steps of the optimiser, one for each batch: 0 … 10,000,000, by default 300. */
  readonly steps?: number;
}

/** The same with any text for each word: plain JSON in a variable has `kind: string`. */
export type AnyWords<T> = T extends string
  ? string
  : T extends readonly (infer Item)[]
    ? readonly AnyWords<Item>[]
    : T extends object
      ? { readonly [K in keyof T]: AnyWords<T[K]> }
      : T;

/** The kinds of an object, or else of its members. */
export type KindsIn<T> = T extends { readonly kind: infer Kind }
  ? Kind
  : T extends object
    ? { readonly [K in keyof T]: KindsIn<T[K]> }[keyof T]
    : never;

/** Takes plain JSON of a variable, whose kind TypeScript does not know; what is written in the call is never of this type. */
export type OfAnyKind<T> = string extends KindsIn<T> ? T : never;
