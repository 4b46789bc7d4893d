import {
  type Arrangement,
  CancelledError,
  type DetailedArrangement,
  type PlaneWindow,
} from '../geometry/arrangement.ts';
import type { Facets } from '../model/facets.ts';
import type { PlaneNetwork } from '../model/planeNetwork.ts';
import type { Wins } from '../model/readouts.ts';
import { firstOf } from '../signals/signals.ts';
import { WorkerPool } from '../workers/workerPool.ts';
import InlineWorker from './geometry.worker.ts?worker&inline';
import {
  type RegionAnswer,
  type RegionProgress,
  type RegionRequest,
  type RegionWorkKind,
  restoreFailure,
} from './regionWork.ts';

export interface RegionOptions {
  /** null for the whole plane. */
  readonly window: PlaneWindow | null;
  readonly maxRegions?: number;
  /** Which output wins where there are several; 'greatest' unless given. */
  readonly wins?: Wins;
  readonly onProgress?: (done: number, total: number, regions: number) => void;
  readonly signal?: AbortSignal;
}

export type RegionPool = WorkerPool<RegionWorkKind>;

/** A page of sixteen panels has no more. */
const WORKERS_MAX = 4;

/**
 * The workers that a whole page shares. A worker is loaded from its own file if the page's origin has it,
 * which the strictest Content-Security-Policy allows; a library from another origin carries it as text.
 */
const PAGE_POOL: RegionPool = new WorkerPool(
  [
    () =>
      new Worker(new URL('./geometry.worker.ts', import.meta.url), {
        type: 'module',
        name: 'geometry',
      }),
    () => new InlineWorker({ name: 'geometry' }),
  ],
  Math.max(2, Math.min(WORKERS_MAX, (globalThis.navigator?.hardwareConcurrency ?? 2) - 1)),
  restoreFailure,
);

/** Enumerates regions in workers, request by request, in order. */
export class RegionsClient {
  readonly #pool: RegionPool;
  readonly #disposal = new AbortController();
  #last: Promise<unknown> = Promise.resolve();
  #isUsed = false;

  constructor(pool: RegionPool = PAGE_POOL) {
    this.#pool = pool;
  }

  /**
   * Rejects with `LimitExceededError` or `InvalidInputError`, with `CancelledError` once the signal is
   * aborted or the client disposed of, or with an Error that describes what went wrong in the worker.
   */
  enumerate(
    network: PlaneNetwork,
    options: RegionOptions & { readonly cells: true },
  ): Promise<DetailedArrangement>;
  enumerate(
    network: PlaneNetwork,
    options: RegionOptions & { readonly cells?: boolean },
  ): Promise<Arrangement | DetailedArrangement>;
  enumerate(
    network: PlaneNetwork,
    options: RegionOptions & { readonly cells?: boolean },
  ): Promise<Arrangement> {
    const { onProgress, signal, ...request } = options;
    return this.#ask({ network, ...request }, onProgress, signal) as Promise<Arrangement>;
  }

  /**
   * A network's facets in a window, for drawing.
   * @returns null if there are more than `maxRegions`, once the signal is aborted, or without a worker: kernels draw the same
   */
  async cutFacets(
    { network, window }: { readonly network: PlaneNetwork; readonly window: PlaneWindow },
    maxRegions: number,
    signal: AbortSignal,
  ): Promise<Facets | null> {
    try {
      const request = { network, window, maxRegions, facets: true };
      return (await this.#ask(request, undefined, signal)) as Facets;
    } catch {
      return null;
    }
  }

  #ask(
    request: RegionRequest,
    onProgress: RegionOptions['onProgress'],
    given: AbortSignal | undefined,
  ): Promise<RegionAnswer> {
    const ending = firstOf([given, this.#disposal.signal]);
    const { signal } = ending;
    if (signal.aborted) return Promise.reject(new CancelledError());
    if (!this.#isUsed) this.#pool.retain();
    this.#isUsed = true;
    const job = {
      request,
      signal,
      onProgress: ({ done, total, regions }: RegionProgress) => onProgress?.(done, total, regions),
    };
    const turn = this.#last;
    const result = new Promise<RegionAnswer>((resolve, reject) => {
      // A waiting request ends at once, too.
      signal.addEventListener('abort', () => reject(new CancelledError()), { once: true });
      turn.then(() => this.#pool.run(job)).then(resolve, reject);
    }).finally(() => ending.forget());
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Ends the client's workers; running and waiting requests are rejected with `CancelledError`. */
  dispose(): void {
    if (this.#disposal.signal.aborted) return;
    this.#disposal.abort();
    if (this.#isUsed) this.#pool.release();
  }
}
