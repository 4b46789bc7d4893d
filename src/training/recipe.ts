import type { DataSpec } from '../data/dataSpec.ts';
import type { DrawnSource, NetworkSource } from '../model/networks.ts';

/** All that a run depends on, as plain JSON: the same recipe gives the same numbers at every step. */
export interface Recipe {
  readonly data: DataSpec;
  readonly network: NetworkRecipe;
  readonly loss: LossKind;
  readonly optimizer: Optimizer;
  readonly schedule: Schedule;
  readonly penalty: Penalty;
  /** null for all samples in each step. */
  readonly batch: Batch | null;
  /** Where the run ends: steps of the optimiser, one for each batch. */
  readonly steps: number;
}

/** The network at step 0. What is drawn may be drawn in several ways. */
export type NetworkRecipe =
  | DrawnRecipe
  | Exclude<NetworkSource, { readonly kind: 'drawn' | 'identity' }>;

export interface DrawnRecipe extends DrawnSource {
  readonly initialization: Initialization;
}

/** The initialisations; initialization.ts has what each does. */
export type Initialization =
  | 'pytorch'
  | 'xavierUniform'
  | 'xavierNormal'
  | 'kaimingUniform'
  | 'kaimingNormal'
  | 'numpyUniform'
  | 'numpyXavierUniform'
  | 'zeros';

/** The losses, each a mean over the samples of a batch; losses.ts has what each computes. */
export type LossKind = 'crossEntropy' | 'binaryCrossEntropy' | 'meanSquaredError';

/** The optimisers, with the parameters of torch.optim. */
export type Optimizer = SgdOptimizer | AdamOptimizer;

/** `torch.optim.SGD(lr=learningRate, momentum=momentum, nesterov=nesterov, weight_decay=weightDecay)` */
export interface SgdOptimizer {
  readonly kind: 'sgd';
  readonly learningRate: number;
  readonly momentum: number;
  readonly nesterov: boolean;
  readonly weightDecay: number;
}

/** `torch.optim.Adam` or `AdamW` with lr=learningRate, betas=betas, eps=epsilon, weight_decay=weightDecay. */
export interface AdamOptimizer {
  readonly kind: 'adam' | 'adamw';
  readonly learningRate: number;
  readonly betas: readonly [number, number];
  readonly epsilon: number;
  readonly weightDecay: number;
}

/** How the learning rate changes, from step to step (not from epoch to epoch). */
export type Schedule =
  | { readonly kind: 'constant' }
  /** `CosineAnnealingLR(T_max=steps, eta_min=minimum)`: from the optimiser's rate to the least one and, beyond `steps`, up again. */
  | { readonly kind: 'cosine'; readonly steps: number; readonly minimum: number }
  /** `StepLR(step_size=every, gamma=factor)` */
  | { readonly kind: 'step'; readonly every: number; readonly factor: number };

/** What is added to the gradient of the loss: that of l1 Σ|w| + l2/2 Σw² over all weights, not the biases. */
export interface Penalty {
  readonly l1: number;
  readonly l2: number;
}

/**
 * Batches of `size` samples, the last of an epoch maybe smaller. Each epoch is in an order of its own,
 * `torch.randperm(count, generator=generator)` with `generator = torch.Generator().manual_seed(seed)`.
 */
export interface Batch {
  readonly size: number;
  readonly seed: number;
}
