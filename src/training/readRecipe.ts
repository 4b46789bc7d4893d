import { readDataSpec } from '../data/readDataSpec.ts';
import { InvalidInputError } from '../input/invalidInput.ts';
import {
  deepFreeze,
  type PlainObject,
  readArray,
  readBoolean,
  readInteger,
  readNumber,
  readObject,
  readOneOf,
  readSeed,
  rejectUnknownKeys,
} from '../input/plainJson.ts';
import { DEFAULT_DRAWN, validateNetwork } from '../model/fieldValidation.ts';
import type { DrawnSource, NetworkSource } from '../model/networks.ts';
import { MAX_NUMPY_SEED } from '../model/numpyRandom.ts';
import { INITIALIZATIONS, isOfNumpy } from './initialization.ts';
import { LOSS_KINDS } from './losses.ts';
import type { Batch, NetworkRecipe, Optimizer, Penalty, Recipe, Schedule } from './recipe.ts';
import { SCHEDULE_KINDS } from './schedules.ts';

export const MAX_STEPS = 10_000_000;
const RATE_MAX = 1e9;
const BATCH_MAX = 1_000_000;

const DEFAULT_SGD: Optimizer = {
  kind: 'sgd',
  learningRate: 0.1,
  momentum: 0,
  nesterov: false,
  weightDecay: 0,
};
const DEFAULT_ADAM: Optimizer = {
  kind: 'adam',
  learningRate: 0.001,
  betas: [0.9, 0.999],
  epsilon: 1e-8,
  weightDecay: 0,
};
/** What an optimiser leaves out: PyTorch's defaults, and for SGD, which has none in older versions, a rate of 0.1. */
export const DEFAULT_OPTIMIZERS: { readonly [K in Optimizer['kind']]: Optimizer } = {
  sgd: DEFAULT_SGD,
  adam: DEFAULT_ADAM,
  adamw: { ...DEFAULT_ADAM, kind: 'adamw', weightDecay: 0.01 },
};

/** What a recipe leaves out; data and network must be given. */
export const DEFAULT_RECIPE = deepFreeze({
  loss: 'crossEntropy',
  optimizer: DEFAULT_SGD,
  schedule: { kind: 'constant' },
  penalty: { l1: 0, l2: 0 },
  batch: null,
  steps: 300,
} as const satisfies Omit<Recipe, 'data' | 'network'>);

const KEYS: readonly (keyof Recipe)[] = [
  ...(['data', 'network', 'loss', 'optimizer', 'schedule', 'penalty', 'batch', 'steps'] as const),
];

/** Recipes that were read before; they are frozen, so they are valid still. */
const valid = new WeakSet<object>();

/**
 * Turns unchecked JSON into a recipe; missing parts get their defaults.
 *
 * Whether data, loss and network fit together is known when the data are: `Run` checks that.
 *
 * @param path the input's name in messages
 * @returns a frozen recipe; the input itself if it comes from here
 * @throws InvalidInputError that names the wrong part, what was received and what is expected
 */
export function readRecipe(input: unknown, path = 'recipe'): Recipe {
  if (valid.has(input as object)) return input as Recipe;
  const all = readObject(input, path, 'an object {data, network, loss, optimizer, steps, …}');
  rejectUnknownKeys(all, KEYS, path, 'a recipe');
  const given: PlainObject = { ...DEFAULT_RECIPE, ...all };
  const steps = readInteger(given.steps, `${path}.steps`, 0, MAX_STEPS);
  const recipe = deepFreeze({
    data: readDataSpec(given.data, `${path}.data`),
    network: readNetwork(given.network, `${path}.network`),
    loss: readOneOf(given.loss as Recipe['loss'], `${path}.loss`, LOSS_KINDS),
    optimizer: readOptimizer(given.optimizer, `${path}.optimizer`),
    schedule: readSchedule(given.schedule, `${path}.schedule`, steps),
    penalty: readPenalty(given.penalty, `${path}.penalty`),
    batch: readBatch(given.batch, `${path}.batch`),
    steps,
  });
  valid.add(recipe);
  return recipe;
}

