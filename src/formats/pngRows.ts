import { asciiBytes } from './ascii.ts';
import { crc32 } from './crc32.ts';

/** The first bytes of every PNG. */
export const PNG_SIGNATURE = '\x89PNG\r\n\x1a\n';
/** Length, type and checksum around the data of a chunk. */
export const CHUNK_FRAME_BYTES = 12;

const COLOR_TYPE_RGB = 2;

export function encodeChunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunk = new Uint8Array(CHUNK_FRAME_BYTES + data.length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  chunk.set(asciiBytes(type), 4);
  chunk.set(data, 8);
  view.setUint32(8 + data.length, crc32(chunk.subarray(4, 8 + data.length)));
  return chunk;
}

/** The header of a picture of 8-bit red, green and blue, not interlaced. */
export function encodeHeader(width: number, height: number): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(13);
  const view = new DataView(data.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  data.set([8, COLOR_TYPE_RGB, 0, 0, 0], 8);
  return encodeChunk('IHDR', data);
}

const METRES_PER_INCH = 0.0254;
const UNIT_METRE = 1;

/**
 * The density of pixels, by which programs know the size on paper; it comes before the pixels.
 *
 * Source: W3C, Portable Network Graphics, section 11.3.4.3.
 */
export function encodeDensity(dpi: number): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(9);
  const view = new DataView(data.buffer);
  const perMetre = Math.round(dpi / METRES_PER_INCH);
  view.setUint32(0, perMetre);
  view.setUint32(4, perMetre);
  view.setUint8(8, UNIT_METRE);
  return encodeChunk('pHYs', data);
}

/**
 * Prepares rows for compression: each begins with the number of its filter, that one of None, Sub and
 * Up that leaves the smallest numbers.
 *
 * Source: W3C, Portable Network Graphics, sections 9.2 and 12.7.
 *
 * @param rgba [rows, width, 4] bytes; alpha is dropped
 * @param above the previous row as [width, 3] bytes, zeros for the first; overwritten with the last row
 * @returns [rows, 1 + 3 · width] bytes
 */
export function filterRows(
  rgba: Uint8ClampedArray,
  width: number,
  above: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const rows = rgba.length / (4 * width);
  const bytes = 3 * width;
  const filtered = new Uint8Array(rows * (1 + bytes));
  const plain = new Uint8Array(bytes);
  for (let row = 0; row < rows; row += 1) {
    for (let i = 0, from = 4 * width * row; i < bytes; i += 3, from += 4) {
      plain[i] = rgba[from]!;
      plain[i + 1] = rgba[from + 1]!;
      plain[i + 2] = rgba[from + 2]!;
    }
    const start = row * (1 + bytes);
    const filter = bestFilter(plain, above);
    filtered[start] = filter;
    for (let i = 0; i < bytes; i += 1) {
      const predicted = filter === 0 ? 0 : filter === 2 ? above[i]! : i < 3 ? 0 : plain[i - 3]!;
      filtered[start + 1 + i] = plain[i]! - predicted;
    }
    above.set(plain);
  }
  return filtered;
}

/** 0 None, 1 Sub, 2 Up: the smallest sum of the remaining numbers, read as signed bytes. */
function bestFilter(plain: Uint8Array, above: Uint8Array): 0 | 1 | 2 {
  let none = 0;
  let sub = 0;
  let up = 0;
  for (let i = 0; i < plain.length; i += 1) {
    const byte = plain[i]!;
    none += Math.abs((byte << 24) >> 24);
    sub += Math.abs(((byte - (i < 3 ? 0 : plain[i - 3]!)) << 24) >> 24);
    up += Math.abs(((byte - above[i]!) << 24) >> 24);
  }
  if (up <= sub && up <= none) return 2;
  return sub <= none ? 1 : 0;
}
