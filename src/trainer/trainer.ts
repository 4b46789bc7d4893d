import type { Scores } from '../training/run.ts';
import { type RunPlace, type RunStart, TrainingSession } from '../training/session.ts';

/** A run somewhere else: in a worker, or in this thread between its other work. */
export interface Trainer {
  /** Goes to a step, or towards it for at most some milliseconds; Infinity for as long as it takes. */
  goTo(step: number, milliseconds: number): Promise<RunPlace>;
  /** The losses and accuracies where the run is. */
  evaluate(): Promise<Scores>;
  /** Frees the run; promises that are pending stay so. */
  end(): void;
}

/**
 * A trainer in this thread, which lets other work have its turn before each piece.
 * @throws InvalidInputError if the data, the loss and the network do not fit together
 */
export function localTrainer(start: RunStart): Trainer {
  const session = new TrainingSession(start, () => performance.now());
  return {
    async goTo(step, milliseconds) {
      await new Promise((resolve) => setTimeout(resolve));
      return session.goTo(step, milliseconds);
    },
    evaluate: async () => session.evaluate(),
    end: () => undefined,
  };
}
