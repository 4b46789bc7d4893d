import { UsageError } from './usageError.ts';

/** Whether a text means an object of JSON. */
export function beginsJson(text: string): boolean {
  return text.trimStart().startsWith('{');
}

/**
 * JSON, which may begin with a byte order mark, as editors write one.
 * @param what it is, for the message
 * @throws UsageError
 */
export function parseJson(text: string, what: string): unknown {
  try {
    // A byte order mark counts as a space, though not in JSON.
    return JSON.parse(text.trimStart());
  } catch (error) {
    throw new UsageError(`cannot parse ${what}: ${(error as Error).message}`);
  }
}
