import type { DeviceSpan } from '../gpu/sharedDevice.ts';
import type { Box } from '../overlay/marks.ts';
import { FacetCutter } from '../picture/facetCutter.ts';
import type { CutFacets } from '../picture/facetPictures.ts';
import { finestSamples } from '../picture/finestSamples.ts';
import type { FrameReport } from '../picture/frameReport.ts';
import { PictureMaker } from '../picture/pictureMaker.ts';
import type { Scene } from '../picture/scene.ts';
import type { State } from '../state/state.ts';

/** Pictures are drawn in chunks of at most this side: a GPU canvas has at most about 8192 px. */
const CHUNK_PX = 2048;
/** Around a chunk, for everything that needs neighbouring samples (np.gradient, contour lines). */
const MARGIN_PX = 4;

/** What is drawn. */
export interface FieldSize {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Pixels per unit of text, in which lines have their widths. */
  readonly pxPerUnit: number;
}

/**
 * Draws the finest picture of a state in chunks, at any size. The chunks are parts of
 * one grid about one anchor and share one range, so there are no seams.
 */
export class FieldDrawing {
  /** The range of the whole picture; null for regions. */
  range: FrameReport['range'] = null;
  readonly #canvas: HTMLCanvasElement;
  readonly #maker: PictureMaker;
  readonly #whole: Box;
  readonly #finest: number;
  readonly #signal: AbortSignal | undefined;
  #scene: Scene;

  /**
   * @param cutFacets without it kernels evaluate all networks
   * @param advance called with a number of pixels whenever their range is known, and when they are drawn
   * @throws the signal's reason, also in `drawRows`, once it is aborted
   */
  static async open(
    device: DeviceSpan,
    state: State,
    size: FieldSize,
    cutFacets: CutFacets | undefined,
    advance: (pixels: number) => void,
    signal?: AbortSignal,
  ): Promise<FieldDrawing> {
    const canvas = document.createElement('canvas');
    const maker = await PictureMaker.create(device, canvas);
    try {
      const cutter = new FacetCutter(cutFacets);
      signal?.addEventListener('abort', () => cutter.stop());
      const facets = await cutter.cut(state, size.widthPx, size.heightPx);
      signal?.throwIfAborted();
      const scene = await maker.prepare(state, size.pxPerUnit, facets);
      const drawing = new FieldDrawing(canvas, maker, scene, size, signal);
      await drawing.#findRange(advance);
      return drawing;
    } catch (cause) {
      maker.destroy();
      throw cause;
    }
  }

  private constructor(
    canvas: HTMLCanvasElement,
    maker: PictureMaker,
    scene: Scene,
    { widthPx, heightPx }: FieldSize,
    signal: AbortSignal | undefined,
  ) {
    this.#canvas = canvas;
    this.#maker = maker;
    this.#scene = scene;
    this.#whole = { x: 0, y: 0, width: widthPx, height: heightPx };
    // A file holds the same picture from every adapter.
    this.#finest = finestSamples(scene.state, false);
    this.#signal = signal;
  }

  /** Draws the rows from `top` on with their upper left corner at (x, y) of the context. */
  async drawRows(
    context: CanvasRenderingContext2D,
    x: number,
    y: number,
    top: number,
    rows: number,
    advance: (pixels: number) => void,
  ): Promise<void> {
    for (const chunk of chunksOf({ ...this.#whole, y: top, height: rows })) {
      const grown = this.#grow(chunk);
      await this.#draw(grown);
      if (this.#finest > 1) {
        const scene = this.#sceneOf(grown);
        this.#finished(await this.#maker.refine(scene, this.#finest, this.#isWanted));
      }
      // In the task in which the canvas was drawn, while it can be read.
      const { width, height } = chunk;
      const from = [chunk.x - grown.x, chunk.y - grown.y, width, height] as const;
      context.drawImage(this.#canvas, ...from, x + chunk.x, y + chunk.y - top, width, height);
      advance(width * height);
    }
  }

  close(): void {
    this.#maker.destroy();
  }

  /** Finds the range, which all chunks share. */
  async #findRange(advance: (pixels: number) => void): Promise<void> {
    const { width, height } = this.#whole;
    const numbers = await this.#maker.measure(this.#sceneOf(this.#whole), this.#isWanted);
    this.#signal?.throwIfAborted();
    this.range = numbers?.range ?? null;
    this.#scene = { ...this.#scene, statistics: numbers?.statistics ?? null };
    advance(width * height);
  }

  async #draw(chunk: Box): Promise<FrameReport> {
    this.#maker.resize(chunk.width, chunk.height);
    return this.#finished(await this.#maker.draw(this.#sceneOf(chunk), this.#isWanted));
  }

  readonly #isWanted = () => !this.#signal?.aborted;

  /** @throws the signal's reason if the picture was abandoned */
  #finished(report: FrameReport | null): FrameReport {
    if (report) return report;
    throw this.#signal?.reason;
  }

  #sceneOf(chunk: Box): Scene {
    const { width: wholeWidthPx, height: wholeHeightPx } = this.#whole;
    const bottom = wholeHeightPx - chunk.y - chunk.height;
    return { ...this.#scene, part: { left: chunk.x, bottom, wholeWidthPx, wholeHeightPx } };
  }

  /** The chunk with its margin, within the picture. */
  #grow({ x, y, width, height }: Box): Box {
    const left = Math.max(0, x - MARGIN_PX);
    const top = Math.max(0, y - MARGIN_PX);
    return {
      x: left,
      y: top,
      width: Math.min(this.#whole.width, x + width + MARGIN_PX) - left,
      height: Math.min(this.#whole.height, y + height + MARGIN_PX) - top,
    };
  }
}

function chunksOf(part: Box): Box[] {
  const chunks: Box[] = [];
  const right = part.x + part.width;
  const bottom = part.y + part.height;
  for (let y = part.y; y < bottom; y += CHUNK_PX) {
    for (let x = part.x; x < right; x += CHUNK_PX) {
      const width = Math.min(CHUNK_PX, right - x);
      chunks.push({ x, y, width, height: Math.min(CHUNK_PX, bottom - y) });
    }
  }
  return chunks;
}
