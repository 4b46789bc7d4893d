import { findSample, partOf } from '../data/findSample.ts';
import { encodeSmallPng } from '../formats/smallPng.ts';
import type { Vec2 } from '../model/field.ts';
import {
  drawImage,
  enlarge,
  type GrayRange,
  type ImageShape,
  imageShapeOf,
} from '../model/imageShape.ts';
import { coordinatesOf, pointOfSlice } from '../model/slice.ts';
import { formatNumber } from '../scales/format.ts';
import type { State } from '../state/state.ts';
import { dataOf, grayRangeOf } from '../state/stateData.ts';
import type { PictureGeometry } from '../view/pictureGeometry.ts';
import { type View, viewCoordinate } from '../view/view.ts';
import { INK } from './ink.ts';
import { type Layer, type LegendEntry, NO_LAYER, SIGN_WIDTH } from './layer.ts';
import type { Attributes, Box, Mark } from './marks.ts';

/** The longer side of an image: this part of the picture's shorter side, and no more than so many pixels. */
const PART = 0.16;
const SIDE_MAX_PX = 84;
/** Pixels are repeated until its longer side has so many. */
const DRAWN_PX = 112;
/** From the lower edge of an image to the baseline of its coordinates. */
const LABEL_DROP = 14;
const DIGITS = 4;
/** In views of a larger half-width the images move outwards, so that they do not lie on each other. */
const HALF_WIDTH_OF_UNIT = 3;
/** The largest part of the half-width at which they stand then. */
const SPREAD = 0.75;

const WHITE = '#ffffff';
const FRAME: Attributes = { fill: 'none', stroke: WHITE, 'stroke-width': 2 };
const CASING: Attributes = { fill: INK, stroke: INK, 'stroke-width': 4 };
const TEXT: Attributes = { fill: WHITE, 'font-size': 12 };
const HALO: Attributes = {
  stroke: '#000000',
  'stroke-opacity': 0.8,
  'stroke-width': 3,
  'stroke-linejoin': 'round',
};

/**
 * The three points that span the plane of a slice, u = (0, 0), (1, 0) and (0, 1), as images at their places; in a view of many units
 * those at (r, 0) and (0, r) with a round r. None where two inputs vary by themselves: the images would be the same.
 */
export function imagesLayer(state: State, geometry: PictureGeometry): Layer {
  const { field, view, image } = state;
  const { slice } = field;
  const shape = imageShapeOf(field, image);
  if (shape === null || slice === null || coordinatesOf(slice) !== null) return NO_LAYER;
  const range = grayRangeOf(state);
  const r = spreadOf(view.halfWidth);
  const places: readonly Vec2[] = [
    [0, 0],
    [r, 0],
    [0, r],
  ];
  const marks = places.flatMap((place) => {
    const point = pointOfSlice(slice, ...place);
    const picture = { point, name: nameOfPoint(state, point), shape, range };
    return imageMarks(place, picture, view, geometry);
  });
  return { marks, legend: marks.length > 0 ? [legendOf(range)] : [] };
}

/** 1, or the next smaller 1, 2 or 5 times a power of ten. */
function spreadOf(halfWidth: number): number {
  if (halfWidth <= HALF_WIDTH_OF_UNIT) return 1;
  const most = SPREAD * halfWidth;
  const power = 10 ** Math.floor(Math.log10(most));
  return power * [5, 2, 1].find((factor) => factor * power <= most)!;
}

/** The class of a point of the data set; null of any other. */
function nameOfPoint(state: State, point: readonly number[]): string | null {
  const set = dataOf(state);
  const place = set && findSample(set, point);
  if (!place || set?.task !== 'classification') return null;
  return set.classNames[partOf(set, place.part).y[place.index]!]!;
}

interface PointImage {
  readonly point: readonly number[];
  readonly name: string | null;
  readonly shape: ImageShape;
  readonly range: GrayRange;
}

function imageMarks(
  [u1, u2]: Vec2,
  { point, name, shape, range }: PointImage,
  view: View,
  geometry: PictureGeometry,
): Mark[] {
  const place = { x: { high: u1, low: 0 }, y: { high: u2, low: 0 } };
  const [x, y] = geometry.toPixel(viewCoordinate(view, place));
  const isSeen = x >= 0 && x <= geometry.width && y >= 0 && y <= geometry.height;
  if (!isSeen) return [];
  const box = boxAt(x, y, shape, geometry);
  const pixels = drawImage(point, shape, range);
  const factor = Math.ceil(DRAWN_PX / Math.max(shape.height, shape.width));
  const png = encodeSmallPng(enlarge(pixels, shape.width, factor), shape.width * factor);
  const where = `(${formatNumber(u1, DIGITS)}, ${formatNumber(u2, DIGITS)})`;
  const text = name === null ? where : `${name} at ${where}`;
  const at = [x, box.y + box.height + LABEL_DROP] as const;
  return [
    { kind: 'rect', box, look: 'imageCasing', style: CASING },
    { kind: 'image', box, png, look: 'image', style: {} },
    { kind: 'rect', box, look: 'imageFrame', style: FRAME },
    { kind: 'text', text, at, anchor: 'middle', halo: HALO, look: 'imageLabel', style: TEXT },
  ];
}

function boxAt(
  x: number,
  y: number,
  { height, width }: ImageShape,
  geometry: PictureGeometry,
): Box {
  const side = Math.min(SIDE_MAX_PX, PART * Math.min(geometry.width, geometry.height));
  const perPixel = side / Math.max(height, width);
  const [w, h] = [width * perPixel, height * perPixel];
  return { x: x - w / 2, y: y - h / 2, width: w, height: h };
}

function legendOf([black, white]: GrayRange): LegendEntry {
  const half = { y: -5, width: SIGN_WIDTH / 2, height: 10 };
  const outline = { stroke: INK, 'stroke-width': 0.5 };
  return {
    sign: [
      {
        kind: 'rect',
        box: { ...half, x: 0 },
        look: 'black',
        style: { ...outline, fill: '#000000' },
      },
      {
        kind: 'rect',
        box: { ...half, x: half.width },
        look: 'white',
        style: { ...outline, fill: WHITE },
      },
    ],
    text: describeGrays([black, white]),
  };
}

/** What black and white are. */
export function describeGrays([black, white]: GrayRange): string {
  return `black ${formatNumber(black, DIGITS)}, white ${formatNumber(white, DIGITS)}`;
}
