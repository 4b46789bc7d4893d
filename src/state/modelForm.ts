import { listModel, type Model, modelOf } from '../model/models.ts';
import { readLinkedModel, writeLinkedModel } from '../models/linkedModel.ts';
import type { State } from './state.ts';
import type { UrlForm } from './urlValues.ts';

/** The model that a state shows; undefined for other networks. */
export function shownModel({ field: { network } }: State): Model | undefined {
  return network.kind === 'model' ? modelOf(network) : undefined;
}

/** Writes a model and reads its id. A network that the link itself holds is on the list once the link is read. */
export const modelForm: UrlForm = {
  write: (value) => writeLinkedModel(value as Model),
  read: (text, key) => {
    const { id, model } = readLinkedModel(text, key);
    if (model !== null) listModel(model);
    return id;
  },
};
