import { MODEL_BYTES_MAX, ModelFileError } from './modelFile.ts';

/** Arrays of one file; many small ones take long. */
const ARRAYS_MAX = 10_000;

/** Counts the arrays that a reader is about to allocate for one file, so that no file can ask for more than MODEL_BYTES_MAX. */
export class Memory {
  #bytesLeft = MODEL_BYTES_MAX;
  #arraysLeft = ARRAYS_MAX;

  /**
   * Is called before each array.
   * @param what names the array.
   * @throws ModelFileError
   */
  take(bytes: number, what: string): void {
    this.#bytesLeft -= bytes;
    this.#arraysLeft -= 1;
    if (!(this.#bytesLeft >= 0)) throw tooLarge(what);
    if (this.#arraysLeft < 0) {
      throw new ModelFileError(`there are more than ${ARRAYS_MAX} arrays`);
    }
  }
}

/** @throws ModelFileError if a text cannot be read within the bound. */
export function requireSmallText(bytes: Uint8Array): void {
  if (bytes.length > MODEL_BYTES_MAX) throw tooLarge('the file');
}

function tooLarge(what: string): ModelFileError {
  return new ModelFileError(
    `${what} is too large: the numbers of a network may take ${MODEL_BYTES_MAX / 1e6} MB`,
  );
}
