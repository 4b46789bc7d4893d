import { COLORMAP_SIZE, colormapTable } from '../scales/colormaps.ts';
import { hexColor } from '../scales/hexColor.ts';
import type { DrawingColors } from './colors.ts';
import { largestOf } from './neuronColors.ts';
import { element } from './svgMarkup.ts';
import type { PixelImage } from './vectorPanels.ts';

/** Small images as SVG markup, a square for each pixel: sharp at any size, and readable by every program. */

/** Where an image lies: in a square, which its longer side fills. */
export interface PixelPlace {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** In ink, the darker the greater. @param full the value that is drawn in full ink */
export function inkImage(
  image: PixelImage,
  place: PixelPlace,
  full: number,
  { ink }: DrawingColors,
): string {
  return pixels(image, place, (value) =>
    value > 0 ? { fill: ink, opacity: Math.round((100 * value) / full) / 100 } : null,
  );
}

/** In the diverging colours. @param largest the size that has the colours of the ends */
export function signedImage(image: PixelImage, place: PixelPlace, largest: number): string {
  const table = colormapTable('diverging');
  return pixels(image, place, (value) => {
    const share = largest > 0 ? 0.5 + value / largest / 2 : 0.5;
    const entry = 4 * Math.max(0, Math.min(COLORMAP_SIZE - 1, Math.floor(share * COLORMAP_SIZE)));
    return { fill: hexColor(table.subarray(entry, entry + 3)) };
  });
}

/** The largest size in several images: they share a scale, so that they can be compared. */
export function largestIn(images: readonly PixelImage[]): number {
  return Math.max(0, ...images.map(({ values }) => largestOf(values)));
}

function pixels(
  { values, width }: PixelImage,
  { x, y, size }: PixelPlace,
  look: (value: number) => Readonly<Record<string, string | number>> | null,
): string {
  const step = size / Math.max(width, values.length / width);
  const round = (value: number) => Math.round(value * 1000) / 1000;
  const rects = Array.from(values, (value, i) => {
    const style = look(value);
    if (style === null) return '';
    const place = { x: round(x + (i % width) * step), y: round(y + Math.floor(i / width) * step) };
    return element('rect', { ...place, width: round(step), height: round(step), ...style });
  });
  // Smoothed edges would let the ground shine through between pixels.
  return element('g', { 'shape-rendering': 'crispEdges' }, rects.join(''));
}
