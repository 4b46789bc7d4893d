import { Inflate } from 'fflate';
import { ModelFileError } from './modelFile.ts';

/** What is inflated at once, so that a false size is noticed after 16 MB at most. */
const CHUNK_BYTES = 16384;

/**
 * Inflates bytes that are hostile until they are inflated.
 *
 * @param most bytes that may come out; so many are allocated.
 * @param name of the bytes in messages
 * @throws ModelFileError
 */
export function inflateWithin(packed: Uint8Array, most: number, name: string): Uint8Array {
  const content = new Uint8Array(most);
  let length = 0;
  const inflater = new Inflate((part) => {
    if (length + part.length > most) {
      throw new ModelFileError(`${name} has more than ${most} bytes`);
    }
    content.set(part, length);
    length += part.length;
  });
  try {
    for (let at = 0; at < packed.length; at += CHUNK_BYTES) {
      const isLast = at + CHUNK_BYTES >= packed.length;
      inflater.push(packed.slice(at, at + CHUNK_BYTES), isLast);
    }
  } catch (error) {
    if (error instanceof ModelFileError) throw error;
    throw new ModelFileError(`${name} is damaged: it cannot be inflated`);
  }
  return content.subarray(0, length);
}
