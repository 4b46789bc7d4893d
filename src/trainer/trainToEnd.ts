import { type PlainNetwork, plainNetwork } from '../formats/plainNetwork.ts';
import { networkFrom } from '../training/layout.ts';
import type { Divergence, Scores } from '../training/run.ts';
import type { RunStart } from '../training/session.ts';
import type { Trainer } from './trainer.ts';

/** Where a run is while it goes on. */
export interface TrainingProgress {
  /** Steps made so far. */
  readonly step: number;
  /** Before the last step; null at step 0. */
  readonly loss: number | null;
  /** At `step`; a copy. */
  readonly network: PlainNetwork;
}

/** A run at its end. */
export interface TrainingResult {
  /** Steps made: those of the recipe, or fewer if the run diverged. */
  readonly step: number;
  /** [step] the loss of the samples of each step, before it, without the penalty. */
  readonly losses: Float64Array;
  /** The share that is put into its class: of the test part if there is one, else of all; null for a regression. */
  readonly accuracy: number | null;
  /** Loss and accuracy of each part, at the end. */
  readonly scores: Scores;
  readonly network: PlainNetwork;
  /** null if all steps were made; else which step has no finite loss, with which rate, and what to try. */
  readonly divergence: Divergence | null;
}

export interface TrainToEndOptions {
  /** Called after some of the steps and after the last one; the run waits for what it returns. */
  readonly onStep?: (progress: TrainingProgress) => void | Promise<void>;
  readonly signal?: AbortSignal;
}

/** Between two calls of `onStep`, about: 30 a second. */
const PIECE_MS = 33;

/**
 * Trains up to the recipe's last step. Ends the trainer.
 * Rejects with the signal's reason once it is aborted, and with whatever `onStep` throws.
 */
export async function trainToEnd(
  trainer: Trainer,
  { recipe, network: { layers } }: RunStart,
  { onStep, signal }: TrainToEndOptions = {},
): Promise<TrainingResult> {
  const losses: number[] = [];
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { step, parameters, divergence, ...place } = await trainer.goTo(recipe.steps, PIECE_MS);
      // Where it diverges it goes back, by less than a piece.
      for (const loss of place.losses) losses.push(loss);
      losses.length = step;
      const network = plainNetwork(networkFrom(layers, parameters));
      await onStep?.({ step, loss: losses.at(-1) ?? null, network });
      if (step < recipe.steps && divergence === null) continue;
      const scores = await trainer.evaluate();
      const { accuracy } = scores.test ?? scores.train;
      return { step, losses: Float64Array.from(losses), accuracy, scores, network, divergence };
    }
  } finally {
    trainer.end();
  }
}
