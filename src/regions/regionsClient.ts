import {
  type Arrangement,
  CancelledError,
  type DetailedArrangement,
  LimitExceededError,
  type PlaneWindow,
} from '../geometry/arrangement.ts';
import type { Network } from '../model/field.ts';
import type { RegionMessage, RegionRequest } from './regionWork.ts';

export interface RegionOptions {
  /** null for the whole plane. */
  readonly window: PlaneWindow | null;
  readonly maxRegions?: number;
  readonly onProgress?: (done: number, total: number, regions: number) => void;
  readonly signal?: AbortSignal;
}

/** What the client needs of a Worker. */
export type RegionWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

interface Job {
  readonly request: RegionRequest;
  readonly options: RegionOptions;
  readonly resolve: (arrangement: Arrangement | DetailedArrangement) => void;
  readonly reject: (error: Error) => void;
  readonly onAbort: () => void;
}

/**
 * Enumerates regions in a worker, one request after the other in the order of asking. The worker
 * starts with the first request; aborting a request that runs ends it, and the next one starts anew.
 */
export class RegionsClient {
  readonly #makeWorker: () => RegionWorker;
  #worker: RegionWorker | null = null;
  #running: Job | null = null;
  #waiting: Job[] = [];
  #nextId = 0;

  constructor(makeWorker: () => RegionWorker = makeGeometryWorker) {
    this.#makeWorker = makeWorker;
  }

  /**
   * Rejects with `LimitExceededError`, with `CancelledError` once the signal is aborted or the
   * client disposed of, or with an Error that says what went wrong in the worker.
   */
  enumerate(
    network: Network,
    options: RegionOptions & { readonly cells: true },
  ): Promise<DetailedArrangement>;
  enumerate(network: Network, options: RegionOptions): Promise<Arrangement>;
  enumerate(
    network: Network,
    options: RegionOptions & { readonly cells?: boolean },
  ): Promise<Arrangement> {
    const { window, maxRegions, cells, signal } = options;
    if (signal?.aborted) return Promise.reject(new CancelledError());
    const request = { id: this.#nextId++, network, window, maxRegions, cells };
    return new Promise((resolve, reject) => {
      const onAbort = () => this.#cancel(job);
      const job: Job = { request, options, resolve, reject, onAbort };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(job);
      this.#startNext();
    });
  }

  /** Ends the worker; what is under way or waiting is rejected with `CancelledError`. */
  dispose(): void {
    const jobs = this.#running ? [this.#running, ...this.#waiting] : this.#waiting;
    this.#waiting = [];
    this.#endWorker();
    for (const job of jobs) this.#settle(job, () => job.reject(new CancelledError()));
  }

  #startNext(): void {
    if (this.#running) return;
    const job = this.#waiting.shift();
    if (!job) return;
    this.#running = job;
    this.#worker ??= this.#connect();
    this.#worker.postMessage(job.request);
  }

  #connect(): RegionWorker {
    const worker = this.#makeWorker();
    worker.onmessage = ({ data }: MessageEvent<RegionMessage>) => this.#receive(data);
    worker.onerror = (event) => {
      const job = this.#running;
      this.#endWorker();
      if (job) {
        const message = event.message || 'the geometry worker could not be started';
        this.#settle(job, () => job.reject(new Error(message)));
      }
      this.#startNext();
    };
    return worker;
  }

  #receive(message: RegionMessage): void {
    const job = this.#running;
    if (message.id !== job?.request.id) return;
    if (message.kind === 'progress') {
      job.options.onProgress?.(message.done, message.total, message.regions);
      return;
    }
    this.#running = null;
    this.#settle(job, () => {
      if (message.kind === 'done') job.resolve(message.arrangement);
      else job.reject(toError(message));
    });
    this.#startNext();
  }

  #cancel(job: Job): void {
    if (job === this.#running) this.#endWorker();
    else this.#waiting = this.#waiting.filter((other) => other !== job);
    this.#settle(job, () => job.reject(new CancelledError()));
    this.#startNext();
  }

  #settle(job: Job, settle: () => void): void {
    job.options.signal?.removeEventListener('abort', job.onAbort);
    settle();
  }

  #endWorker(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#running = null;
  }
}

function toError({ message, limit }: RegionMessage & { kind: 'failed' }): Error {
  return limit ? new LimitExceededError(limit.what, limit.limit) : new Error(message);
}

function makeGeometryWorker(): RegionWorker {
  return new Worker(new URL('./geometry.worker.ts', import.meta.url), {
    type: 'module',
    name: 'geometry',
  });
}
