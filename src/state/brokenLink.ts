import { InvalidInputError } from '../input/invalidInput.ts';

/** @throws any other error */
export function asInvalidInput(error: unknown): InvalidInputError {
  if (error instanceof InvalidInputError) return error;
  throw error;
}

/** Beside the first thing left out, of which a sentence says all, so many are named, in so many characters. */
const NAMES_MAX = 3;
const NAME_LENGTH_MAX = 20;

/** A sentence about what was left out, of which there is something. @param isKept whether there is a rest */
export function describeBroken(
  source: string,
  [first, ...more]: readonly InvalidInputError[],
  isKept = true,
): string {
  // What is left out may be missed again where something else needs it.
  const named = new Set(more.map(nameOf));
  named.delete(nameOf(first!));
  const names = [...named].slice(0, NAMES_MAX);
  if (named.size > NAMES_MAX) names.push(`${named.size - NAMES_MAX} more`);
  const others = names.length > 0 ? `; also ${names.join(', ')}` : '';
  return `${source} is broken: ${first!.message}${others}.${isKept ? ' The rest is kept.' : ''}`;
}

function nameOf({ path, received }: InvalidInputError): string {
  const name = path === 'key' || path === 'part' ? received : path;
  return name.length > NAME_LENGTH_MAX ? `${name.slice(0, NAME_LENGTH_MAX)}…` : name;
}
