import { InvalidInputError } from '../input/invalidInput.ts';
import { readObject, rejectUnknownKeys } from '../input/plainJson.ts';
import type { PictureSize } from './picture.ts';

/** How `toPng` draws. */
export interface PngOptions extends Partial<PictureSize> {
  /** Called with progress from 0 to 1. */
  readonly onProgress?: (progress: number) => void;
  /** Aborted, it ends the drawing, and the promise is rejected with its reason. */
  readonly signal?: AbortSignal;
}

const KEYS: readonly (keyof PngOptions)[] = ['width', 'height', 'scale', 'onProgress', 'signal'];
const SIZES = ['width', 'height', 'scale'] as const;

/** Sizes as they were given, which what is drawn looks over; those left out are not there. */
export interface CheckedPngOptions {
  readonly size: Partial<PictureSize>;
  readonly onProgress: PngOptions['onProgress'];
  readonly signal: AbortSignal | undefined;
}

/** @throws InvalidInputError that names an unknown option, or one of the wrong type */
export function readPngOptions(input: unknown): CheckedPngOptions {
  const given = readObject(input, 'options');
  rejectUnknownKeys(given, KEYS, 'options', 'toPng');
  const { onProgress } = given;
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw new InvalidInputError('options.onProgress', onProgress, 'a function');
  }
  const size = Object.fromEntries(
    SIZES.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]),
  );
  return {
    size,
    onProgress: onProgress as PngOptions['onProgress'],
    signal: readSignal(given.signal, 'options.signal'),
  };
}

/** @throws InvalidInputError for what is not a signal; one of another realm is. */
export function readSignal(input: unknown, path: string): AbortSignal | undefined {
  if (input === undefined) return undefined;
  const signal = input as Partial<AbortSignal> | null;
  if (typeof signal?.aborted !== 'boolean' || typeof signal.addEventListener !== 'function') {
    throw new InvalidInputError(path, input, 'an AbortSignal');
  }
  return signal as AbortSignal;
}
