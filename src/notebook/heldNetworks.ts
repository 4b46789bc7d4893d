import { findModel, listModel, type Model, unlistModel } from '../model/models.ts';
import { readModel } from '../models/readModel.ts';
import type { GivenNetwork } from './widgetModel.ts';

/** How many hold each network of the document's list, by its id: with the last one it leaves the list. */
const holders = new Map<string, number>();

/** The networks of one widget, by their positions. */
export class HeldNetworks {
  #held: { readonly model: Model; readonly revision: number }[] = [];

  /**
   * Takes over what Python gives.
   * @returns the networks that take the places of others
   * @throws ModelFileError or InvalidInputError if one cannot be read or shown
   */
  take(given: readonly GivenNetwork[]): { readonly before: Model; readonly after: Model }[] {
    const old = this.#held;
    const models = given.map((network, i) => {
      const known = old[i];
      return known?.revision === network.revision ? known.model : read(network);
    });
    for (const model of models) hold(model);
    for (const { model } of old) release(model.id);
    this.#held = models.map((model, i) => ({ model, revision: given[i]!.revision }));
    return models.flatMap((after, i) => {
      const before = old[i]?.model;
      return before === undefined || before.id === after.id ? [] : [{ before, after }];
    });
  }

  at(position: number): Model {
    return this.#held[position]!.model;
  }

  get ids(): readonly string[] {
    return this.#held.map(({ model }) => model.id);
  }

  release(): void {
    this.take([]);
  }
}

function read({ name, content }: GivenNetwork): Model {
  const bytes = new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
  return readModel([{ name, bytes }]);
}

function hold(model: Model): void {
  const count = holders.get(model.id) ?? 0;
  // A network that somebody else has listed stays in the list.
  if (count === 0 && findModel(model.id) !== null) return;
  if (count === 0) listModel(model);
  holders.set(model.id, count + 1);
}

function release(id: string): void {
  const count = holders.get(id);
  if (count === undefined) return;
  if (count > 1) holders.set(id, count - 1);
  else {
    holders.delete(id);
    unlistModel(id);
  }
}
