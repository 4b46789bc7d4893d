import { COLORMAP_SIZE } from '../scales/colormaps.ts';

/** Where a value is not a number. */
const NOTHING = 128;

/** The largest size of the finite values; 0 if there are none. */
export function largestOf(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i += 1) {
    const size = Math.abs(values[i]!);
    if (size > largest && size < Infinity) largest = size;
  }
  return largest;
}

/**
 * The colours of values in a colour map from −largest to largest, whose middle is 0.
 *
 * @param table [256, RGBA]
 * @param pixels [values, RGBA], from `at` on, which takes the result
 */
export function paintValues(
  values: ArrayLike<number>,
  largest: number,
  table: Uint8Array,
  pixels: Uint8ClampedArray,
  at = 0,
): void {
  const perUnit = largest > 0 ? COLORMAP_SIZE / 2 / largest : 0;
  for (let i = 0; i < values.length; i += 1) {
    const place = Math.floor(values[i]! * perUnit + COLORMAP_SIZE / 2);
    const pixel = at + 4 * i;
    if (Number.isNaN(place)) {
      pixels.fill(NOTHING, pixel, pixel + 3);
    } else {
      const entry = 4 * Math.max(0, Math.min(COLORMAP_SIZE - 1, place));
      pixels[pixel] = table[entry]!;
      pixels[pixel + 1] = table[entry + 1]!;
      pixels[pixel + 2] = table[entry + 2]!;
    }
    pixels[pixel + 3] = 255;
  }
}
