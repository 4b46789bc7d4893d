import { asciiBytes } from '../formats/ascii.ts';
import {
  encodeChunk,
  encodeDensity,
  encodeHeader,
  filterRows,
  PNG_SIGNATURE,
} from '../formats/pngRows.ts';

/** Rows read from the canvas at a time. */
const STRIP_ROWS = 64;

/** Writes a PNG from canvases of a few rows, so that the whole picture is never in memory. */
export class PngStream {
  readonly #width: number;
  readonly #chunks: Promise<Uint8Array<ArrayBuffer>[]>;
  readonly #writer: WritableStreamDefaultWriter<BufferSource>;
  readonly #above: Uint8Array;
  readonly #header: readonly Uint8Array<ArrayBuffer>[];

  /** @param dpi pixels per inch; the file states none by default */
  constructor(width: number, height: number, dpi?: number) {
    this.#width = width;
    this.#above = new Uint8Array(3 * width);
    this.#header = [encodeHeader(width, height), ...(dpi ? [encodeDensity(dpi)] : [])];
    // 'deflate' on the web is what PNG calls zlib.
    const compression = new CompressionStream('deflate');
    this.#writer = compression.writable.getWriter();
    this.#chunks = collect(compression.readable);
  }

  /** Appends the first rows of a canvas that has the picture's width. */
  async add(context: CanvasRenderingContext2D, rows: number): Promise<void> {
    for (let row = 0; row < rows; row += STRIP_ROWS) {
      const count = Math.min(STRIP_ROWS, rows - row);
      const { data } = context.getImageData(0, row, this.#width, count);
      await this.#writer.write(filterRows(data, this.#width, this.#above));
    }
  }

  async finish(): Promise<Blob> {
    await this.#writer.close();
    const data = (await this.#chunks).map((bytes) => encodeChunk('IDAT', bytes));
    const signature = asciiBytes(PNG_SIGNATURE).slice();
    const end = encodeChunk('IEND', new Uint8Array());
    return new Blob([signature, ...this.#header, ...data, end], { type: 'image/png' });
  }
}

async function collect(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return parts;
    parts.push(value);
  }
}
