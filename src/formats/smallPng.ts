import { zlibSync } from 'fflate';
import { asciiBytes } from './ascii.ts';
import { encodeChunk, encodeHeader, filterRows, PNG_SIGNATURE } from './pngRows.ts';

/**
 * A picture of a few thousand pixels as a PNG, at once; larger ones are written in the background (offscreen/pngStream.ts).
 *
 * @param rgba [height, width, 4] bytes; alpha is dropped
 */
export function encodeSmallPng(rgba: Uint8ClampedArray, width: number): Uint8Array {
  const height = rgba.length / (4 * width);
  const rows = filterRows(rgba, width, new Uint8Array(3 * width));
  const parts = [
    asciiBytes(PNG_SIGNATURE),
    encodeHeader(width, height),
    encodeChunk('IDAT', zlibSync(rows)),
    encodeChunk('IEND', new Uint8Array(0)),
  ];
  const png = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    png.set(part, at);
    at += part.length;
  }
  return png;
}
