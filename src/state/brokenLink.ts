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
  const names = more.slice(0, NAMES_MAX).map(({ path, received }) => {
    const name = path === 'key' || path === 'part' ? received : path;
    return name.length > NAME_LENGTH_MAX ? `${name.slice(0, NAME_LENGTH_MAX)}…` : name;
  });
  if (more.length > NAMES_MAX) names.push(`${more.length - NAMES_MAX} more`);
  const others = names.length > 0 ? `; also ${names.join(', ')}` : '';
  return `${source} is broken: ${first!.message}${others}.${isKept ? ' The rest is kept.' : ''}`;
}
