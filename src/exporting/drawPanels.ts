import { naturalSize } from '../drawing/figureLayout.ts';
import {
  type PictureSize,
  resolveSize,
  type SizeRequest,
  UNITS_PER_INCH,
} from '../drawing/pictureSize.ts';
import type { ShownPanels } from '../figures/shownFigure.ts';
import { writePngState } from '../formats/pngMetadata.ts';
import { encodePicture, type OnProgress } from '../offscreen/encodePicture.ts';
import type { FrameReport } from '../picture/frameReport.ts';
import { drawFields } from './fieldImages.ts';
import { PanelsDrawing } from './panelsDrawing.ts';
import type { LineKind, LineSources } from './vectorLines.ts';

/** A picture as a file, and the lines that are not in it as they should be. */
export interface Drawn {
  readonly file: Blob;
  readonly compromises: ReadonlySet<LineKind>;
}

/**
 * The size of a picture of these panels: what is not requested gives them enough room.
 *
 * @throws InvalidInputError
 */
export function pictureSize(shown: ShownPanels, request: SizeRequest): PictureSize {
  const { panels, columns, around } = shown;
  const frame = shown.states.get(0)?.frame;
  return resolveSize(request, naturalSize(panels.length, columns, around, frame));
}

/**
 * The panels with their titles, axes and colour bars; the file holds the link that restores all of them.
 *
 * @throws GpuError; the signal's reason
 */
export async function drawPng(
  shown: ShownPanels,
  size: PictureSize,
  sources: LineSources,
  onProgress?: OnProgress,
  signal?: AbortSignal,
): Promise<Drawn> {
  const drawing = await PanelsDrawing.prepare(shown, size, sources);
  signal?.throwIfAborted();
  const picture = {
    widthPx: size.widthPx,
    heightPx: size.heightPx,
    dpi: size.dpi,
    pxPerUnit: drawing.pxPerUnit,
    fields: drawing.fields,
    sharedRange: shown.sharedRange,
    cutFacets: sources.cutFacets,
    overlay: (ranges: readonly FrameReport['range'][]) => {
      const images = ranges.map(() => null);
      return drawing.svg(ranges, images, drawing.pxPerUnit);
    },
  };
  const { png } = await encodePicture(picture, onProgress, signal);
  const bytes = writePngState(new Uint8Array(await png.arrayBuffer()), shown.link);
  return {
    file: new Blob([bytes.slice()], { type: 'image/png' }),
    compromises: new Set(drawing.missing),
  };
}

/**
 * The same as SVG: fields are images of that many pixels, everything else vectors, in the same size on paper. So are hinges and
 * contours, except those that `compromises` names.
 *
 * @throws GpuError; the signal's reason
 */
export async function drawSvg(
  shown: ShownPanels,
  size: PictureSize,
  sources: LineSources,
  onProgress?: OnProgress,
  signal?: AbortSignal,
): Promise<Drawn> {
  const drawing = await PanelsDrawing.prepare(shown, size, sources);
  const inPixels = await drawing.prepareLines(sources);
  signal?.throwIfAborted();
  const { images, ranges } = await drawFields(shown, size, drawing, sources, onProgress, signal);
  const markup = drawing.svg(ranges, images, (UNITS_PER_INCH * drawing.pxPerUnit) / size.dpi);
  return {
    file: new Blob([markup], { type: 'image/svg+xml' }),
    compromises: new Set([...inPixels, ...drawing.missing]),
  };
}
