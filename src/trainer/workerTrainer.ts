import { InvalidInputError } from '../input/invalidInput.ts';
import type { Scores } from '../training/run.ts';
import type { RunPlace, RunStart } from '../training/session.ts';
import type { Trainer } from './trainer.ts';
import InlineWorker from './training.worker.ts?worker&inline';
import type { TrainingAnswer, TrainingQuestion } from './trainingWork.ts';

/** The part of Worker that is used. */
export type TrainingWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

/** Starts a worker, or throws. A worker that cannot load reports an error without a message. */
export type StartWorker = () => TrainingWorker;

/**
 * A worker is loaded from its own file if the page's origin has it, which the strictest Content-Security-Policy allows; a library
 * from another origin carries it as text.
 */
const WAYS: readonly StartWorker[] = [
  () =>
    new Worker(new URL('./training.worker.ts', import.meta.url), {
      type: 'module',
      name: 'training',
    }),
  () => new InlineWorker({ name: 'training' }),
];

/**
 * A trainer in a worker of its own.
 *
 * Rejects with `InvalidInputError` if the data, the loss and the network do not fit together, or with an Error that describes what
 * went wrong in the worker.
 * @param ways to start the worker; if one fails, the next is tried
 */
export async function workerTrainer(start: RunStart, ways = WAYS): Promise<Trainer> {
  const [way, ...others] = ways as readonly [StartWorker, ...StartWorker[]];
  try {
    const worker = new Asked(way());
    await worker.ask({ kind: 'start', start });
    return trainerOf(worker);
  } catch (error) {
    if (error instanceof InvalidInputError || others.length === 0) throw error;
    return workerTrainer(start, others);
  }
}

function trainerOf(worker: Asked): Trainer {
  return {
    async goTo(step, milliseconds): Promise<RunPlace> {
      return (await worker.ask({ kind: 'goTo', step, milliseconds })).place;
    },
    async evaluate(): Promise<Scores> {
      return (await worker.ask({ kind: 'evaluate' })).scores;
    },
    end: () => worker.end(),
  };
}

type AnswerTo<K extends TrainingQuestion['kind']> = Extract<
  TrainingAnswer,
  { readonly kind: { start: 'started'; goTo: 'place'; evaluate: 'scores' }[K] }
>;

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/** A worker that answers questions in their order. */
class Asked {
  readonly #worker: TrainingWorker;
  readonly #waiting: Waiting[] = [];
  #broken: Error | null = null;

  constructor(worker: TrainingWorker) {
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<TrainingAnswer>) => this.#receive(data);
    worker.onerror = ({ message }) =>
      this.#break(new Error(message || 'the training worker could not be started'));
  }

  ask<K extends TrainingQuestion['kind']>(
    question: Extract<TrainingQuestion, { readonly kind: K }>,
  ): Promise<AnswerTo<K>> {
    if (this.#broken) return Promise.reject(this.#broken);
    return new Promise<AnswerTo<K>>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(question);
    });
  }

  end(): void {
    this.#worker.terminate();
  }

  #receive(answer: TrainingAnswer): void {
    const { resolve, reject } = this.#waiting.shift()!;
    if (answer.kind !== 'failed') resolve(answer as never);
    else if (answer.invalid) {
      this.end();
      reject(InvalidInputError.restore(answer.invalid));
    } else reject(new Error(answer.message));
  }

  #break(error: Error): void {
    this.#broken = error;
    this.end();
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}
