import { findModel } from '../model/models.ts';
import { splitLinkedModel } from '../models/linkedModel.ts';

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

/** Models of a link that neither it nor this page has. */
export function awaitedModels(
  text: string,
): readonly { readonly id: string; readonly name: string | null }[] {
  const awaited = new Map<string, string | null>();
  const inside = new Set<string>();
  for (const [, value] of text.matchAll(PAIR)) {
    const { id, bytes, name } = splitLinkedModel(undoEscapes(value!));
    if (bytes !== '') inside.add(id);
    else if (findModel(id) === null) awaited.set(id, name ?? awaited.get(id) ?? null);
  }
  return [...awaited].filter(([id]) => !inside.has(id)).map(([id, name]) => ({ id, name }));
}

function undoEscapes(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
