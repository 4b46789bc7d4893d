import { MODEL_BYTES_MAX, ModelFileError } from './modelFile.ts';

/** Counts what a reader is about to allocate for one file, so that no file can ask for more than MODEL_BYTES_MAX. */
export class Memory {
  #left = MODEL_BYTES_MAX;

  /**
   * @param what names the part of the file that asks.
   * @throws ModelFileError
   */
  take(bytes: number, what: string): void {
    this.#left -= bytes;
    if (!(this.#left >= 0)) throw tooLarge(what);
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
