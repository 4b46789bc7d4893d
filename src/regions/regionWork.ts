import type { Arrangement, DetailedArrangement, PlaneWindow } from '../geometry/arrangement.ts';
import { LimitExceededError } from '../geometry/arrangement.ts';
import { cutFacets } from '../geometry/cutFacets.ts';
import { enumerateRegions } from '../geometry/enumerateRegions.ts';
import { InvalidInputError, type PlainInvalidInput } from '../input/invalidInput.ts';
import { messageOf } from '../input/messageOf.ts';
import type { Facets } from '../model/facets.ts';
import type { PlaneNetwork } from '../model/planeNetwork.ts';
import type { Wins } from '../model/readouts.ts';
import type { WorkerMessage } from '../workers/workerPool.ts';

/** What a geometry worker finds: counts, with cells if they were asked for, or what is needed for drawing. */
export type RegionAnswer = Arrangement | DetailedArrangement | Facets;

/** What the page asks its geometry workers, and what they tell. */
export interface RegionWorkKind {
  readonly request: RegionRequest;
  readonly progress: RegionProgress;
  readonly answer: RegionAnswer;
  readonly failure: RegionFailure;
}

export interface RegionRequest {
  readonly network: PlaneNetwork;
  readonly window: PlaneWindow | null;
  readonly maxRegions?: number;
  readonly cells?: boolean;
  readonly wins?: Wins;
  /** Whether only the facets are wanted; of a window. */
  readonly facets?: boolean;
}

export interface RegionProgress {
  readonly done: number;
  readonly total: number;
  readonly regions: number;
}

export interface RegionFailure {
  readonly message: string;
  /** What exceeded its limit, if the failure is a LimitExceededError. */
  readonly limit: { readonly what: string; readonly limit: number } | null;
  /** What is wrong with the request, if the failure is an InvalidInputError. */
  readonly invalid: PlainInvalidInput | null;
}

export type RegionMessage = WorkerMessage<RegionWorkKind>;

/** Milliseconds between two progress messages. */
const PROGRESS_INTERVAL = 50;

/**
 * Processes a request, by its number, and posts messages about it. A worker is cancelled by ending it, because
 * it receives no messages while it computes.
 *
 * @param now milliseconds, as `performance.now`.
 */
export function answerRequest(
  { id, network, facets, ...options }: RegionRequest & { readonly id: number },
  post: (message: RegionMessage, transfer?: Transferable[]) => void,
  now: () => number,
): void {
  let last = now();
  const onProgress = (done: number, total: number, regions: number): void => {
    if (now() - last < PROGRESS_INTERVAL) return;
    last = now();
    post({ kind: 'progress', id, progress: { done, total, regions } });
  };
  try {
    if (facets && options.window) {
      const answer = cutFacets(network, options.window, { ...options, onProgress });
      const { firstCorner, corners, maps, hinges, hingeLayers } = answer;
      const transfer = [firstCorner, corners, maps, hinges, hingeLayers].map(
        ({ buffer }) => buffer,
      );
      post({ kind: 'done', id, answer }, transfer);
    } else {
      post({ kind: 'done', id, answer: enumerateRegions(network, { ...options, onProgress }) });
    }
  } catch (error) {
    post({ kind: 'failed', id, failure: describe(error) });
  }
}

function describe(error: unknown): RegionFailure {
  const isLimit = error instanceof LimitExceededError;
  return {
    message: messageOf(error),
    limit: isLimit ? { what: error.what, limit: error.limit } : null,
    invalid: error instanceof InvalidInputError ? error.plain : null,
  };
}

/** The error that a worker has described. */
export function restoreFailure({ message, limit, invalid }: RegionFailure): Error {
  if (invalid) return InvalidInputError.restore(invalid);
  return limit ? new LimitExceededError(limit.what, limit.limit) : new Error(message);
}
