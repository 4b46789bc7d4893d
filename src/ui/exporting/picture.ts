import type { PictureLayout } from '../../export/pictureLayout.ts';
import { layoutPicture, SIDE_MAX } from '../../export/pictureLayout.ts';
import { writePngState } from '../../export/pngMetadata.ts';
import { pictureSvg } from '../../export/svg.ts';
import { InvalidInputError } from '../../model/field.ts';
import type { State } from '../../state/state.ts';
import { encodeState } from '../../state/url.ts';
import { make } from '../dom.ts';
import { describeDetails, describeField } from '../labels.ts';
import { legendOf } from '../legend.ts';
import { drawField } from './drawField.ts';
import { exerciseMarkup } from './exerciseMarkup.ts';

/** The size of an exported picture, axes and colour bar included. */
export interface PictureSize {
  /** In units of the text: a title has 16, a label 12. */
  readonly width: number;
  readonly height: number;
  /** Pixels per unit, 1 to 16. */
  readonly scale: number;
}

export const FIRST_SIZE: PictureSize = { width: 800, height: 600, scale: 2 };
export const SCALE_MAX = 16;

/**
 * The state's picture with axes, colour bar and title; the file holds the state.
 *
 * @throws InvalidInputError for a wrong size; RangeError for one that the device cannot draw
 */
export async function drawPng(state: State, size: PictureSize): Promise<Blob> {
  const layout = layOut(size);
  const { plot } = layout;
  const { scale } = size;
  const canvas = make('canvas', { width: layout.width * scale, height: layout.height * scale });
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  const place = [plot.width * scale, plot.height * scale] as const;
  const range = await drawField(state, ...place, (field, report) => {
    context.drawImage(field, plot.x * scale, plot.y * scale);
    return report.range;
  });
  const frame = pictureSvg({ ...commonParts(state, layout), range, image: null, scale });
  context.drawImage(await loadSvg(frame), 0, 0);
  const png = new Uint8Array(await (await encodePng(canvas)).arrayBuffer());
  return new Blob([writePngState(png, encodeState(state)).slice()], { type: 'image/png' });
}

/**
 * The same as SVG: the field is an image of `scale` pixels per unit, everything else vectors.
 *
 * @throws InvalidInputError for a wrong size; RangeError for one that the device cannot draw
 */
export async function drawSvg(state: State, size: PictureSize): Promise<Blob> {
  const layout = layOut(size);
  const { width, height } = layout.plot;
  const { scale } = size;
  const { image, range } = await drawField(
    state,
    width * scale,
    height * scale,
    (field, report) => ({ image: field.toDataURL('image/png'), range: report.range }),
  );
  const svg = pictureSvg({ ...commonParts(state, layout), range, image, scale: 1 });
  return new Blob([svg], { type: 'image/svg+xml' });
}

function layOut({ width, height, scale }: PictureSize): PictureLayout {
  if (!(Number.isInteger(scale) && scale >= 1 && scale <= SCALE_MAX)) {
    throw new InvalidInputError('scale', scale, `a whole number from 1 to ${SCALE_MAX}`);
  }
  const layout = layoutPicture(width, height);
  if (Math.max(width, height) * scale > SIDE_MAX) {
    const received = `${width * scale} × ${height * scale} px`;
    throw new InvalidInputError('width × scale', received, `sides of at most ${SIDE_MAX} px`);
  }
  return layout;
}

function commonParts(state: State, layout: PictureLayout) {
  const title = [describeField(state.field), describeDetails(state)].filter(Boolean).join(' · ');
  const overlay = exerciseMarkup(state, layout.plot);
  return { layout, state, title, overlay, legend: legendOf(state) };
}

async function loadSvg(svg: string): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = make('img', { src: url });
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(url);
  }
}

function encodePng(canvas: HTMLCanvasElement): Promise<Blob> {
  const { width, height } = canvas;
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new RangeError(`This browser cannot encode a PNG of ${width} × ${height} px.`));
    }, 'image/png');
  });
}
