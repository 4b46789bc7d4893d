import { dataSetIfLoaded } from '../../../src/data/loadDataSet.ts';
import { readRecipe } from '../../../src/training/readRecipe.ts';
import type { Recipe } from '../../../src/training/recipe.ts';
import { Run } from '../../../src/training/run.ts';

/** A recipe of two moons and a small network, with some parts of its own. */
export function moonsRecipe(parts: Readonly<Record<string, unknown>> = {}): Recipe {
  return readRecipe({
    data: { kind: 'moons', samples: 60, noise: 0.1, seed: 3 },
    network: { kind: 'drawn', widths: [2, 8, 8, 2], activation: 'tanh', seed: 1 },
    optimizer: { kind: 'sgd', learningRate: 0.5 },
    ...parts,
  });
}

/** A run of a recipe whose data need no file. */
export function runOf(recipe: Recipe): Run {
  return new Run(recipe, dataSetIfLoaded(recipe.data)!);
}
