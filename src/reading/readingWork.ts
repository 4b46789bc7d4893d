import { InvalidInputError, type PlainInvalidInput } from '../input/invalidInput.ts';
import { messageOf } from '../input/messageOf.ts';
import { lookAtPoints, type PointsLook } from '../model/firstLook.ts';
import type { Model } from '../model/models.ts';
import { ModelFileError } from '../models/modelFile.ts';
import { readPoints } from '../models/points.ts';
import { readModel } from '../models/readModel.ts';
import type { NamedFile } from '../models/readModelFile.ts';
import type { WorkerMessage } from '../workers/workerPool.ts';

/** What the page asks the worker that reads files, and what it tells. */
export interface ReadingKind {
  readonly request: ReadingRequest;
  /** The share of the work that is done, 0 to 1. */
  readonly progress: number;
  readonly answer: Model | PointsPlane;
  readonly failure: ReadingFailure;
}

/** A network of one or more files; or the plane of the points of a file, in the space of so many inputs. */
export type ReadingRequest =
  | { readonly kind: 'model'; readonly files: readonly NamedFile[] }
  | { readonly kind: 'plane'; readonly file: NamedFile; readonly inputs: number };

/** The plane of points. */
export interface PointsPlane {
  readonly look: PointsLook;
  /** How many they are. */
  readonly points: number;
}

export interface ReadingFailure {
  readonly message: string;
  /** Whether it is a ModelFileError. */
  readonly isOfFile: boolean;
  /** What is wrong, if it is an InvalidInputError. */
  readonly invalid: PlainInvalidInput | null;
}

/** Nothing is said of work that is done before. */
const SILENCE_MS = 300;
const INTERVAL_MS = 50;
/** Of the work on a plane, reading a table. */
const TABLE_SHARE = 0.5;

/**
 * Answers a request, by its number.
 * @param now milliseconds, as `performance.now`
 */
export function answerReading(
  request: ReadingRequest & { readonly id: number },
  post: (message: WorkerMessage<ReadingKind>) => void,
  now: () => number,
): void {
  const { id } = request;
  let next = now() + SILENCE_MS;
  const onProgress = (progress: number) => {
    if (now() < next) return;
    next = now() + INTERVAL_MS;
    post({ kind: 'progress', id, progress });
  };
  try {
    post({ kind: 'done', id, answer: answerTo(request, onProgress) });
  } catch (error) {
    post({ kind: 'failed', id, failure: describe(error) });
  }
}

function answerTo(
  request: ReadingRequest,
  onProgress: (share: number) => void,
): Model | PointsPlane {
  if (request.kind === 'model') return readModel(request.files);
  const points = readPoints(request.file, request.inputs, (share) =>
    onProgress(TABLE_SHARE * share),
  );
  const look = lookAtPoints(points, (share) => onProgress(TABLE_SHARE + (1 - TABLE_SHARE) * share));
  return { look, points: points.rows };
}

function describe(error: unknown): ReadingFailure {
  return {
    message: messageOf(error),
    isOfFile: error instanceof ModelFileError,
    invalid: error instanceof InvalidInputError ? error.plain : null,
  };
}

/** The error that a worker has described. */
export function restoreReadingFailure({ message, isOfFile, invalid }: ReadingFailure): Error {
  if (invalid) return InvalidInputError.restore(invalid);
  return isOfFile ? new ModelFileError(message) : new Error(message);
}
