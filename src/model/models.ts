import { InvalidInputError } from '../input/invalidInput.ts';
import type { FullNetwork, ModelSource, NetworkSource } from './networks.ts';

/** Networks from files, which all pages and instances of one document share: a network is known by its content. */

export interface Model {
  /** The first 32 hexadecimal digits of the SHA-256 of the network (models/modelId.ts). */
  readonly id: string;
  readonly network: FullNetwork;
  readonly facts: ModelFacts;
}

/** What is known of a network beside its weights. */
export interface ModelFacts {
  readonly name: string;
  /** [d] */
  readonly inputs: readonly ModelInput[];
  /** [K]; null if the file has none. */
  readonly outputNames: readonly string[] | null;
  /** The outputs in the file's units are mean + scale · the network's; null if they are the same. */
  readonly outputUnit: ModelUnit | null;
  /** What the file applies to the outputs at the end, which is shown as a readout. */
  readonly ending: ModelEnding | null;
  /** Sentences about what was folded, left out or guessed. */
  readonly notes: readonly string[];
}

export interface ModelInput {
  /** null if the file has none. */
  readonly name: string | null;
  /** The values for which the network was made, in the network's own units; null if the file does not say. */
  readonly range: readonly [least: number, greatest: number] | null;
  /** The network's input is (value − mean) / scale of a value in the file's units; null if they are the same. */
  readonly unit: ModelUnit | null;
}

/** A value in the file's units is mean + scale · the network's number; scale > 0. */
export interface ModelUnit {
  readonly mean: number;
  readonly scale: number;
}

export const MODEL_ENDINGS = ['softmax', 'logSoftmax'] as const;
export type ModelEnding = (typeof MODEL_ENDINGS)[number];

const listed = new Map<string, Model>();
/** Those that the program brings itself, for its figures: in no list, and not stored. */
const provided = new Map<string, Model>();
/** A source keeps its model, so that what is shown or can be undone to outlives the removal from the list. */
const kept = new WeakMap<ModelSource, Model>();
const listeners = new Set<() => void>();

/** All that were added, oldest first. */
export function listModels(): readonly Model[] {
  return [...listed.values()];
}

/** null if there is none in the list. */
export function findModel(id: string): Model | null {
  return listed.get(id) ?? null;
}

/** Adds models to the list. The same network again takes over the new name and facts. */
export function listModel(...models: readonly Model[]): void {
  for (const model of models) listed.set(model.id, model);
  notify();
}

/** Makes a model known that no list shows. */
export function provideModel(model: Model): void {
  provided.set(model.id, model);
}

/** Takes models from the list; sources that were validated before still have them. */
export function unlistModel(...ids: readonly string[]): void {
  for (const id of ids) listed.delete(id);
  notify();
}

/** Lists one model at the place of another. */
export function replaceModel(old: Model, next: Model): void {
  const models = listModels().map((model) => (model.id === old.id ? next : model));
  listed.clear();
  listModel(...models, next);
}

function notify(): void {
  for (const listener of listeners) listener();
}

/** Calls back after each change of the list. @returns ends it */
export function listenToModels(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * The model of a source.
 * @param path the id's name in messages
 * @throws InvalidInputError if the list has none with its id
 */
export function modelOf(source: ModelSource, path = 'field.network.id'): Model {
  const known = kept.get(source) ?? listed.get(source.id) ?? provided.get(source.id);
  if (known === undefined) {
    const expected = 'the id of a network that was opened or added here: open its file first';
    throw new InvalidInputError(path, source.id, expected);
  }
  kept.set(source, known);
  return known;
}

/** What a file says of a network: its name, names, ranges and units of inputs, names of outputs. null for other networks. */
export function factsOf(network: NetworkSource): ModelFacts | null {
  return network.kind === 'model' ? modelOf(network).facts : null;
}

/** The values for which an input was made; null if that is not known. */
export function rangeOfInput(network: NetworkSource, input: number): ModelInput['range'] {
  return factsOf(network)?.inputs[input]?.range ?? null;
}

/** The unit in which an input is read; null for the network's own numbers. */
export function unitOfInput(network: NetworkSource, input: number): ModelUnit | null {
  return factsOf(network)?.inputs[input]?.unit ?? null;
}
