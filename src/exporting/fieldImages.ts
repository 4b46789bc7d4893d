import type { PictureSize } from '../drawing/pictureSize.ts';
import type { ShownPanels } from '../figures/shownFigure.ts';
import { encodePicture, type OnProgress } from '../offscreen/encodePicture.ts';
import type { Box } from '../overlay/marks.ts';
import type { FrameReport } from '../picture/frameReport.ts';
import type { PanelsDrawing } from './panelsDrawing.ts';
import type { LineSources } from './vectorLines.ts';

/** Each field as a data URL, in the order of their panels. */
export async function drawFields(
  { sharedRange }: ShownPanels,
  { widthPx, heightPx }: PictureSize,
  { fields, pxPerUnit }: PanelsDrawing,
  { cutFacets }: LineSources,
  onProgress?: OnProgress,
  signal?: AbortSignal,
): Promise<{ images: readonly string[]; ranges: readonly FrameReport['range'][] }> {
  const [first, ...more] = fields;
  if (!first) return { images: [], ranges: [] };
  // Several lie in one picture, so that they can share a range.
  const isAlone = more.length === 0;
  const place = { ...first.place, x: 0, y: 0 };
  const picture = {
    widthPx: isAlone ? place.width : widthPx,
    heightPx: isAlone ? place.height : heightPx,
    pxPerUnit,
    fields: isAlone ? [{ ...first, place }] : fields,
    sharedRange,
    cutFacets,
    overlay: () => null,
  };
  const { png, ranges } = await encodePicture(picture, onProgress, signal);
  return { images: isAlone ? [await dataUrl(png)] : await cutImages(png, fields), ranges };
}

/** Each field's part of a picture, as a data URL. */
async function cutImages(png: Blob, fields: readonly { readonly place: Box }[]): Promise<string[]> {
  const urls: string[] = [];
  for (const { place } of fields) {
    const { x, y, width, height } = place;
    const part = await createImageBitmap(png, x, y, width, height);
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext('2d')!.drawImage(part, 0, 0);
    part.close();
    urls.push(await dataUrl(await canvas.convertToBlob({ type: 'image/png' })));
  }
  return urls;
}

function dataUrl(content: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(content);
  });
}
