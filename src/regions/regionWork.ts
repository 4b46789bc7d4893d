import type { Arrangement, DetailedArrangement, PlaneWindow } from '../geometry/arrangement.ts';
import { LimitExceededError } from '../geometry/arrangement.ts';
import { cutFacets } from '../geometry/cutFacets.ts';
import { enumerateRegions } from '../geometry/enumerateRegions.ts';
import { InvalidInputError, type PlainInvalidInput } from '../input/invalidInput.ts';
import type { Facets } from '../model/facets.ts';
import type { PlaneNetwork } from '../model/planeNetwork.ts';
import type { Wins } from '../model/readouts.ts';

/** What a geometry worker finds: counts, with cells if they were asked for, or what is needed for drawing. */
export type RegionAnswer = Arrangement | DetailedArrangement | Facets;

/** A request of the page to its geometry worker. */
export interface RegionRequest {
  /** Chosen by the page; every message about the request carries it. */
  readonly id: number;
  readonly network: PlaneNetwork;
  readonly window: PlaneWindow | null;
  readonly maxRegions?: number;
  readonly cells?: boolean;
  readonly wins?: Wins;
  /** Whether only the facets are wanted; of a window. */
  readonly facets?: boolean;
}

/** A message of the worker: progress now and then, and `done` or `failed` once. */
export type RegionMessage =
  | {
      readonly kind: 'progress';
      readonly id: number;
      readonly done: number;
      readonly total: number;
      readonly regions: number;
    }
  | {
      readonly kind: 'done';
      readonly id: number;
      readonly answer: RegionAnswer;
    }
  | {
      readonly kind: 'failed';
      readonly id: number;
      readonly message: string;
      /** What exceeded its limit, if the failure is a LimitExceededError. */
      readonly limit: { readonly what: string; readonly limit: number } | null;
      /** What is wrong with the request, if the failure is an InvalidInputError. */
      readonly invalid: PlainInvalidInput | null;
    };

/** Milliseconds between two progress messages. */
const PROGRESS_INTERVAL = 50;

/**
 * Processes a request and posts messages about it. A worker is cancelled by ending it, because
 * it receives no messages while it computes.
 *
 * @param now milliseconds, as `performance.now`.
 */
export function answerRequest(
  request: RegionRequest,
  post: (message: RegionMessage, transfer?: Transferable[]) => void,
  now: () => number,
): void {
  const { id, network, facets, ...options } = request;
  let last = now();
  const onProgress = (done: number, total: number, regions: number): void => {
    if (now() - last < PROGRESS_INTERVAL) return;
    last = now();
    post({ kind: 'progress', id, done, total, regions });
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
    const message = error instanceof Error ? error.message : String(error);
    const isLimit = error instanceof LimitExceededError;
    const limit = isLimit ? { what: error.what, limit: error.limit } : null;
    const invalid = error instanceof InvalidInputError ? error.plain : null;
    post({ kind: 'failed', id, message, limit, invalid });
  }
}
