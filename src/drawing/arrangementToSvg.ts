import { architectureOf, planeWidths } from '../geometry/architecture.ts';
import type {
  ArrangementPoint,
  Cell,
  DetailedArrangement,
  PlaneWindow,
} from '../geometry/arrangement.ts';
import { centerOf } from '../geometry/center.ts';
import { clipToFrame, frameOf } from '../geometry/clipToFrame.ts';
import type { Vec2 } from '../model/field.ts';
import type { DoubleDouble } from '../numeric/doubleDouble.ts';
import { formatAffine } from '../scales/format.ts';
import { hexColor } from '../scales/hexColor.ts';
import { hslColor } from '../scales/hsl.ts';
import { idPrefix } from './svgIds.ts';

export interface SvgOptions {
  /** Width of the picture in px; its height follows from the frame. */
  readonly width?: number;
  /**
   * The part of the plane to show, relative to the same point as the arrangement's corners; by default
   * the window, or for the plane a square with all vertices.
   */
  readonly frame?: PlaneWindow;
}

const DEFAULT_WIDTH = 800;
/** Digits of the numbers in a cell's affine map. */
const MAP_DIGITS = 5;
/** Decimals of px: finer than any printer. */
const DECIMALS = 3;

/**
 * The arrangement as an SVG document: one polygon per cell, coloured by its pattern, with pattern
 * and affine map as its title; hinges and vertices drawn over them. The second axis points up.
 */
export function arrangementToSvg(
  arrangement: DetailedArrangement,
  options: SvgOptions = {},
): string {
  const frame = options.frame ?? frameOf(arrangement);
  const width = options.width ?? DEFAULT_WIDTH;
  const scale = width / (frame.x[1] - frame.x[0]);
  const height = (frame.y[1] - frame.y[0]) * scale;
  const toPx = (x: number, y: number): string =>
    `${round((x - frame.x[0]) * scale)},${round((frame.y[1] - y) * scale)}`;
  const title = titleOf(arrangement, frame);
  const id = idPrefix('region', [
    title,
    width,
    ...arrangement.points.flatMap(({ x, y }) => [x, y]),
  ]);
  const size = `width="${round(width)}" height="${round(height)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${round(width)} ${round(height)}">`,
    `<title>${title}</title>`,
    '<g stroke="#222222" stroke-width="0.5" stroke-linejoin="round">',
    ...arrangement.cells.flatMap((cell, i) =>
      drawCell(arrangement, cell, `${id}-${i}`, frame, toPx),
    ),
    '</g>',
    '<g fill="#222222">',
    ...arrangement.points
      .filter((point) => isShown(point, frame))
      .map(({ x, y }) => {
        const [cx, cy] = toPx(x, y).split(',');
        return `<circle cx="${cx}" cy="${cy}" r="1"/>`;
      }),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function drawCell(
  { points }: DetailedArrangement,
  cell: Cell,
  id: string,
  frame: PlaneWindow,
  toPx: (x: number, y: number) => string,
): string[] {
  const outline: Vec2[] = clipToFrame(
    cell.corners.map((corner) => points[corner]),
    frame,
  );
  if (outline.length < 3) return [];
  const title = `${cell.pattern.join(' ')}: f(x) = ${formatAffine(cell.map, MAP_DIGITS)}`;
  const corners = outline.map(([x, y]) => toPx(x, y)).join(' ');
  return [
    `<polygon id="${id}" points="${corners}" fill="${colorOf(cell.regionId)}">` +
      `<title>${title}</title></polygon>`,
  ];
}

/** Pale colours, from the bits of the region's id, so that a pattern always has the same colour. */
function colorOf(regionId: number): string {
  const hue = regionId % 360;
  const lightness = 72 + ((regionId >>> 16) % 16);
  return hexColor(hslColor(hue, 0.6, lightness / 100));
}

function isShown({ x, y, kind }: ArrangementPoint, frame: PlaneWindow): boolean {
  const isInside = x >= frame.x[0] && x <= frame.x[1] && y >= frame.y[0] && y <= frame.y[1];
  return kind === 'vertex' && isInside;
}

function titleOf(arrangement: DetailedArrangement, { x, y }: PlaneWindow): string {
  const { network, activationRegions, window } = arrangement;
  const center = centerOf(window);
  const side = (name: string, from: DoubleDouble, [least, greatest]: PlaneWindow['x']) => {
    const parts = [from.high, from.low].filter((part) => part !== 0);
    const range = `${least} … ${greatest}`;
    return parts.length === 0 ? `${name} ${range}` : `${name} ${parts.join(' + ')} + (${range})`;
  };
  const name = `${planeWidths(network).join('-')} ${architectureOf(network).activation}`;
  const sides = [side('x₁', center.x, x), side('x₂', center.y, y)];
  return `${name}: ${activationRegions} regions, ${sides.join(', ')}`;
}

function round(value: number): string {
  return String(Number(value.toFixed(DECIMALS)) + 0);
}
