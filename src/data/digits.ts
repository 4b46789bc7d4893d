import { inflateSync } from 'fflate';
import { fromBase64url } from '../formats/base64url.ts';
import { numbered, type WholeSet } from './wholeSet.ts';

/** Digits of scikit-learn's `load_digits()`. */
export const DIGIT_COUNT = 1797;
/** Pixels along each side of a digit. */
const DIGIT_SIDE = 8;
const PIXELS = DIGIT_SIDE * DIGIT_SIDE;
const CLASSES = 10;
/** Of a pixel. */
const INK = 16;

/** What is known of the digits before they are fetched. */
export const DIGITS_SHAPE = {
  task: 'classification',
  inputs: PIXELS,
  outputs: CLASSES,
} as const;

let loaded: WholeSet | null = null;

/** Fetches the digits' file, once. */
export async function loadDigits(): Promise<void> {
  if (loaded !== null) return;
  // A file of its own in every bundle, so that only those who ask for digits fetch it.
  const { DIGITS_FILE } = await import('./digitsFile.ts');
  loaded ??= readDigits(inflateSync(fromBase64url(DIGITS_FILE)!));
}

/** The digits, if they have been loaded. Rows of pixels from the top, 0 (paper) to 16 (ink). */
export function digits(): WholeSet | null {
  return loaded;
}

function readDigits(bytes: Uint8Array): WholeSet {
  return {
    ...DIGITS_SHAPE,
    inputNames: pixelNames(),
    classNames: numbered(CLASSES),
    grays: [INK, 0],
    samples: {
      count: DIGIT_COUNT,
      x: Float64Array.from(bytes.subarray(DIGIT_COUNT)),
      y: Int32Array.from(bytes.subarray(0, DIGIT_COUNT)),
    },
  };
}

/** As scikit-learn names them: pixel_0_0 is at the top left, pixel_0_7 at the top right. */
function pixelNames(): string[] {
  const side = numbered(DIGIT_SIDE);
  return side.flatMap((row) => side.map((column) => `pixel_${row}_${column}`));
}
