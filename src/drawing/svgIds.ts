import { crc32 } from '../formats/crc32.ts';

/**
 * What the ids of an SVG document begin with, made of what it shows: documents that differ can stand in one
 * page, where an id means the first element that has it.
 */
export function idPrefix(kind: string, content: readonly (string | number)[]): string {
  const bytes = Uint8Array.from(content.join('|'), (character) => character.charCodeAt(0) & 255);
  return `${kind}-${crc32(bytes).toString(16).padStart(8, '0')}`;
}
