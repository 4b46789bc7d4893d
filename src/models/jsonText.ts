import { strFromU8 } from 'fflate';
import { requireSmallText } from './memory.ts';
import { ModelFileError } from './modelFile.ts';
import { printName } from './tensors.ts';

/**
 * What one JSON text may hold. Parsing takes a time for each of these, so together they bound its work: members most, since
 * each new name of one makes the engine look for a new layout. The largest network that can be shown has 2.2 million numbers.
 */
const JSON_LIMITS = {
  depth: 64,
  'lists and objects': 100_000,
  values: 2_500_000,
  members: 4_000,
  'bytes in a name': 256,
} as const;

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
/** What opens and closes lists and objects. In UTF-8 these bytes stand for nothing else. */
const [LEFT_BRACKET, RIGHT_BRACKET, LEFT_BRACE, RIGHT_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Unchecked JSON from UTF-8. Depth, counts and names are bounded before it is parsed.
 * @throws ModelFileError
 */
export function parseJson(bytes: Uint8Array, what: string): unknown {
  requireSmallText(bytes);
  const found = countJson(bytes);
  for (const [name, limit] of Object.entries(JSON_LIMITS)) {
    const count = found[name as keyof typeof JSON_LIMITS];
    if (count > limit) {
      throw new ModelFileError(
        `${what} is too large: ${name}: ${count}, at most ${limit} can be read`,
      );
    }
  }
  try {
    return JSON.parse(strFromU8(bytes).replace(/^\uFEFF/, ''));
  } catch (error) {
    // The engine says what it found, and where.
    throw new ModelFileError(`${what} is no valid JSON: ${printName((error as Error).message)}`);
  }
}

/** What a JSON text holds, in one pass over its bytes; of a text that is no JSON, any numbers. */
function countJson(bytes: Uint8Array): Record<keyof typeof JSON_LIMITS, number> {
  let [depth, deepest, containers, values, members, longestName] = [0, 0, 0, 0, 0, 0];
  let stringLength = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i]!;
    // Most bytes are digits and spaces.
    if (byte < COLON && byte !== COMMA && byte !== QUOTE) continue;
    if (byte === COMMA) values += 1;
    else if (byte === QUOTE) {
      const end = endOfString(bytes, i);
      stringLength = end - i - 1;
      i = end;
    } else if (byte === COLON) {
      members += 1;
      longestName = Math.max(longestName, stringLength);
    } else if (byte === LEFT_BRACKET || byte === LEFT_BRACE) {
      containers += 1;
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (byte === RIGHT_BRACKET || byte === RIGHT_BRACE) depth -= 1;
  }
  return {
    depth: deepest,
    'lists and objects': containers,
    values,
    members,
    'bytes in a name': longestName,
  };
}

/** Where the string ends that begins at a quote. */
function endOfString(bytes: Uint8Array, start: number): number {
  let i = start + 1;
  while (i < bytes.length && bytes[i] !== QUOTE) i += bytes[i] === BACKSLASH ? 2 : 1;
  return i;
}

/** The members of a JSON object; null if it is something else. */
export function membersOf(input: unknown): ReadonlyMap<string, unknown> | null {
  const isObject = typeof input === 'object' && input !== null && !Array.isArray(input);
  return isObject ? new Map(Object.entries(input)) : null;
}
