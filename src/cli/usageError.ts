import { InvalidInputError } from '../input/invalidInput.ts';

/** The command line, or what it names, is wrong: the exit status is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Runs `read`; a mistake in what it reads becomes a UsageError that says where it is.
 *
 * @param source what is read, as a person calls it.
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
