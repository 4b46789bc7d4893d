import type { SizeRequest } from '../drawing/pictureSize.ts';
import { InvalidInputError } from '../input/invalidInput.ts';
import { readObject, rejectUnknownKeys } from '../input/plainJson.ts';
import { readSignal } from '../signals/readSignal.ts';

/** The options of `toPng` and `toSvg`. */
export interface PngOptions extends SizeRequest {
  /** The position of the only panel to draw; by default everything that is open is drawn. */
  readonly panel?: number;
  /** Called with progress from 0 to 1. */
  readonly onProgress?: (progress: number) => void;
  /** When aborted, the drawing ends and the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

const SIZES = ['width', 'height', 'dpi', 'scale'] as const;
const KEYS: readonly (keyof PngOptions)[] = [...SIZES, 'panel', 'onProgress', 'signal'];

/** Sizes and panel as given, which are validated later; missing sizes are absent. */
export interface CheckedPngOptions {
  readonly size: SizeRequest;
  readonly panel: unknown;
  readonly onProgress: PngOptions['onProgress'];
  readonly signal: AbortSignal | undefined;
}

/**
 * @param owner the method that takes them, for messages
 * @throws InvalidInputError that names an unknown option, or one of the wrong type
 */
export function readPngOptions(input: unknown, owner = 'toPng'): CheckedPngOptions {
  const given = readObject(input, 'options');
  rejectUnknownKeys(given, KEYS, 'options', owner);
  const { onProgress } = given;
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw new InvalidInputError('options.onProgress', onProgress, 'a function');
  }
  const size = Object.fromEntries(
    SIZES.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]),
  );
  return {
    size,
    panel: given.panel,
    onProgress: onProgress as PngOptions['onProgress'],
    signal: readSignal(given.signal, 'options.signal'),
  };
}