function readNetwork(input: unknown, path: string): NetworkRecipe {
  const given = readObject(input, path, 'an object {kind, …}');
  if (given.kind !== 'drawn') {
    const read: NetworkSource = validateNetwork(input, path);
    if (read.kind === 'drawn' || read.kind === 'identity') {
      throw new InvalidInputError(`${path}.kind`, read.kind, 'a network with parameters');
    }
    return read;
  }
  const { initialization = 'pytorch', ...rest } = given;
  const read = readOneOf(initialization, `${path}.initialization`, INITIALIZATIONS);
  const source = validateNetwork({ ...DEFAULT_DRAWN, ...rest }, path) as DrawnSource;
  if (isOfNumpy(read)) readInteger(source.seed, `${path}.seed`, 0, MAX_NUMPY_SEED);
  return { ...source, initialization: read };
}

function readOptimizer(input: unknown, path: string): Optimizer {
  const some = readObject(input, path, 'an object {kind, learningRate, …}');
  const kinds = Object.keys(DEFAULT_OPTIMIZERS) as readonly Optimizer['kind'][];
  const kind = readOneOf(some.kind as Optimizer['kind'], `${path}.kind`, kinds);
  const defaults = DEFAULT_OPTIMIZERS[kind];
  rejectUnknownKeys(some, Object.keys(defaults), path, kind);
  const given: PlainObject = { ...defaults, ...some };
  const number = (name: string, max: number) => readNumber(given[name], `${path}.${name}`, 0, max);
  const learningRate = number('learningRate', RATE_MAX);
  const weightDecay = number('weightDecay', RATE_MAX);
  if (kind === 'sgd') {
    const momentum = number('momentum', 1);
    const nesterov = readBoolean(given.nesterov, `${path}.nesterov`);
    if (nesterov && momentum === 0) {
      throw new InvalidInputError(`${path}.momentum`, momentum, 'more than 0 with nesterov');
    }
    return { kind, learningRate, momentum, nesterov, weightDecay };
  }
  const two = 'two numbers from 0 to less than 1';
  const betas = readArray(given.betas, `${path}.betas`, [2, 2], two).map((beta, i) => {
    const read = readNumber(beta, `${path}.betas[${i}]`, 0, 1);
    if (read === 1) throw new InvalidInputError(`${path}.betas[${i}]`, read, 'less than 1');
    return read;
  });
  const epsilon = number('epsilon', RATE_MAX);
  return { kind, learningRate, betas: [betas[0]!, betas[1]!], epsilon, weightDecay };
}

/** @param steps those of the recipe, over which a cosine goes unless it says otherwise */
function readSchedule(input: unknown, path: string, steps: number): Schedule {
  const given = readObject(input, path, 'an object {kind, …}');
  const kind = readOneOf(given.kind as Schedule['kind'], `${path}.kind`, SCHEDULE_KINDS);
  // null, which leaves nothing out, is refused.
  const withDefault = (key: string, number: number) =>
    given[key] === undefined ? number : given[key];
  switch (kind) {
    case 'constant':
      rejectUnknownKeys(given, ['kind'], path, kind);
      return { kind };
    case 'cosine':
      rejectUnknownKeys(given, ['kind', 'steps', 'minimum'], path, kind);
      return {
        kind,
        steps: readInteger(withDefault('steps', Math.max(1, steps)), `${path}.steps`, 1, MAX_STEPS),
        minimum: readNumber(withDefault('minimum', 0), `${path}.minimum`, 0, RATE_MAX),
      };
    case 'step':
      rejectUnknownKeys(given, ['kind', 'every', 'factor'], path, kind);
      return {
        kind,
        every: readInteger(given.every, `${path}.every`, 1, MAX_STEPS),
        factor: readNumber(withDefault('factor', 0.1), `${path}.factor`, 0, RATE_MAX),
      };
  }
}

function readPenalty(input: unknown, path: string): Penalty {
  const given = readObject(input, path, 'an object {l1, l2}');
  rejectUnknownKeys(given, ['l1', 'l2'], path, 'a penalty');
  const { l1, l2 }: PlainObject = { ...DEFAULT_RECIPE.penalty, ...given };
  return {
    l1: readNumber(l1, `${path}.l1`, 0, RATE_MAX),
    l2: readNumber(l2, `${path}.l2`, 0, RATE_MAX),
  };
}

function readBatch(input: unknown, path: string): Batch | null {
  if (input === null) return null;
  const given = readObject(input, path, 'null for all samples, or an object {size, seed}');
  rejectUnknownKeys(given, ['size', 'seed'], path, 'batch');
  const { seed = 0 } = given;
  return {
    size: readInteger(given.size, `${path}.size`, 1, BATCH_MAX),
    seed: readSeed(seed, `${path}.seed`),
  };
}
