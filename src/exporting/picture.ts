import type { PictureLayout } from '../drawing/pictureLayout.ts';
import { assertSides, layoutPicture, SCALE_MAX, SIDE_MAX } from '../drawing/pictureLayout.ts';
import { pictureSvg } from '../drawing/svg.ts';
import { writePngState } from '../formats/pngMetadata.ts';
import { InvalidInputError } from '../input/invalidInput.ts';
import { encodePicture, type OnProgress } from '../offscreen/encodePicture.ts';
import type { Box } from '../overlay/marks.ts';
import type { FrameReport } from '../picture/frameReport.ts';
import { describeDetails, describeField } from '../state/labels.ts';
import type { Frame, State } from '../state/state.ts';
import { encodeState } from '../state/url.ts';

/** The size of an exported picture, axes and colour bar included. */
export interface PictureSize {
  /** In units of the text: a title has 16, a label 12. */
  readonly width: number;
  readonly height: number;
  /** Pixels per unit, 1 to 16. */
  readonly scale: number;
}

export const FIRST_SIZE: PictureSize = { width: 800, height: 600, scale: 2 };

/**
 * The state's picture with axes, colour bar and title; the file holds the state.
 *
 * @throws InvalidInputError for a wrong size; GpuError; the signal's reason
 */
export async function drawPng(
  state: State,
  size: PictureSize,
  onProgress?: OnProgress,
  signal?: AbortSignal,
): Promise<Blob> {
  const layout = layOut(size, state.frame);
  const { scale } = size;
  const picture = {
    widthPx: layout.width * scale,
    heightPx: layout.height * scale,
    fields: [{ state, place: scaled(layout.plot, scale) }],
    overlay: ([range]: readonly FrameReport['range'][]) =>
      pictureSvg({ ...commonParts(state, layout), range: range!, image: null, scale }),
  };
  const { png } = await encodePicture(picture, onProgress, signal);
  return withState(png, encodeState(state));
}

/** The PNG with the link that restores it in its metadata. */
export async function withState(png: Blob, link: string): Promise<Blob> {
  const bytes = new Uint8Array(await png.arrayBuffer());
  return new Blob([writePngState(bytes, link).slice()], { type: 'image/png' });
}

/**
 * The same as SVG: the field is an image of `scale` pixels per unit, everything else vectors.
 *
 * @throws InvalidInputError for a wrong size; GpuError; the signal's reason
 */
export async function drawSvg(
  state: State,
  size: PictureSize,
  onProgress?: OnProgress,
  signal?: AbortSignal,
): Promise<Blob> {
  const layout = layOut(size, state.frame);
  const place = { ...scaled(layout.plot, size.scale), x: 0, y: 0 };
  const picture = {
    widthPx: place.width,
    heightPx: place.height,
    fields: [{ state, place }],
    overlay: () => null,
  };
  const { png, ranges } = await encodePicture(picture, onProgress, signal);
  const image = await dataUrl(png);
  const svg = pictureSvg({ ...commonParts(state, layout), range: ranges[0]!, image, scale: 1 });
  return new Blob([svg], { type: 'image/svg+xml' });
}

function scaled({ x, y, width, height }: Box, scale: number): Box {
  return { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
}

export function dataUrl(content: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(content);
  });
}

function layOut(size: PictureSize, frame: Frame): PictureLayout {
  assertSize(size);
  return layoutPicture(size.width, size.height, frame);
}

/** @throws InvalidInputError */
export function assertSize({ width, height, scale }: PictureSize): void {
  if (!(Number.isInteger(scale) && scale >= 1 && scale <= SCALE_MAX)) {
    throw new InvalidInputError('scale', scale, `a whole number from 1 to ${SCALE_MAX}`);
  }
  assertSides(width, height);
  if (Math.max(width, height) * scale > SIDE_MAX) {
    const received = `${width * scale} × ${height * scale} px`;
    throw new InvalidInputError('width × scale', received, `sides of at most ${SIDE_MAX} px`);
  }
}

function commonParts(state: State, layout: PictureLayout) {
  const title = [describeField(state.field), describeDetails(state)].filter(Boolean).join(' · ');
  return { layout, state, title };
}
