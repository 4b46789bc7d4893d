import { paintValues } from '../../drawing/neuronColors.ts';
import type { PixelImage } from '../../drawing/vectorPanels.ts';
import { drawImage, type GrayRange, type ImageShape } from '../../model/imageShape.ts';
import { colormapTable } from '../../scales/colormaps.ts';
import { make } from '../dom/elements.ts';

const DIVERGING = colormapTable('diverging');

/** Small images on the page: a pixel of a canvas for each of their own, which the style sheet enlarges without smoothing. */

/** @param name what people hear instead; null for one that others describe */
export function makePixels(name: string | null): HTMLCanvasElement {
  const words: Readonly<Record<string, string>> =
    name === null ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': name };
  return make('canvas', { class: 'pixels', ...words });
}

/** In the diverging colours. @param largest the size that has the colours of the ends */
export function paintSigned(
  canvas: HTMLCanvasElement,
  { values, width }: PixelImage,
  largest: number,
): void {
  const rgba = new Uint8ClampedArray(4 * values.length);
  paintValues(values, largest, DIVERGING, rgba);
  put(canvas, rgba, width);
}

/** In greys, or in the image's own colours. */
export function paintPoint(
  canvas: HTMLCanvasElement,
  point: ArrayLike<number>,
  shape: ImageShape,
  range: GrayRange,
): void {
  put(canvas, drawImage(Array.from(point), shape, range), shape.width);
}

function put(canvas: HTMLCanvasElement, rgba: Uint8ClampedArray<ArrayBuffer>, width: number): void {
  const height = rgba.length / 4 / width;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  canvas.getContext('2d')!.putImageData(new ImageData(rgba, width, height), 0, 0);
}
