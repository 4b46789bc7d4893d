import type { Arrangement } from '../geometry/arrangement.ts';
import { InvalidInputError } from '../input/invalidInput.ts';
import { regionsResult } from '../regions/regionsRequest.ts';

/** What every record of a batch says of its network besides the seed, in the order in which it is written. */
export type Subject = Readonly<Partial<Record<SubjectKey, unknown>>>;

const SUBJECT_KEYS = ['network', 'activation', 'field', 'slice', 'window', 'wins'] as const;
type SubjectKey = (typeof SUBJECT_KEYS)[number];

const LINE_END = '\n'.charCodeAt(0);

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
 * @param pieces the file's bytes, in pieces of any length.
 * @param maxRegions of this run: networks with more would be counted now, or not.
 * @throws InvalidInputError if a line is none of this batch, or the last one, which may lack its end, does not begin as one.
 */
export function readRecords(
  pieces: Iterable<Uint8Array>,
  subject: Subject,
  maxRegions: number,
): Kept {
  const decoder = new TextDecoder();
  const seeds = new Set<bigint>();
  let [bytes, lines] = [0, 0];
  let rest = new Uint8Array();
  for (const piece of pieces) {
    const all = concat(rest, piece);
    let start = 0;
    for (let end = all.indexOf(LINE_END); end >= 0; end = all.indexOf(LINE_END, start)) {
      lines += 1;
      const line = decoder.decode(all.subarray(start, end));
      seeds.add(readSeed(line, `line ${lines}`, subject, maxRegions));
      start = end + 1;
    }
    bytes += start;
    rest = all.slice(start);
    const text = decoder.decode(rest);
    if (!isStart(text, subject)) throw foreign(`line ${lines + 1}`, text);
  }
  return { bytes, seeds };
}

function concat(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

/** Whether a text is what the end of a run left of a record: what it says is of this batch as far as it goes. */
function isStart(text: string, subject: Subject): boolean {
  const [start, rest = ''] = /^\{"seed":-?\d+,(.*)$/s.exec(text) ?? [];
  if (start === undefined) return '{"seed":'.startsWith(text) || /^\{"seed":-?\d*$/.test(text);
  const said = JSON.stringify(subject).slice(1, -1);
  return said.startsWith(rest) || rest.startsWith(said);
}

function foreign(path: string, text: string): InvalidInputError {
  return new InvalidInputError(path, text.slice(0, 80), 'a record of this command');
}

function readSeed(record: string, path: string, subject: Subject, maxRegions: number): bigint {
  const [, seed] = /^\{"seed":(-?\d+),/.exec(record) ?? [];
  if (seed === undefined) throw foreign(path, record);
  const found = parseObject(record, path);
  for (const key of SUBJECT_KEYS) {
    const [received, expected] = [found[key], subject[key]].map((value) => JSON.stringify(value));
    if (received === expected) continue;
    throw new InvalidInputError(
      `${path}, ${key}`,
      found[key],
      `${expected ?? 'none'}, as in this run`,
    );
  }
  const [, limit] = /^found more than (\d+) regions,/.exec(String(found.error)) ?? [];
  if (limit !== undefined && Number(limit) !== maxRegions) {
    const expected = `--max-regions ${limit}, with which the file was begun`;
    throw new InvalidInputError(`${path}, error`, `--max-regions ${maxRegions}`, expected);
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
