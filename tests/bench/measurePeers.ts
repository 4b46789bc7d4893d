import type { Budget } from './budget.ts';
import type { Candidate } from './candidate.ts';
import { median } from './statistics.ts';
import { makeTask, Trial, type TrialResult } from './trial.ts';
import type { WorkItem } from './works.ts';

export interface NamedCandidate {
  readonly name: string;
  readonly candidate: Candidate;
}

export interface ComparedResult extends TrialResult {
  /** The median over rounds of its time divided by Reluscope's in the same round; null without. */
  readonly ratio: number | null;
}

export interface Comparison extends WorkItem {
  readonly candidates: readonly ComparedResult[];
}

export const OURS = 'Reluscope';
const MOST_ROUNDS = 11;
/** So many rounds are made even where time is short, unless they are long. */
const LEAST_ROUNDS = 3;
const LONG_ROUND_MS = 2500;
/** What takes less than this is never cut: a part would show other costs per call, and other caches. */
const LEAST_TURN_MS = 500;
/** Before each turn: threads of the one before spin for a while before they sleep, and take its cores. */
const REST_MS = 60;
/** Rounds for which the time is planned. */
const PLANNED_ROUNDS = 3;
/** Loading, warming up and checking take about this share of a work's time. */
const PREPARATION = 0.4;
/** Reluscope culls, so that places differ in cost: it is given more of the grid, and more time. */
const OURS_WEIGHT = 3;
const LEAST_ROWS: Readonly<Record<string, number>> = { [OURS]: 64, 'plain JS': 2 };
const LEAST_ROWS_OF_OTHERS = 16;

/**
 * Times candidates on a piece of work in rounds, each candidate once a round, so that what else
 * runs on the machine slows all alike. Who fails or is wrong is reported as such.
 */
export async function compare(
  item: WorkItem,
  among: readonly NamedCandidate[],
  budget: Budget,
): Promise<Comparison> {
  const task = makeTask(item);
  const trials = among.map(
    ({ name, candidate }) =>
      new Trial(name, candidate, task, LEAST_ROWS[name] ?? LEAST_ROWS_OF_OTHERS),
  );
  const round = (budget.left * (1 - PREPARATION)) / PLANNED_ROUNDS;
  const turn = Math.max(LEAST_TURN_MS, round / (among.length + OURS_WEIGHT - 1));
  for (const trial of trials) await trial.begin(trial.name === OURS ? OURS_WEIGHT * turn : turn);
  let longest = 0;
  for (let made = 1; made <= MOST_ROUNDS; made += 1) {
    const start = performance.now();
    for (const trial of trials) {
      await new Promise((resolve) => setTimeout(resolve, REST_MS));
      await trial.measure();
    }
    longest = Math.max(longest, performance.now() - start);
    const enough = made >= LEAST_ROUNDS || longest > LONG_ROUND_MS;
    if (enough && budget.left < longest) break;
  }
  for (const trial of trials) await trial.end();
  const ours = trials.find(({ name }) => name === OURS);
  return {
    ...item,
    candidates: trials.map((trial) => ({ ...trial.result, ratio: ratioOf(trial, ours) })),
  };
}

function ratioOf(trial: Trial, ours: Trial | undefined): number | null {
  if (!ours || ours.failure !== null || trial.failure !== null) return null;
  return median(trial.times.map((time, round) => time / ours.times[round]));
}
