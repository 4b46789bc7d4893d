/** The library's part that needs neither a page nor WebGPU, for Node and workers: data sets, and networks that learn. */

import { prepareRun } from './trainer/prepareRun.ts';
import { localTrainer } from './trainer/trainer.ts';
import { readTrainOptions, type TrainOptions } from './trainer/trainOptions.ts';
import { type TrainingProgress, type TrainingResult, trainToEnd } from './trainer/trainToEnd.ts';

export type { DataSpec } from './data/dataSpec.ts';
export type { PlainData, PlainSamples } from './data/plainData.ts';
export { plainData as data } from './data/plainData.ts';
export type { PlainNetwork } from './formats/plainNetwork.ts';
export { InvalidInputError } from './input/invalidInput.ts';
export type { Recipe } from './training/recipe.ts';
export type { TrainingProgress, TrainingResult };

/**
 * Trains a network in this thread, which has its turn between pieces of work.
 * @param recipe {data, network, loss, optimizer, schedule, penalty, batch, steps}; what is left out has a default
 * @throws InvalidInputError (as a rejection) that says what was received and what is expected
 */
export async function train(
  recipe: unknown,
  options: Omit<TrainOptions, 'show'> = {},
): Promise<TrainingResult> {
  const read = readTrainOptions(options, ['onStep', 'signal']);
  const start = await prepareRun(recipe);
  return trainToEnd(localTrainer(start), start, read);
}
