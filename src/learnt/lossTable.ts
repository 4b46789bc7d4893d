import type { TablePanel } from '../drawing/vectorPanels.ts';
import { formatCount } from '../scales/format.ts';
import type { State } from '../state/state.ts';
import type { Scores } from '../training/run.ts';

/** What somebody else's program printed of a run. */
export interface PrintedRun {
  /** Whose numbers these are, as the head of their column. */
  readonly by: string;
  /** Steps from one row to the next. */
  readonly every: number;
  /** Losses at steps 0, every, 2 every, …; null for each that is not known. */
  readonly losses: readonly (string | null)[];
  /** Of the points for testing, after the last step. */
  readonly accuracy: string;
}

/** What is known of a run besides its state. */
export interface RunReadings {
  /** Before each step so far. */
  readonly losses: ArrayLike<number>;
  /** At the state's step; null until they are known. */
  readonly scores: Scores | null;
}

const NONE = '–';
const LOSS_DECIMALS = 4;
const ACCURACY_DECIMALS = 3;

/** Losses so far, in the decimals that were printed, and the accuracy at the state's step. */
export function lossTable(
  title: string,
  { by, every, losses, accuracy }: PrintedRun,
  { run }: State,
  { losses: own, scores }: RunReadings,
): TablePanel {
  const test = scores?.test?.accuracy ?? null;
  const step = run === null ? '' : ` at step ${formatCount(run.step)}`;
  return {
    kind: 'table',
    title,
    head: ['loss at step', by, 'here'],
    rows: [
      ...losses.map((printed, i) => {
        const loss = own[i * every];
        const here = loss === undefined ? NONE : loss.toFixed(LOSS_DECIMALS);
        return [formatCount(i * every), printed ?? NONE, here];
      }),
      [`test accuracy${step}`, accuracy, test === null ? NONE : test.toFixed(ACCURACY_DECIMALS)],
    ],
  };
}
