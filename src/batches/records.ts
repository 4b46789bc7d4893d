import type { Arrangement } from '../geometry/arrangement.ts';
import { InvalidInputError } from '../input/invalidInput.ts';
import { regionsResult } from '../regions/regionsRequest.ts';

/** What every record of a batch says of its network besides the seed, in the order in which it is written. */
export type Subject = Readonly<Record<string, unknown>>;

/** One network's counts as a line of JSON: the seed (null without one), the subject, and the counts of `regions()`. */
export function countRecord(
  seed: bigint | null,
  subject: Subject,
  arrangement: Arrangement,
  withDecision: boolean,
): string {
  const { window: _window, bounds: _bounds, decision, ...counts } = regionsResult(arrangement);
  const shown = withDecision && decision ? { ...counts, decision } : counts;
  return line(seed, { ...subject, ...shown });
}

/** The record of a network that was not counted, which says why. */
export function failureRecord(seed: bigint | null, subject: Subject, error: string): string {
  return line(seed, { ...subject, error });
}

/** Digits of a seed beyond 2⁵³ stay as they are, which JSON's grammar allows and Python reads. */
function line(seed: bigint | null, rest: Readonly<Record<string, unknown>>): string {
  return `{"seed":${seed ?? 'null'},${JSON.stringify(rest).slice(1)}\n`;
}

/** What a file of records, which may end in the middle of a line, already holds. */
export interface Kept {
  /** Bytes of its whole lines. */
  readonly bytes: number;
  readonly seeds: ReadonlySet<bigint>;
}

/**
 * Reads the whole lines of a file that an earlier run wrote.
 *
 * @throws InvalidInputError if a line is none of this batch.
 */
export function readRecords(text: string, subject: Subject): Kept {
  const end = text.lastIndexOf('\n') + 1;
  const seeds = new Set<bigint>();
  for (const [i, record] of text.slice(0, end).split('\n').slice(0, -1).entries()) {
    seeds.add(readSeed(record, i + 1, subject));
  }
  return { bytes: new TextEncoder().encode(text.slice(0, end)).length, seeds };
}

function readSeed(record: string, number: number, subject: Subject): bigint {
  const path = `line ${number}`;
  const [, seed] = /^\{"seed":(-?\d+),/.exec(record) ?? [];
  if (seed === undefined) {
    throw new InvalidInputError(path, record.slice(0, 80), 'a record of this command');
  }
  const found = parseObject(record, path);
  for (const [key, value] of Object.entries(subject)) {
    if (JSON.stringify(found[key]) !== JSON.stringify(value)) {
      throw new InvalidInputError(
        `${path}, ${key}`,
        found[key],
        `${JSON.stringify(value)}, as in this run`,
      );
    }
  }
  return BigInt(seed);
}

function parseObject(record: string, path: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(record) as Readonly<Record<string, unknown>>;
  } catch {
    throw new InvalidInputError(path, record.slice(0, 80), 'a line of JSON');
  }
}
