import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import {
  findModel,
  listenToModels,
  listModel,
  listModels,
  type Model,
} from '../../model/models.ts';
import { packModel, unpackModel } from '../../models/packModel.ts';

/** Keeps the models of the list in the browser, so that a reload and the next visit have them. */

interface Schema extends DBSchema {
  readonly models: { readonly key: string; readonly value: StoredModel };
}

interface StoredModel {
  readonly id: string;
  /** Packed. */
  readonly bytes: Uint8Array;
  /** Milliseconds, as Date.now: the order of the list. */
  readonly added: number;
}

const NAME = 'reluscope';
const STORE = 'models';

type Database = IDBPDatabase<Schema>;

let database: Promise<Database> | null = null;

/** @throws DOMException (as a rejection) where the browser keeps nothing */
function openDatabase(): Promise<Database> {
  database ??= openDB<Schema>(NAME, 1, {
    upgrade: (fresh) => void fresh.createObjectStore(STORE, { keyPath: 'id' }),
    // Another tab may bring a newer version.
    blocking: (_current, _next, event) => (event.target as IDBDatabase).close(),
  });
  return database;
}

/** What is stored, by this page or before it, with the model as it was then. */
const stored = new Map<string, Model>();

/**
 * Lists models that are stored; what is damaged is deleted.
 * @param ids of those that are wanted; all by default. The page goes on without those that cannot be read.
 */
export async function restoreModels(ids?: readonly string[]): Promise<void> {
  if (ids?.length === 0) return;
  const opened = await openDatabase();
  const records = ids
    ? (await Promise.all(ids.map((id) => opened.get(STORE, id)))).flatMap((record) => record ?? [])
    : await opened.getAll(STORE);
  const restored: Model[] = [];
  for (const { id, bytes } of records.sort((a, b) => a.added - b.added)) {
    if (stored.has(id)) continue;
    const model = unpackStored(id, bytes);
    if (model === null) {
      await opened.delete(STORE, id);
      continue;
    }
    stored.set(id, model);
    if (findModel(id) === null) restored.push(model);
  }
  listModel(...restored);
}

function unpackStored(id: string, bytes: unknown): Model | null {
  try {
    const model = unpackModel(bytes as Uint8Array);
    return model.id === id ? model : null;
  } catch {
    return null;
  }
}

/**
 * Stores what is on the list and deletes what was taken from it, from now on.
 * @param onFailure is called once if the browser keeps nothing, or nothing more
 * @returns ends it
 */
export function keepModels(onFailure: (error: unknown) => void): () => void {
  let hasFailed = false;
  let work: Promise<void> = restoreModels().catch(fail);
  function fail(error: unknown): void {
    if (!hasFailed) onFailure(error);
    hasFailed = true;
  }
  const follow = () => {
    work = work.then(storeChanges).catch(fail);
  };
  const end = listenToModels(follow);
  follow();
  return end;
}

async function storeChanges(): Promise<void> {
  const listed = new Map(listModels().map((model) => [model.id, model]));
  const added = [...listed.values()].filter((model) => stored.get(model.id) !== model);
  const removed = [...stored.keys()].filter((id) => !listed.has(id));
  if (added.length + removed.length === 0) return;
  const opened = await openDatabase();
  for (const id of removed) {
    await opened.delete(STORE, id);
    stored.delete(id);
  }
  const now = Date.now();
  for (const [i, model] of added.entries()) {
    await opened.put(STORE, { id: model.id, bytes: packModel(model), added: now + i / 1000 });
    stored.set(model.id, model);
  }
}
