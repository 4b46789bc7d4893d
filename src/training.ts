/** The library's part that needs neither a page nor WebGPU, for Node and workers: data sets, and networks that learn. */

import { type PlainData, plainData } from './data/plainData.ts';
import type { AnyWords, DataInput, OfAnyKind, RecipeInput } from './state/inputTypes.ts';
import { prepareRun } from './trainer/prepareRun.ts';
import { localTrainer } from './trainer/trainer.ts';
import { readTrainOptions, type TrainOptions } from './trainer/trainOptions.ts';
import { type TrainingProgress, type TrainingResult, trainToEnd } from './trainer/trainToEnd.ts';

export type { DataSpec } from './data/dataSpec.ts';
export type { PlainData, PlainSamples } from './data/plainData.ts';
export type { PlainNetwork } from './formats/plainNetwork.ts';
export { InvalidInputError } from './input/invalidInput.ts';
export type { DataInput, RecipeInput } from './state/inputTypes.ts';
export type { Recipe } from './training/recipe.ts';
export type { TrainingProgress, TrainingResult };

/** A data set of plain JSON in a variable, whose kind TypeScript does not know; it is checked when it is read. */
export function data<const S extends AnyWords<DataInput>>(spec: OfAnyKind<S>): Promise<PlainData>;
/**
 * A data set, number for number as scikit-learn makes it, as x [n][d] and labels y [n] or targets y [n][K].
 * @param spec its kind and members; what is left out has a default
 * @throws InvalidInputError (as a rejection) that says what was received and what is expected
 */
export function data(spec: DataInput): Promise<PlainData>;
export function data(spec: unknown): Promise<PlainData> {
  return plainData(spec);
}

/** Trains by a recipe of plain JSON in a variable, whose kinds TypeScript does not know; it is checked when it is read. */
export function train<const R extends AnyWords<RecipeInput>>(
  recipe: OfAnyKind<R>,
  options?: Omit<TrainOptions, 'show'>,
): Promise<TrainingResult>;
/**
 * Trains a network in this thread, which has its turn between pieces of work.
 * @param recipe {data, network, loss, optimizer, schedule, penalty, batch, steps}; what is left out has a default
 * @throws InvalidInputError (as a rejection) that says what was received and what is expected
 */
export function train(
  recipe: RecipeInput,
  options?: Omit<TrainOptions, 'show'>,
): Promise<TrainingResult>;
export async function train(
  recipe: unknown,
  options: Omit<TrainOptions, 'show'> = {},
): Promise<TrainingResult> {
  const read = readTrainOptions(options, ['onStep', 'signal']);
  const start = await prepareRun(recipe);
  return trainToEnd(localTrainer(start), start, read);
}
