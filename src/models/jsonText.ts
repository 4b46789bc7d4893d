import { strFromU8 } from 'fflate';
import { requireSmallText } from './memory.ts';
import { ModelFileError } from './modelFile.ts';

const DEPTH_MAX = 64;
/** Arrays and objects, which take more memory than numbers. */
const CONTAINERS_MAX = 1e6;
const VALUES_MAX = 1e7;

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const OPENING = [0x5b, 0x7b];
const CLOSING = [0x5d, 0x7d];

/**
 * Unchecked JSON from UTF-8. Depth and counts are bounded before it is parsed.
 * @throws ModelFileError
 */
export function parseJson(bytes: Uint8Array, what: string): unknown {
  requireSmallText(bytes);
  requireModest(bytes, what);
  try {
    return JSON.parse(strFromU8(bytes).replace(/^\uFEFF/, ''));
  } catch {
    throw new ModelFileError(`${what} is no valid JSON`);
  }
}

function requireModest(bytes: Uint8Array, what: string): void {
  let depth = 0;
  let containers = 0;
  let values = 0;
  let isInString = false;
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i]!;
    if (isInString && byte === BACKSLASH) i += 1;
    else if (byte === QUOTE) isInString = !isInString;
    else if (isInString) continue;
    else if (byte === COMMA) values += 1;
    else if (OPENING.includes(byte)) {
      depth += 1;
      containers += 1;
    } else if (CLOSING.includes(byte)) depth -= 1;
    if (depth > DEPTH_MAX) {
      throw new ModelFileError(`${what} is nested more than ${DEPTH_MAX} deep`);
    }
  }
  if (containers > CONTAINERS_MAX || values > VALUES_MAX) {
    throw new ModelFileError(
      `${what} has ${containers} lists and objects and ${values} values, above ${CONTAINERS_MAX} or ${VALUES_MAX}`,
    );
  }
}

/** The members of a JSON object; null if it is something else. */
export function membersOf(input: unknown): ReadonlyMap<string, unknown> | null {
  const isObject = typeof input === 'object' && input !== null && !Array.isArray(input);
  return isObject ? new Map(Object.entries(input)) : null;
}
