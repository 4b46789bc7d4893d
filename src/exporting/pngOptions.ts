import { InvalidInputError } from '../input/invalidInput.ts';
import { readObject, rejectUnknownKeys } from '../input/plainJson.ts';
import type { PictureSize } from './picture.ts';

/** The options of `toPng`. */
export interface PngOptions extends Partial<PictureSize> {
  /** Called with progress from 0 to 1. */
  readonly onProgress?: (progress: number) => void;
  /** When aborted, the drawing ends and the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

const KEYS: readonly (keyof PngOptions)[] = ['width', 'height', 'scale', 'onProgress', 'signal'];
const SIZES = ['width', 'height', 'scale'] as const;

/** Sizes as given, which the drawing functions validate; missing ones are absent. */
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

/** @throws InvalidInputError if it is not a signal; a signal of another realm is accepted. */
export function readSignal(input: unknown, path: string): AbortSignal | undefined {
  if (input === undefined) return undefined;
  const signal = input as Partial<AbortSignal> | null;
  if (typeof signal?.aborted !== 'boolean' || typeof signal.addEventListener !== 'function') {
    throw new InvalidInputError(path, input, 'an AbortSignal');
  }
  return signal as AbortSignal;
}
