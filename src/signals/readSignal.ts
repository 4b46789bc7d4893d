import { InvalidInputError } from '../input/invalidInput.ts';

/** @throws InvalidInputError if it is not a signal; a signal of another realm is accepted. */
export function readSignal(input: unknown, path: string): AbortSignal | undefined {
  if (input === undefined) return undefined;
  const signal = input as Partial<AbortSignal> | null;
  if (typeof signal?.aborted !== 'boolean' || typeof signal.addEventListener !== 'function') {
    throw new InvalidInputError(path, input, 'an AbortSignal');
  }
  return signal as AbortSignal;
}
