import { runInThisContext } from 'node:vm';
import { expect } from 'vitest';
import type { FullNetwork } from '../../../src/model/networks.ts';
import { MODEL_BYTES_MAX, ModelFileError } from '../../../src/models/modelFile.ts';
import { IS_LONG } from '../isLong.ts';
import { countAllocated } from './countAllocated.ts';

/** Readers are given damaged files, and must read or refuse each within bounds of time and memory. */

/** Of each reader. */
export const MUTANTS = IS_LONG ? 1_000_000 : 20_000;
export const MUTANTS_LIMIT_MS = IS_LONG ? 36_000_000 : 600_000;

/** Of processor time, which a busy machine does not lengthen. Small files take a hundredth of it. */
const PROCESSOR_MS_MAX = 1000;
/** What `readOnnx` states; the other readers stay far below. */
const BYTES_MAX = 8 * MODEL_BYTES_MAX;
/** Mutants after which the watchdog begins anew, and when it barks: after a thousand times what so many take. */
const WATCHED = 500;
const WATCHDOG_MS = 300_000;

/** A number from 0 to below 1. */
export type Random = () => number;
export type Mutate = (bytes: Uint8Array, random: Random) => Uint8Array;

/** Numbers below 1 from a seed. Source: T. Ettinger, mulberry32. */
function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Bytes that lengths, counts, tags and offsets often get wrong. */
const TELLING = [0, 1, 0x7f, 0x80, 0xff];
const TELLING_PARTS = [
  ...['-1', '1e999', '99999999', '9007199254740993', 'NaN', '[', ']', '{', '"', ',', '//', '\n'],
  // A varint of nine bytes.
  `${'\xff'.repeat(8)}\x7f`,
].map((text) => Uint8Array.from(text, (character) => character.charCodeAt(0)));

const MUTATIONS: readonly ((bytes: Uint8Array, at: number, random: Random) => Uint8Array)[] = [
  (bytes, at, random) => bytes.with(at, random() * 256),
  (bytes, at, random) => bytes.with(at, bytes[at]! ^ (1 << (random() * 8))),
  (bytes, at, random) => bytes.with(at, pick(TELLING, random)),
  (bytes, at, random) => bytes.slice().fill(pick(TELLING, random), at, at + 4),
  (bytes, at) => bytes.slice(0, at),
  (bytes, at, random) => join(bytes.subarray(0, at), bytes.subarray(at + 1 + random() * 16)),
  (bytes, at, random) => join(bytes.subarray(0, at + random() * 64), bytes.subarray(at)),
  (bytes, at, random) =>
    join(bytes.subarray(0, at), pick(TELLING_PARTS, random), bytes.subarray(at + 1)),
];

export function pick<T>(list: readonly T[], random: Random): T {
  return list[Math.floor(random() * list.length)]!;
}

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Up to three places of the bytes are others. */
export const mutate: Mutate = (bytes, random) => {
  let mutant = bytes;
  for (let left = 1 + Math.floor(random() * 3); left > 0 && mutant.length > 0; left -= 1) {
    mutant = pick(MUTATIONS, random)(mutant, Math.floor(random() * mutant.length), random);
  }
  return mutant;
};

/**
 * Gives mutants to a reader. Each must be read, or refused by a ModelFileError, within PROCESSOR_MS_MAX and BYTES_MAX.
 *
 * @param make the mutant of a number
 * @param read says what is wrong with what it read; null if it is sound
 * @returns the part that was refused
 */
export function readMutants(
  name: string,
  count: number,
  make: (i: number, random: Random) => Uint8Array,
  read: (mutant: Uint8Array) => string | null,
): number {
  const random = randomFrom(1);
  const wrong: string[] = [];
  let [refused, slowest, largest] = [0, 0, 0];
  countAllocated((bytesUpToNow) =>
    watched(count, (i) => {
      const mutant = make(i, random);
      const report = (what: string) => wrong.push(`mutant ${i}: ${what}\n${printBytes(mutant)}`);
      const [start, before] = [process.cpuUsage(), bytesUpToNow()];
      try {
        const fault = read(mutant);
        if (fault !== null) report(fault);
      } catch (error) {
        if (error instanceof ModelFileError) refused += 1;
        else report(String(error));
      }
      const bytes = bytesUpToNow() - before;
      const { user, system } = process.cpuUsage(start);
      const milliseconds = (user + system) / 1000;
      if (!(milliseconds <= PROCESSOR_MS_MAX)) report(`took ${milliseconds} ms`);
      if (!(bytes <= BYTES_MAX)) report(`allocated ${bytes} bytes`);
      slowest = Math.max(slowest, milliseconds);
      largest = Math.max(largest, bytes);
    }),
  );
  expect(wrong.slice(0, 5)).toEqual([]);
  if (IS_LONG) {
    const costs = `at most ${slowest.toFixed(1)} ms and ${(largest / 1e6).toFixed(1)} MB`;
    console.info(`${name}: ${count} mutants passed, ${refused} of them refused, ${costs} each`);
  }
  return refused / count;
}

/** Calls back for 0 to count − 1. One that never returns is ended, and named. */
function watched(count: number, visit: (i: number) => void): void {
  let i = 0;
  const scope = globalThis as { visitMutants?: () => void };
  scope.visitMutants = () => {
    for (const end = Math.min(count, i + WATCHED); i < end; i += 1) visit(i);
  };
  try {
    while (i < count) runInThisContext('visitMutants()', { timeout: WATCHDOG_MS });
  } catch (error) {
    throw new Error(`mutant ${i} was not read`, { cause: error });
  } finally {
    delete scope.visitMutants;
  }
}

const printBytes = (bytes: Uint8Array) => encodeURIComponent(String.fromCharCode(...bytes));

/** What is wrong with a network that was read; null if nothing is. */
export function faultOf({ layers }: FullNetwork): string | null {
  const isSound =
    layers.at(-1)!.activation === 'identity' &&
    layers.every(
      ({ inputs, outputs, weight, bias }, i) =>
        inputs === (layers[i - 1]?.outputs ?? inputs) &&
        weight.length === inputs * outputs &&
        bias.length === outputs &&
        weight.every(Number.isFinite) &&
        bias.every(Number.isFinite),
    );
  return isSound ? null : 'is no sound network';
}
