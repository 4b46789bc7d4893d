import type { Vec2 } from '../model/field.ts';
import type { Mark } from '../overlay/marks.ts';
import { COLORMAP_SIZE, type ColormapName, colormapTable } from '../scales/colormaps.ts';
import { type ColorRange, colorScale } from '../scales/colorScale.ts';
import { CONTOUR_OPACITY, isBright } from '../scales/contourInk.ts';
import { hexColor } from '../scales/hexColor.ts';
import { layerColor } from '../scales/layerColors.ts';
import { pictureColors } from '../scales/pictureColors.ts';
import type { State } from '../state/state.ts';
import { CONTOUR_WIDTH, HINGE_WIDTH } from '../view/lineWidths.ts';
import type { PictureGeometry } from '../view/pictureGeometry.ts';
import { contourLines } from './contourLines.ts';
import type { Segment } from './hingeSegments.ts';
import { simplifyLine } from './simplifyLine.ts';

/** Samples of the square or rectangle x × y of view coordinates, ends included, [height, width]. */
export interface LineGrid {
  readonly values: Float64Array;
  readonly width: number;
  readonly height: number;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** Units by which a contour may be off: less than can be seen at any scale of print. */
const TOLERANCE = 0.02;

/** Hinge lines, in pixels of the picture. @param layers the segments of each */
export function hingeMarks(
  layers: readonly (readonly Segment[])[],
  geometry: PictureGeometry,
): Mark[] {
  return layers.flatMap((segments, layer): Mark[] => {
    const lines = traceSegments(segments, geometry);
    if (lines.length === 0) return [];
    const style = {
      fill: 'none',
      stroke: hexColor(layerColor(layer + 1)),
      'stroke-width': HINGE_WIDTH,
    };
    return [{ kind: 'net', circles: [], lines, look: 'hinge', style }];
  });
}

/** The lines in the picture, in its pixels, of segments in view coordinates: curves in pieces in a log-radial one. */
function traceSegments(
  segments: readonly Segment[],
  geometry: PictureGeometry,
): (readonly [Vec2, Vec2])[] {
  return segments.flatMap(([from, to]) => {
    const points = geometry.traceSegment(from, to);
    return points.slice(1).map((point, i) => [points[i]!, point] as const);
  });
}

/** The lines of a state's contours in a plane picture. @param range of its colour map */
export function contourMarks(
  state: State,
  range: ColorRange,
  { values, width, height, x, y }: LineGrid,
  geometry: PictureGeometry,
): Mark[] {
  const { colormap, contours, norm } = pictureColors(state);
  if (colormap === null) return [];
  const scale = colorScale({ norm, contours: { ...contours, filled: true } }, range);
  const { base, baseLow, levels, firstPlace, stepPlace } = scale;
  return levels.flatMap((level, i) => {
    // Where many values are one, several levels are too.
    if (level === levels[i - 1]) return [];
    const share = firstPlace + i * stepPlace;
    const style = {
      fill: 'none',
      stroke: isBright(colorAt(colormap, share)) ? '#000000' : '#ffffff',
      'stroke-opacity': CONTOUR_OPACITY,
      'stroke-width': CONTOUR_WIDTH,
      'stroke-linejoin': 'round',
    };
    const lines = contourLines(values, width, height, base + (baseLow + level));
    return lines.map((line): Mark => {
      const points = line.map(([column, row]) =>
        geometry.toPixel([
          x[0] + (column / (width - 1)) * (x[1] - x[0]),
          y[0] + (row / (height - 1)) * (y[1] - y[0]),
        ]),
      );
      return {
        kind: 'polyline',
        points: simplifyLine(points, TOLERANCE),
        look: 'contour',
        style,
      };
    });
  });
}

/** The colour of a map at a place, 0 to 1. */
function colorAt(colormap: ColormapName, share: number): Uint8Array {
  const entry = Math.min(COLORMAP_SIZE - 1, Math.max(0, Math.floor(share * COLORMAP_SIZE)));
  return colormapTable(colormap).subarray(4 * entry);
}
