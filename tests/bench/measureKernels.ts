import type { RowBlock } from './blocks.ts';
import type { Budget } from './budget.ts';
import type { Candidate } from './candidate.ts';
import type { Clock } from './deviceClock.ts';
import { makeTask, Trial, type TrialResult } from './trial.ts';
import { parametersOf } from './work.ts';
import type { WorkItem } from './works.ts';

/** Reluscope's evaluate pass, here or in a page. */
export interface DeviceCandidate extends Candidate {
  runOnDevice(blocks: readonly RowBlock[]): Promise<{ ms: number; clock: Clock }>;
}

export interface KernelResult extends WorkItem, TrialResult {
  readonly name: string;
  readonly parameters: number;
  readonly clock: Clock | null;
}

const MOST_ROUNDS = 7;
/** Rounds for which the time is planned. */
const PLANNED_ROUNDS = 2.5;
const LEAST_ROWS = 64;

/** Times the evaluate pass alone, by the device's clock where that can be believed. */
export async function measureKernel(
  item: WorkItem,
  candidate: DeviceCandidate,
  budget: Budget,
): Promise<KernelResult> {
  const trial = new Trial(item.name, candidate, makeTask(item), LEAST_ROWS);
  await trial.begin(budget.left / PLANNED_ROUNDS);
  let clock: Clock | null = null;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const start = performance.now();
    await trial.measure(async (blocks) => {
      const timed = await candidate.runOnDevice(blocks);
      clock = timed.clock;
      return timed.ms;
    });
    if (trial.failure !== null || budget.left < performance.now() - start) break;
  }
  await trial.end();
  return { ...item, ...trial.result, parameters: parametersOf(item), clock };
}
