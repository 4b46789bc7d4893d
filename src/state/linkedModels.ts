import { findModel } from '../model/models.ts';
import { splitLinkedModel } from '../models/linkedModel.ts';
import { undoValidEscapes } from './mendedLink.ts';

/** Models in the text of a whole link, with all its panels. */

const PAIR = /(?<=^|&)model=([^&]*)/g;

/** Leaves a network that several panels show in the first of them; the others have its id. */
export function shortenRepeatedModels(text: string): string {
  const written = new Set<string>();
  return text.replace(PAIR, (pair, value: string) => {
    const { id } = splitLinkedModel(value);
    const isRepeated = written.has(id);
    written.add(id);
    return isRepeated ? `model=${id}` : pair;
  });
}

export interface NamedModel {
  readonly id: string;
  /** The file's; null if the link has none. */
  readonly name: string | null;
}

/** Models of a link that it does not hold. */
export function modelsOutside(text: string): readonly NamedModel[] {
  const names = new Map<string, string | null>();
  const inside = new Set<string>();
  for (const [, value] of text.matchAll(PAIR)) {
    const { id, bytes, name } = splitLinkedModel(undoValidEscapes(value!));
    if (bytes !== '') inside.add(id);
    names.set(id, name ?? names.get(id) ?? null);
  }
  return [...names].filter(([id]) => !inside.has(id)).map(([id, name]) => ({ id, name }));
}

/** Models of a link that neither it nor this page has. */
export function awaitedModels(text: string): readonly NamedModel[] {
  return modelsOutside(text).filter(({ id }) => findModel(id) === null);
}
