import { validateNetwork } from '../../../src/model/fieldValidation.ts';
import { listModel, listModels, type Model, unlistModel } from '../../../src/model/models.ts';
import type { ModelSource } from '../../../src/model/networks.ts';
import { readModel } from '../../../src/models/readModel.ts';
import { modelBytes } from './files.ts';

/** Files of tests may share a process, and so its list of models. */
export function forgetModels(): void {
  unlistModel(...listModels().map(({ id }) => id));
}

/** A file of tests/reference/models as a model. */
export function modelOfFile(file: string): Model {
  return readModel([{ name: file, bytes: modelBytes(file) }]);
}

/** The same on the list, as a network of a field. */
export function sourceOfFile(file: string): ModelSource {
  const model = modelOfFile(file);
  listModel(model);
  return validateNetwork({ kind: 'model', id: model.id }, 'network') as ModelSource;
}
