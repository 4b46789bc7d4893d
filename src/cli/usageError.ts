import { InvalidInputError } from '../input/invalidInput.ts';

/** The command line, or a file that it names, is wrong: the exit status is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Runs `read`; a mistake in its input becomes a UsageError that says where the mistake is.
 *
 * @param source what is read, in words.
 * @throws UsageError
 */
export function reading<T>(source: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InvalidInputError || error instanceof RangeError) {
      throw new UsageError(`${source}: ${error.message}`);
    }
    throw error;
  }
}
