import { InvalidInputError, type PlainInvalidInput } from '../input/invalidInput.ts';
import { messageOf } from '../input/messageOf.ts';
import type { Scores } from '../training/run.ts';
import { type RunPlace, type RunStart, TrainingSession } from '../training/session.ts';

/** What the page asks its training worker, one question after the other; `start` first. */
export type TrainingQuestion =
  | { readonly kind: 'start'; readonly start: RunStart }
  | { readonly kind: 'goTo'; readonly step: number; readonly milliseconds: number }
  | { readonly kind: 'evaluate' };

/** The worker's answers, in the order of the questions. */
export type TrainingAnswer =
  | { readonly kind: 'started' }
  | { readonly kind: 'place'; readonly place: RunPlace }
  | { readonly kind: 'scores'; readonly scores: Scores }
  | {
      readonly kind: 'failed';
      readonly message: string;
      /** What is wrong with the start, if the failure is an InvalidInputError. */
      readonly invalid: PlainInvalidInput | null;
    };

/** Answers questions about one run. @param now milliseconds, as `performance.now` */
export class TrainingWork {
  #session: TrainingSession | null = null;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  answer(question: TrainingQuestion): TrainingAnswer {
    try {
      return this.#answer(question);
    } catch (error) {
      const message = messageOf(error);
      const invalid = error instanceof InvalidInputError ? error.plain : null;
      return { kind: 'failed', message, invalid };
    }
  }

  #answer(question: TrainingQuestion): TrainingAnswer {
    if (question.kind === 'start') {
      this.#session = new TrainingSession(question.start, this.#now);
      return { kind: 'started' };
    }
    const session = this.#session;
    if (session === null) throw new Error('the training worker was not started');
    if (question.kind === 'evaluate') return { kind: 'scores', scores: session.evaluate() };
    return { kind: 'place', place: session.goTo(question.step, question.milliseconds) };
  }
}
