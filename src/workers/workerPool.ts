/** The part of Worker that the pool uses. */
export type PoolWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

/** Starts a worker, or throws. A worker that cannot load reports an error without a message. */
export type StartWorker = () => PoolWorker;

/** What workers of a kind are asked, and what they tell. */
export interface WorkerKind {
  /** Plain data. */
  readonly request: object;
  readonly progress: unknown;
  readonly answer: unknown;
  /** An error as plain data. */
  readonly failure: unknown;
}

/** A message of a worker: progress now and then, and `done` or `failed` once. */
export type WorkerMessage<Kind extends WorkerKind> = {
  /** Of the request. */
  readonly id: number;
} & (
  | { readonly kind: 'progress'; readonly progress: Kind['progress'] }
  | { readonly kind: 'done'; readonly answer: Kind['answer'] }
  | { readonly kind: 'failed'; readonly failure: Kind['failure'] }
);

export interface PoolJob<Kind extends WorkerKind> {
  readonly request: Kind['request'];
  readonly onProgress?: (progress: Kind['progress']) => void;
  /** When aborted, ends the job and the worker that runs it. */
  readonly signal: AbortSignal;
}

interface QueuedJob<Kind extends WorkerKind> extends PoolJob<Kind> {
  readonly id: number;
  readonly resolve: (answer: Kind['answer']) => void;
  readonly reject: (error: Error) => void;
}

/** A few workers that a page shares, first come, first served. They start with the first job, and end when the last user has released the pool. */
export class WorkerPool<Kind extends WorkerKind> {
  readonly #starts: readonly StartWorker[];
  readonly #size: number;
  readonly #restore: (failure: Kind['failure']) => Error;
  readonly #idle: PoolWorker[] = [];
  readonly #running = new Map<QueuedJob<Kind>, PoolWorker>();
  #waiting: QueuedJob<Kind>[] = [];
  #nextId = 0;
  #users = 0;
  /** Index of the first way to start a worker that has not failed. */
  #way = 0;
  readonly #waysUsed = new WeakMap<PoolWorker, number>();

  /**
   * @param starts ways to start a worker; if one fails, the next is tried
   * @param size workers at most
   * @param restore makes an error of a failure
   */
  constructor(
    starts: readonly StartWorker[],
    size: number,
    restore: (failure: Kind['failure']) => Error,
  ) {
    this.#starts = starts;
    this.#size = size;
    this.#restore = restore;
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
   * Rejects with what the worker fails with, with the signal's reason once it is aborted, or with an Error that says why no worker
   * answers.
   */
  run(job: PoolJob<Kind>): Promise<Kind['answer']> {
    const { signal } = job;
    if (signal.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
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

  #start(job: QueuedJob<Kind>): void {
    const worker = this.#idle.pop() ?? this.#startWorker();
    worker.onmessage = ({ data }: MessageEvent<WorkerMessage<Kind>>) =>
      this.#receive(job, worker, data);
    worker.onerror = (event) => this.#break(job, worker, event.message);
    worker.postMessage({ ...job.request, id: job.id });
    this.#running.set(job, worker);
  }

  /** @throws the error of the last way */
  #startWorker(): PoolWorker {
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

  #receive(job: QueuedJob<Kind>, worker: PoolWorker, message: WorkerMessage<Kind>): void {
    if (message.id !== job.id) return;
    if (message.kind === 'progress') {
      job.onProgress?.(message.progress);
      return;
    }
    this.#running.delete(job);
    if (this.#users > 0) this.#idle.push(worker);
    else worker.terminate();
    if (message.kind === 'done') job.resolve(message.answer);
    else job.reject(this.#restore(message.failure));
    this.#startNext();
  }

  #break(job: QueuedJob<Kind>, worker: PoolWorker, message: string | undefined): void {
    worker.terminate();
    this.#running.delete(job);
    const next = this.#waysUsed.get(worker)! + 1;
    if (!message && next < this.#starts.length) {
      this.#way = Math.max(this.#way, next);
      this.#waiting.unshift(job);
    } else {
      job.reject(new Error(message || 'the worker could not be started'));
    }
    this.#startNext();
  }

  /** Does nothing for a finished job. */
  #cancel(job: QueuedJob<Kind>): void {
    this.#waiting = this.#waiting.filter((other) => other !== job);
    this.#running.get(job)?.terminate();
    this.#running.delete(job);
    job.reject(job.signal.reason);
    this.#startNext();
  }
}
