import type { Model } from '../model/models.ts';
import { readModel } from '../models/readModel.ts';
import type { NamedFile } from '../models/readModelFile.ts';
import { WorkerPool } from '../workers/workerPool.ts';
import InlineWorker from './reading.worker.ts?worker&inline';
import { type PointsPlane, type ReadingKind, restoreReadingFailure } from './readingWork.ts';

export type ReadingPool = WorkerPool<ReadingKind>;

/**
 * The worker of a whole page. It is loaded from its own file if the page's origin has it, which the strictest
 * Content-Security-Policy allows; a library from another origin carries it as text.
 */
const PAGE_POOL: ReadingPool = new WorkerPool(
  [
    () =>
      new Worker(new URL('./reading.worker.ts', import.meta.url), {
        type: 'module',
        name: 'reading',
      }),
    () => new InlineWorker({ name: 'reading' }),
  ],
  1,
  restoreReadingFailure,
);

/** Networks of so few bytes are read at once: it takes less time than a worker needs to start. */
const AT_ONCE_BYTES = 1e6;

/**
 * Reads files in a worker, so that the page goes on meanwhile, or if they are small between two tasks. Both methods reject with ModelFileError or InvalidInputError as
 * `readModel`, `readPoints` and `lookAtPoints` throw them, and with the signal's reason once it is aborted.
 */
export class FileReading {
  constructor(private readonly pool: ReadingPool = PAGE_POOL) {
    pool.retain();
  }

  async readModel(files: readonly NamedFile[], signal: AbortSignal): Promise<Model> {
    const size = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
    if (size <= AT_ONCE_BYTES) {
      await nextTask();
      signal.throwIfAborted();
      return readModel(files);
    }
    return this.pool.run({ request: { kind: 'model', files }, signal }) as Promise<Model>;
  }

  /**
   * The plane of the points of a file.
   * @param inputs of the network in whose input space they are
   * @param onProgress called with the share of the work that is done, if it takes long
   */
  findPlane(
    file: NamedFile,
    inputs: number,
    signal: AbortSignal,
    onProgress: (share: number) => void,
  ): Promise<PointsPlane> {
    const request = { kind: 'plane', file, inputs } as const;
    return this.pool.run({ request, signal, onProgress }) as Promise<PointsPlane>;
  }

  /** Frees the worker. */
  end(): void {
    this.pool.release();
  }
}

/** Lets the page draw and answer between two files. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
