import { CancelledError, LimitExceededError } from '../geometry/arrangement.ts';
import { InvalidInputError } from '../input/invalidInput.ts';
import type { RegionAnswer, RegionMessage, RegionRequest } from './regionWork.ts';

/** The part of Worker that the pool uses. */
export type RegionWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

/** Starts a worker, or throws. A worker that cannot load reports an error without a message. */
export type StartWorker = () => RegionWorker;

export interface PoolJob {
  readonly request: Omit<RegionRequest, 'id'>;
  readonly onProgress?: (done: number, total: number, regions: number) => void;
  /** When aborted, ends the job and the worker that runs it. */
  readonly signal: AbortSignal;
}

interface QueuedJob extends PoolJob {
  readonly id: number;
  readonly resolve: (answer: RegionAnswer) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A few workers shared by everything that counts regions on a page, first come, first served. They start
 * with the first job, and end when the last user has released the pool.
 */
export class RegionPool {
  readonly #starts: readonly StartWorker[];
  readonly #size: number;
  readonly #idle: RegionWorker[] = [];
  readonly #running = new Map<QueuedJob, RegionWorker>();
  #waiting: QueuedJob[] = [];
  #nextId = 0;
  #users = 0;
  /** Index of the first way to start a worker that has not failed. */
  #way = 0;
  readonly #waysUsed = new WeakMap<RegionWorker, number>();

  /** @param starts ways to start a worker; if one fails, the next is tried */
  constructor(starts: readonly StartWorker[], size: number) {
    this.#starts = starts;
    this.#size = size;
  }

  /** Keeps idle workers until `release`. */
  retain(): void {
    this.#users += 1;
  }

  release(): void {
    this.#users -= 1;
    if (this.#users === 0) for (const worker of this.#idle.splice(0)) worker.terminate();
  }

  /**
   * Rejects with `LimitExceededError`, with `CancelledError` once the signal is aborted, with
   * `InvalidInputError`, or with an Error that describes what went wrong in the worker.
   */
  run(job: PoolJob): Promise<RegionAnswer> {
    const { signal } = job;
    if (signal.aborted) return Promise.reject(new CancelledError());
    return new Promise<RegionAnswer>((resolve, reject) => {
      const queued = { ...job, id: this.#nextId++, resolve, reject };
      signal.addEventListener('abort', () => this.#cancel(queued), { once: true });
      this.#waiting.push(queued);
      this.#startNext();
    });
  }

  #startNext(): void {
    while (this.#waiting.length > 0 && this.#running.size < this.#size) {
      const job = this.#waiting.shift()!;
      try {
        this.#start(job);
      } catch (error) {
        job.reject(error instanceof Error ? error : new Error(String(error)));
      }
    }
  }

  #start(job: QueuedJob): void {
    const worker = this.#idle.pop() ?? this.#startWorker();
    worker.onmessage = ({ data }: MessageEvent<RegionMessage>) => this.#receive(job, worker, data);
    worker.onerror = (event) => this.#break(job, worker, event.message);
    worker.postMessage({ ...job.request, id: job.id });
    this.#running.set(job, worker);
  }

  /** @throws the error of the last way */
  #startWorker(): RegionWorker {
    for (; ; this.#way += 1) {
      try {
        const worker = this.#starts[this.#way]!();
        this.#waysUsed.set(worker, this.#way);
        return worker;
      } catch (error) {
        if (this.#way + 1 === this.#starts.length) throw error;
      }
    }
  }

  #receive(job: QueuedJob, worker: RegionWorker, message: RegionMessage): void {
    if (message.id !== job.id) return;
    if (message.kind === 'progress') {
      job.onProgress?.(message.done, message.total, message.regions);
      return;
    }
    this.#running.delete(job);
    if (this.#users > 0) this.#idle.push(worker);
    else worker.terminate();
    if (message.kind === 'done') job.resolve(message.answer);
    else job.reject(toError(message));
    this.#startNext();
  }

  #break(job: QueuedJob, worker: RegionWorker, message: string | undefined): void {
    worker.terminate();
    this.#running.delete(job);
    const next = this.#waysUsed.get(worker)! + 1;
    if (!message && next < this.#starts.length) {
      this.#way = Math.max(this.#way, next);
      this.#waiting.unshift(job);
    } else {
      job.reject(new Error(message || 'the geometry worker could not be started'));
    }
    this.#startNext();
  }

  /** Does nothing for a finished job. */
  #cancel(job: QueuedJob): void {
    this.#waiting = this.#waiting.filter((other) => other !== job);
    this.#running.get(job)?.terminate();
    this.#running.delete(job);
    job.reject(new CancelledError());
    this.#startNext();
  }
}

function toError({ message, limit, invalid }: RegionMessage & { kind: 'failed' }): Error {
  if (invalid) return InvalidInputError.restore(invalid);
  return limit ? new LimitExceededError(limit.what, limit.limit) : new Error(message);
}
