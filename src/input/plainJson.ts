import { FLOAT32_MAX } from '../numeric/float32.ts';
import { InvalidInputError } from './invalidInput.ts';

/**
 * Readers of unchecked JSON: each returns the value with its type, or throws an
 * InvalidInputError that names the path, what was received and what is expected.
 *
 * Negative zero becomes 0, since neither JSON nor the URL can distinguish them.
 */

/** Unchecked members, by name. */
export type PlainObject = Readonly<Record<string, unknown>>;

const KEY_LENGTH_SHOWN = 40;

/**
 * A copy of the object's own members. Arrays, functions and instances of classes are rejected.
 * Copying by spread defines members instead of assigning them, so that a member named
 * `__proto__` stays an ordinary one, to be rejected as unknown.
 */
export function readObject(input: unknown, path: string, expected = 'an object'): PlainObject {
  if (!isPlainObject(input)) {
    if (inheritsFromPlainObject(input)) {
      const own = 'no such key (an object has only its own members, no inherited ones)';
      throw new InvalidInputError(`${path}.__proto__`, Object.getPrototypeOf(input), own);
    }
    throw new InvalidInputError(path, input, expected);
  }
  return { ...input };
}

/** Detects the result of `{__proto__: {…}}`: JavaScript sets a prototype instead of a member. */
function inheritsFromPlainObject(input: unknown): boolean {
  if (typeof input !== 'object' || input === null) return false;
  const prototype: unknown = Object.getPrototypeOf(input);
  return isPlainObject(prototype) && !Object.hasOwn(prototype, 'constructor');
}

function isPlainObject(input: unknown): input is PlainObject {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return false;
  // Object.prototype is recognised by having no prototype, because each page has its own.
  const prototype: unknown = Object.getPrototypeOf(input);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** @param owner what has only these keys, e.g. "mlp". */
export function rejectUnknownKeys(
  object: PlainObject,
  keys: readonly string[],
  path: string,
  owner: string,
): void {
  for (const key of Reflect.ownKeys(object)) {
    if (typeof key === 'string' && keys.includes(key)) continue;
    const expected = `no such key (${owner} has ${keys.join(', ') || 'none'})`;
    const value = (object as Readonly<Record<PropertyKey, unknown>>)[key];
    throw new InvalidInputError(memberPath(path, key), value, expected);
  }
}

/** The path of a member; an unusual key is quoted, so that an empty or invisible one can be read. */
function memberPath(path: string, key: string | symbol): string {
  if (typeof key === 'symbol') return `${path}[${key.description ?? 'symbol'}]`;
  const shown = key.length > KEY_LENGTH_SHOWN ? `${key.slice(0, KEY_LENGTH_SHOWN)}…` : key;
  if (/[^\p{L}\p{M}\p{N}\p{P}\p{S}]|^$/u.test(shown)) {
    const escaped = JSON.stringify(shown).replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, escapeUnits);
    return `${path}[${escaped}]`;
  }
  return path === '' ? shown : `${path}.${shown}`;
}

function escapeUnits(character: string): string {
  return Array.from({ length: character.length }, (_, i) => {
    return `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`;
  }).join('');
}

/** A finite number in [min, max]. */
export function readNumber(input: unknown, path: string, min: number, max: number): number {
  if (typeof input !== 'number' || !(input >= min && input <= max)) {
    throw new InvalidInputError(path, input, `a number from ${min} to ${max}`);
  }
  return input + 0;
}

/** An integer in [min, max]. */
export function readInteger(input: unknown, path: string, min: number, max: number): number {
  if (!isIntegerWithin(input, min, max)) {
    throw new InvalidInputError(
      path,
      input,
      min === max ? `${min}` : `an integer from ${min} to ${max}`,
    );
  }
  return input + 0;
}

/** A seed: a safe integer, −(2⁵³ − 1) … 2⁵³ − 1. */
export function readSeed(input: unknown, path: string): number {
  if (!isIntegerWithin(input, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)) {
    throw new InvalidInputError(path, input, 'an integer of at most 9007199254740991 in size');
  }
  return input + 0;
}

function isIntegerWithin(input: unknown, min: number, max: number): input is number {
  return Number.isInteger(input) && Number(input) >= min && Number(input) <= max;
}

/** A number rounded to float32, so that CPU and GPU compute with the same value. */
export function readFloat32(input: unknown, path: string): number {
  const rounded = typeof input === 'number' ? Math.fround(input) : Number.NaN;
  if (!Number.isFinite(rounded)) {
    const limit = FLOAT32_MAX.toPrecision(3);
    throw new InvalidInputError(path, input, `a finite float32 number (at most ${limit} in size)`);
  }
  return rounded + 0;
}

/** @throws InvalidInputError */
export function readBoolean(input: unknown, path: string): boolean {
  if (typeof input !== 'boolean') throw new InvalidInputError(path, input, 'true or false');
  return input;
}

/** One of the options. @throws InvalidInputError that lists them */
export function readOneOf<T extends string | number>(
  input: unknown,
  path: string,
  options: readonly T[],
): T {
  const found = options.find((option) => option === input);
  if (found === undefined) {
    throw new InvalidInputError(path, input, `one of ${options.join(', ')}`);
  }
  return found;
}

/** @param expected describes the array; it must have `min` to `max` elements. */
export function readArray(
  input: unknown,
  path: string,
  [min, max]: readonly [number, number],
  expected: string,
): readonly unknown[] {
  if (!Array.isArray(input) || input.length < min || input.length > max) {
    throw new InvalidInputError(path, input, expected);
  }
  return Array.from<unknown>(input);
}

/** Two numbers, each read by `readCoordinate`. */
export function readPair(
  input: unknown,
  path: string,
  readCoordinate: (input: unknown, path: string) => number,
): readonly [number, number] {
  const [x, y] = readArray(input, path, [2, 2], 'two numbers [x, y]');
  return [readCoordinate(x, `${path}[0]`), readCoordinate(y, `${path}[1]`)];
}

/** Freezes a constant with all its parts, so that no edit of a shared part can change it. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    for (const part of Object.values(value)) deepFreeze(part);
    Object.freeze(value);
  }
  return value;
}

/** Whether two values are the same JSON, in whatever order their members are. */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [own, other] = [a, b] as [PlainObject, PlainObject];
  const keys = Object.keys(own);
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every((key) => Object.hasOwn(other, key) && isSameJson(own[key], other[key]));
}
