import { type ParseArgsConfig, parseArgs } from 'node:util';
import { InvalidInputError } from '../input/invalidInput.ts';
import { parseNumber } from '../input/parseNumber.ts';
import { UsageError } from './usageError.ts';

/** @throws UsageError in this program's wording */
export function parse<T extends NonNullable<ParseArgsConfig['options']>>(
  name: string,
  args: readonly string[],
  options: T,
) {
  const parsed = parseStrictly(name, joinNegative(args), options);
  assertOnce(name, parsed.tokens);
  return parsed;
}

function parseStrictly<T extends NonNullable<ParseArgsConfig['options']>>(
  name: string,
  args: string[],
  options: T,
) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true, tokens: true });
  } catch (error) {
    // Node's sentence names the option; its advice about '--' would mislead here.
    const [reason] = (error as Error).message.split(/\. To specify|\.? ?\n/);
    throw new UsageError(`${name}: ${reason}. 'reluscope ${name} --help' lists the options.`);
  }
}

/** Node takes the last value of an option, and forgets the others. @throws UsageError */
function assertOnce(
  command: string,
  tokens: readonly { kind: string; name?: string; value?: string | undefined }[],
): void {
  const seen = new Map<string, string>();
  for (const { kind, name, value } of tokens) {
    if (kind !== 'option' || name === undefined || value === undefined) continue;
    const before = seen.get(name);
    if (before !== undefined) {
      throw new UsageError(
        `${command}: received --${name} twice, '${before}' and '${value}', expected it once`,
      );
    }
    seen.set(name, value);
  }
}

/** @param given whether each option is there. @throws UsageError if one is there without what it belongs to */
export function assertBelongs(
  command: string,
  given: Readonly<Record<string, boolean>>,
  isOwnerGiven: boolean,
  owner: string,
): void {
  const lone = Object.keys(given).find((option) => given[option]);
  if (lone === undefined || isOwnerGiven) return;
  throw new UsageError(`${command}: received ${lone} without ${owner}, which it belongs to`);
}

/** Options that take numbers, which can be negative. */
const NUMERIC: ReadonlySet<string> = new Set(['--x', '--y', '--window', '--seeds']);

/** `--x -3,3` means `--x=-3,3`: Node reads anything that begins with a dash as another option. */
function joinNegative(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const before = joined.at(-1);
    if (/^-[\d.]/.test(arg) && before !== undefined && NUMERIC.has(before)) {
      joined[joined.length - 1] = `${before}=${arg}`;
    } else {
      joined.push(arg);
    }
  }
  return joined;
}

/** @throws UsageError if there are further arguments */
export function assertNone(name: string, others: readonly string[]): void {
  if (others.length > 0) {
    throw new UsageError(`${name}: received '${others.join(' ')}', expected no further arguments`);
  }
}

/** The error of an argument that has to be given. */
export function missing(where: string, what: string, example: string): UsageError {
  return new UsageError(`${where}: missing ${what}, e.g. ${example}`);
}

/** @throws UsageError */
export function readNumber(text: string, path: string): number {
  const value = parseNumber(text);
  if (Number.isNaN(value)) throw wrong(path, text, 'a number');
  return value;
}

/** A whole number from 1 to `max`, or null if the option is left out. */
export function readCount(text: string | undefined, path: string, max: number): number | null {
  if (text === undefined) return null;
  const count = readNumber(text, path);
  if (!Number.isInteger(count) || count < 1 || count > max) {
    throw wrong(path, text, `a whole number from 1 to ${max}`);
  }
  return count;
}

/** Numbers with commas between them; NaN for what is none. */
export function splitNumbers(text: string): number[] {
  return text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
}

/** Two numbers with a comma between them. @throws UsageError */
export function readInterval(text: string, path: string): readonly [number, number] {
  const parts = splitNumbers(text);
  const [from, to] = parts;
  if (parts.length !== 2 || !parts.every(Number.isFinite)) {
    throw wrong(path, text, 'two numbers, e.g. -3,3');
  }
  return [from!, to!];
}

/** The error of an argument that is not what it should be. */
export function wrong(path: string, received: string, expected: string): UsageError {
  return new UsageError(new InvalidInputError(path, received, expected).message);
}
