import { LimitExceededError, type PlaneWindow } from '../geometry/arrangement.ts';
import { enumerateRegions } from '../geometry/enumerateRegions.ts';
import { networkOf } from '../model/drawnNetwork.ts';
import type { Field } from '../model/field.ts';
import type { Wins } from '../model/readouts.ts';
import { restrict } from '../model/restrict.ts';
import { withSeed } from '../model/seeds.ts';
import { countRecord, failureRecord, type Subject } from './records.ts';
import { generatorSeed } from './seeds.ts';

/** Networks of one shape that are to be counted; plain data that can be posted between threads. */
export interface Batch {
  /** Its seed is replaced if it has one. */
  readonly field: Field;
  readonly subject: Subject;
  /** null for the whole plane. */
  readonly window: PlaneWindow | null;
  readonly wins: Wins;
  readonly withDecision: boolean;
  readonly maxRegions: number;
}

/**
 * The record of one network of a batch: its exact counts, or that it has more regions than allowed.
 *
 * @param onProgress gets the part that is done, 0 to 1.
 */
export function countNetwork(
  batch: Batch,
  seed: bigint | null,
  onProgress?: (done: number) => void,
): string {
  const { field, subject, window, wins, maxRegions, withDecision } = batch;
  const seeded = seed === null ? field : withSeed(field, generatorSeed(seed));
  if (seeded === null) throw new Error('a network that is not drawn has no seed');
  try {
    // As `resolve` has it, which would keep it: no network of a batch is needed twice.
    const whole = restrict(networkOf(seeded.network), seeded.slice, null);
    const arrangement = enumerateRegions(whole, {
      window,
      wins,
      maxRegions,
      onProgress: (done, total) => onProgress?.(done / total),
    });
    return countRecord(seed, subject, arrangement, withDecision);
  } catch (error) {
    if (error instanceof LimitExceededError) return failureRecord(seed, subject, error.message);
    throw error;
  }
}
