import { element } from '../drawing/svgMarkup.ts';
import type { DeviceSpan } from '../gpu/sharedDevice.ts';
import type { Box } from '../overlay/marks.ts';
import type { CutFacets } from '../picture/facetPictures.ts';
import type { FrameReport } from '../picture/frameReport.ts';
import { uniteRanges, type ValueRange, withSharedRange } from '../state/sharedRange.ts';
import type { State } from '../state/state.ts';
import { withExportDevice } from './exportDevice.ts';
import { FieldDrawing } from './fieldDrawing.ts';
import { PngStream } from './pngStream.ts';

/** Pixels of the canvas that is filled and encoded at a time: 64 MB. */
const BAND_PX = 2 ** 24;

/** Called with the progress from 0 to 1. */
export type OnProgress = (share: number) => void;

/** A field and its place in the picture, in pixels. */
export interface PlacedField {
  readonly state: State;
  readonly place: Box;
}

/** What is encoded. */
export interface Picture {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Pixels per inch, for the file; it states none by default. */
  readonly dpi?: number;
  /** Pixels per unit of text, in which lines have their widths. */
  readonly pxPerUnit: number;
  readonly fields: readonly PlacedField[];
  /** Fields with an automatic range share one. */
  readonly sharedRange?: boolean;
  /** Without it kernels evaluate all networks. */
  readonly cutFacets?: CutFacets;
  /** The overlay of the fields, as an SVG document in pixels of the picture; `ranges` are those of the fields. */
  overlay(ranges: readonly FrameReport['range'][]): string | null;
}

/** An encoded picture, with the ranges of its fields; null for regions. */
export interface EncodedPicture {
  readonly png: Blob;
  readonly ranges: readonly FrameReport['range'][];
}

/**
 * Draws a picture on white and encodes it as PNG, band by band: its size is limited by time, not by
 * the size of a canvas.
 *
 * @param signal when aborted, the drawing ends after the current stint
 * @throws GpuError, or the signal's reason
 */
export async function encodePicture(
  picture: Picture,
  onProgress: OnProgress = () => undefined,
  signal?: AbortSignal,
): Promise<EncodedPicture> {
  signal?.throwIfAborted();
  const draw = async (device: DeviceSpan | null) => {
    const { widthPx, heightPx, pxPerUnit, fields } = picture;
    const total = 2 * fields.reduce((sum, { place }) => sum + place.width * place.height, 0);
    let done = 0;
    const advance = (pixels: number) => {
      done += pixels;
      onProgress(done / total);
    };
    const drawings: { drawing: FieldDrawing; place: Box }[] = [];
    const open = ({ state, place }: PlacedField, onAdvance = advance) =>
      FieldDrawing.open(
        device!,
        state,
        { widthPx: place.width, heightPx: place.height, pxPerUnit },
        picture.cutFacets,
        onAdvance,
        signal,
      );
    try {
      for (const field of fields) drawings.push({ drawing: await open(field), place: field.place });
      if (picture.sharedRange) {
        const shared = sharedRangeOf(fields, drawings);
        for (const [i, { state, place }] of fields.entries()) {
          const drawn = withSharedRange(state, shared);
          if (drawn === state) continue;
          drawings[i]!.drawing.close();
          drawings[i] = { drawing: await open({ state: drawn, place }, () => undefined), place };
        }
      }
      const ranges = drawings.map(({ drawing }) => drawing.range);
      const overlay = picture.overlay(ranges);
      const bandRows = Math.min(heightPx, Math.max(1, Math.floor(BAND_PX / widthPx)));
      const canvas = document.createElement('canvas');
      canvas.width = widthPx;
      canvas.height = bandRows;
      const context = canvas.getContext('2d', { willReadFrequently: true })!;
      const stream = new PngStream(widthPx, heightPx, picture.dpi);
      for (let top = 0; top < heightPx; top += bandRows) {
        const rows = Math.min(bandRows, heightPx - top);
        context.fillStyle = '#ffffff';
        context.fillRect(0, 0, widthPx, rows);
        for (const { drawing, place } of drawings) {
          const first = Math.max(top, place.y);
          const last = Math.min(top + rows, place.y + place.height);
          if (first >= last) continue;
          const at = [place.x, first - top, first - place.y, last - first] as const;
          await drawing.drawRows(context, ...at, advance);
        }
        if (overlay !== null) {
          context.drawImage(await loadSvg(cutRows(overlay, widthPx, top, rows)), 0, 0);
        }
        await stream.add(context, rows);
        signal?.throwIfAborted();
      }
      return { png: await stream.finish(), ranges };
    } finally {
      for (const { drawing } of drawings) drawing.close();
    }
  };
  // Curves and tables need no GPU.
  return picture.fields.length === 0 ? draw(null) : withExportDevice(draw, signal);
}

function sharedRangeOf(
  fields: readonly PlacedField[],
  drawings: readonly { readonly drawing: FieldDrawing }[],
): ValueRange | null {
  return uniteRanges(fields.map(({ state }, i) => ({ state, values: drawings[i]!.drawing.range })));
}

/** Some rows of a drawing, as an SVG document. */
function cutRows(svg: string, width: number, top: number, rows: number): string {
  const attributes = { width, height: rows, viewBox: `0 ${top} ${width} ${rows}` };
  return element('svg', { xmlns: 'http://www.w3.org/2000/svg', ...attributes }, svg);
}

async function loadSvg(svg: string): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(url);
  }
}
