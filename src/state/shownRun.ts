import type { DataSpec } from '../data/dataSpec.ts';
import { dataSetIfLoaded, shapeOfData } from '../data/loadDataSet.ts';
import { InvalidInputError } from '../input/invalidInput.ts';
import {
  type PlainObject,
  readInteger,
  readObject,
  rejectUnknownKeys,
} from '../input/plainJson.ts';
import { activationsOf, shapeOf, widthsOf } from '../model/drawnNetwork.ts';
import type { ExplicitSource, NetworkSource } from '../model/networks.ts';
import { explicitSource } from '../model/parameters.ts';
import { checkFit } from '../training/examples.ts';
import { initialNetwork } from '../training/initialization.ts';
import { MAX_STEPS, readRecipe } from '../training/readRecipe.ts';
import type { Recipe } from '../training/recipe.ts';

/**
 * A training run whose network a state shows: the recipe, of which every number follows, and the step. The field's network is an
 * explicit one of the recipe's shape; the page trains it up to the step.
 */
export interface ShownRun {
  readonly recipe: Recipe;
  /** Steps made. */
  readonly step: number;
}

/** The latest recipes by their JSON, so that an equal one is the same object, with the same data and the same first network. */
const recipes = new Map<string, Recipe>();
const RECIPES_MAX = 32;
const starts = new WeakMap<Recipe, ExplicitSource>();

/**
 * @param data what the recipe's data are if it does not say
 * @throws InvalidInputError
 */
export function validateRun(input: unknown, data: unknown): ShownRun | null {
  if (input === null) return null;
  const given = readObject(input, 'run', 'null, or an object {recipe, step}');
  rejectUnknownKeys(given, ['recipe', 'step'], 'run', 'a run');
  const read = readObject(given.recipe, 'run.recipe');
  const recipe = same(readRecipe('data' in read ? read : { ...read, data }, 'run.recipe'));
  const step = readInteger(given.step ?? 0, 'run.step', 0, MAX_STEPS);
  if (step > recipe.steps) {
    throw new InvalidInputError('run.step', step, `at most the recipe's ${recipe.steps} steps`);
  }
  startOf(recipe);
  return { recipe, step };
}

function same(recipe: Recipe): Recipe {
  // One that came from here.
  if (starts.has(recipe)) return recipe;
  const key = JSON.stringify(recipe);
  const known = recipes.get(key);
  if (known) return known;
  recipes.set(key, recipe);
  if (recipes.size > RECIPES_MAX) recipes.delete(recipes.keys().next().value!);
  return recipe;
}

/** The network of a recipe at step 0. @throws InvalidInputError if it is too large to be shown */
export function startOf(recipe: Recipe): ExplicitSource {
  const known = starts.get(recipe);
  if (known) return known;
  const made = explicitSource(initialNetwork(recipe.network), 'run.recipe.network');
  starts.set(recipe, made);
  return made;
}

/** Whether a network can be that of a run at some step. */
export function fitsRun(network: NetworkSource, { recipe }: ShownRun): boolean {
  const start = startOf(recipe);
  if (network === start) return true;
  if (network.kind !== 'explicit') return false;
  const form = (source: NetworkSource) => JSON.stringify([widthsOf(source), activationsOf(source)]);
  return form(network) === form(start);
}

/** @throws InvalidInputError if data that are there, loss and network do not fit together */
export function checkFitOfRun({ recipe }: ShownRun): void {
  const set = dataSetIfLoaded(recipe.data);
  if (set) checkFit(set, recipe.loss, shapeOf(startOf(recipe)));
}

/**
 * The parts of a recipe that suit other data: a drawn network that had the inputs and outputs of the data before gets those of the new
 * ones, and with targets in place of classes, or the reverse, there is another loss.
 */
export function recipeWithData({ data, network, loss }: Recipe, spec: DataSpec): Partial<Recipe> {
  if (network.kind !== 'drawn') return { data: spec };
  const [before, after] = [shapeOfData(data), shapeOfData(spec)];
  const isOtherTask = before.task !== after.task;
  const fitting = after.task === 'classification' ? 'crossEntropy' : 'meanSquaredError';
  const { widths } = network;
  const [inputs, outputs] = [widths[0]!, widths.at(-1)!];
  const ends = {
    inputs: inputs === before.inputs ? after.inputs : inputs,
    outputs: outputs === before.outputs || isOtherTask ? after.outputs : outputs,
  };
  return {
    data: spec,
    loss: isOtherTask ? fitting : loss,
    network: { ...network, widths: [ends.inputs, ...widths.slice(1, -1), ends.outputs] },
  };
}

/** A run merged with a part of one; of another recipe it starts anew. */
export function mergeRun(current: ShownRun | null, input: unknown): unknown {
  if (input === null || current === null) return input;
  const patch = readObject(input, 'run', 'null, or an object {recipe, step}');
  if (!('recipe' in patch)) return { ...current, ...patch };
  const recipe: PlainObject = {
    ...current.recipe,
    ...readObject(patch.recipe, 'run.recipe'),
  };
  return { step: 0, ...patch, recipe };
}
