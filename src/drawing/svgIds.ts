import { crc32 } from '../formats/crc32.ts';

/**
 * The prefix of an SVG document's ids, derived from its content, so that one page can hold different documents:
 * in a page an id refers to the first element that has it.
 */
export function idPrefix(kind: string, content: readonly (string | number)[]): string {
  const bytes = Uint8Array.from(content.join('|'), (character) => character.charCodeAt(0) & 255);
  return `${kind}-${crc32(bytes).toString(16).padStart(8, '0')}`;
}
