import { loadDataSet } from '../data/loadDataSet.ts';
import { initialNetwork } from '../training/initialization.ts';
import { readRecipe } from '../training/readRecipe.ts';
import type { RunStart } from '../training/session.ts';

/**
 * All that a recipe's run needs: the data are loaded or drawn, and the first network.
 * @throws InvalidInputError (as a rejection)
 */
export async function prepareRun(recipe: unknown): Promise<RunStart> {
  const read = readRecipe(recipe);
  return {
    recipe: read,
    data: await loadDataSet(read.data),
    network: initialNetwork(read.network),
  };
}
