import type { Mark } from '../overlay/marks.ts';
import { COLORMAP_SIZE, type ColormapName, colormapTable } from '../scales/colormaps.ts';
import { type ColorRange, colorScale } from '../scales/colorScale.ts';
import { hexColor } from '../scales/hexColor.ts';
import { layerColor } from '../scales/layerColors.ts';
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

/** As in color.wgsl: lines cover the ground to three quarters, in black where the map is brighter than this. */
const CONTOUR_OPACITY = 0.75;
const BRIGHT = 0.35;
/** Units by which a contour may be off: less than can be seen at any scale of print. */
const TOLERANCE = 0.02;
const LUMINANCE = [0.2126, 0.7152, 0.0722] as const;

/** Hinge lines, in pixels of the picture. @param layers the segments of each */
export function hingeMarks(
  layers: readonly (readonly Segment[])[],
  geometry: PictureGeometry,
): Mark[] {
  return layers.flatMap((segments, layer): Mark[] => {
    const lines = segments.flatMap(([from, to]) => {
      const points = geometry.traceSegment(from, to);
      return points.slice(1).map((point, i) => [points[i]!, point] as const);
    });
    if (lines.length === 0) return [];
    const style = {
      fill: 'none',
      stroke: hexColor(layerColor(layer + 1)),
      'stroke-width': HINGE_WIDTH,
    };
    return [{ kind: 'net', circles: [], lines, look: 'hinge', style }];
  });
}

/** The lines of a state's contours in a plane picture. @param range of its colour map */
export function contourMarks(
  { contours, colormap }: Pick<State, 'contours' | 'colormap'>,
  range: ColorRange,
  { values, width, height, x, y }: LineGrid,
  geometry: PictureGeometry,
): Mark[] {
  const { base, baseLow, min, max, levels } = colorScale({ ...contours, filled: true }, range);
  return levels.flatMap((level) => {
    const share = (level - min) / (max - min);
    const style = {
      fill: 'none',
      stroke: isBright(colormap, share) ? '#000000' : '#ffffff',
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

function isBright(colormap: ColormapName, share: number): boolean {
  const entry = Math.min(COLORMAP_SIZE - 1, Math.max(0, Math.floor(share * COLORMAP_SIZE)));
  const table = colormapTable(colormap);
  const luminance = LUMINANCE.reduce((sum, weight, i) => sum + weight * table[4 * entry + i]!, 0);
  return luminance / 255 > BRIGHT;
}
