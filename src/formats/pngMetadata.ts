import { InvalidInputError } from '../input/invalidInput.ts';
import { asciiBytes, bytesToText } from './ascii.ts';
import { crc32 } from './crc32.ts';
import { CHUNK_FRAME_BYTES, encodeChunk, PNG_SIGNATURE } from './pngRows.ts';

/** The keyword of the chunk that holds a picture's state. */
export const STATE_KEYWORD = 'reluscope:state';

const IHDR_BYTES = 13;
/** After the keyword: its terminator, no compression, and neither language nor translated keyword. */
const PLAIN_TEXT = '\0\0\0\0\0';

interface Chunk {
  readonly type: string;
  /** The position of its length in the file. */
  readonly start: number;
  /** The position of the next chunk. */
  readonly end: number;
}

/**
 * The picture with the state in an iTXt chunk after its header; an earlier state is replaced.
 *
 * Source: W3C, Portable Network Graphics, sections 5 and 11.3.3.4.
 *
 * @param png the bytes of a PNG; they are not modified.
 * @param state the state in its URL form, which is printable ASCII.
 * @throws InvalidInputError if the bytes are not a PNG or the text is not printable ASCII.
 */
export function writePngState(png: Uint8Array, state: string): Uint8Array {
  if (!/^[ -~]*$/.test(state)) {
    throw new InvalidInputError('state', state, 'printable ASCII text');
  }
  const chunks = listChunks(png).filter((chunk) => readKeyword(png, chunk) !== STATE_KEYWORD);
  const [header, ...rest] = chunks.map(({ start, end }) => png.subarray(start, end));
  const chunk = encodeChunk('iTXt', asciiBytes(STATE_KEYWORD + PLAIN_TEXT + state));
  return joinBytes([asciiBytes(PNG_SIGNATURE), header!, chunk, ...rest]);
}

/**
 * The state that `writePngState` put into a picture, in its URL form; null if there is none.
 *
 * @throws InvalidInputError if the bytes are not a PNG, or are cut off or damaged.
 */
export function readPngState(png: Uint8Array): string | null {
  const chunk = listChunks(png).find((candidate) => readKeyword(png, candidate) === STATE_KEYWORD);
  if (!chunk) return null;
  const data = chunkData(png, chunk);
  const body = png.subarray(chunk.start + 4, chunk.end - 4);
  const written = readUint32(png, chunk.end - 4);
  if (crc32(body) !== written) {
    throw new InvalidInputError(STATE_KEYWORD, 'a wrong checksum', 'a file without damage');
  }
  const rest = bytesToText(data.subarray(STATE_KEYWORD.length));
  const text = rest.slice(PLAIN_TEXT.length);
  if (!rest.startsWith(PLAIN_TEXT) || !/^[ -~]*$/.test(text)) {
    throw new InvalidInputError(STATE_KEYWORD, text, 'uncompressed, printable ASCII text');
  }
  return text;
}

/** Whether a file begins as a PNG does. */
export function isPng(bytes: Uint8Array): boolean {
  return bytesToText(bytes.subarray(0, PNG_SIGNATURE.length)) === PNG_SIGNATURE;
}

/** All chunks up to IEND. @throws InvalidInputError */
function listChunks(png: Uint8Array): Chunk[] {
  if (!isPng(png)) {
    throw new InvalidInputError('file', 'other bytes', 'a PNG picture');
  }
  const chunks: Chunk[] = [];
  let start = PNG_SIGNATURE.length;
  while (chunks.at(-1)?.type !== 'IEND') {
    const end =
      start + CHUNK_FRAME_BYTES > png.length
        ? Number.POSITIVE_INFINITY
        : start + CHUNK_FRAME_BYTES + readUint32(png, start);
    if (end > png.length) {
      throw new InvalidInputError('file', `${png.length} bytes`, 'a PNG that is not cut off');
    }
    const type = bytesToText(png.subarray(start + 4, start + 8));
    if (
      chunks.length === 0 &&
      (type !== 'IHDR' || end - start !== CHUNK_FRAME_BYTES + IHDR_BYTES)
    ) {
      throw new InvalidInputError('file', type, 'a PNG that begins with its header, IHDR');
    }
    chunks.push({ type, start, end });
    start = end;
  }
  return chunks;
}

/** The keyword of an iTXt chunk, null for others. */
function readKeyword(png: Uint8Array, chunk: Chunk): string | null {
  if (chunk.type !== 'iTXt') return null;
  const data = chunkData(png, chunk);
  return bytesToText(data.subarray(0, data.indexOf(0)));
}

function chunkData(png: Uint8Array, { start, end }: Chunk): Uint8Array {
  return png.subarray(start + 8, end - 4);
}

function readUint32(bytes: Uint8Array, offset: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(offset);
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
