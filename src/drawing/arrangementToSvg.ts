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
import { classColor } from '../scales/classColors.ts';
import { subscript } from '../scales/format.ts';
import { hexColor } from '../scales/hexColor.ts';
import { hslColor } from '../scales/hsl.ts';
import {
  type FieldNames,
  formatMap,
  PLAIN_NAMES,
  type PlaneAxis,
  toUnit,
} from '../scales/names.ts';
import { idPrefix } from './svgIds.ts';
import { escapeMarkup } from './svgMarkup.ts';

export interface SvgOptions {
  /** Width of the picture in px; its height follows from the frame. */
  readonly width?: number;
  /**
   * The part of the plane to show, relative to the same point as the arrangement's corners; by default
   * the window, or for the plane a square with all vertices.
   */
  readonly frame?: PlaneWindow;
  readonly names?: FieldNames;
}

const DEFAULT_WIDTH = 800;
/** Digits of the numbers in a cell's affine map. */
const MAP_DIGITS = 5;
/** Decimals of px: finer than any printer. */
const DECIMALS = 3;

/** A drawing of an arrangement: places become pixels. */
interface Canvas {
  readonly arrangement: DetailedArrangement;
  readonly frame: PlaneWindow;
  readonly names: FieldNames;
  toPx(x: number, y: number): string;
}

/**
 * The arrangement as an SVG document: one polygon per cell, with pattern and affine maps as its title, and hinges and vertices
 * drawn over them. It is coloured by its pattern, or, if there are several outputs, by the classes that win in it; the lines
 * between these are heavier. The second axis points up.
 */
export function arrangementToSvg(
  arrangement: DetailedArrangement,
  options: SvgOptions = {},
): string {
  const frame = options.frame ?? frameOf(arrangement);
  const width = options.width ?? DEFAULT_WIDTH;
  const names = options.names ?? PLAIN_NAMES;
  const scale = width / (frame.x[1] - frame.x[0]);
  const height = (frame.y[1] - frame.y[0]) * scale;
  const toPx = (x: number, y: number): string =>
    `${round((x - frame.x[0]) * scale)},${round((frame.y[1] - y) * scale)}`;
  const canvas: Canvas = { arrangement, frame, names, toPx };
  const title = titleOf(canvas);
  const id = idPrefix('region', [
    title,
    width,
    ...arrangement.points.flatMap(({ x, y }) => [x, y]),
  ]);
  const size = `width="${round(width)}" height="${round(height)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${round(width)} ${round(height)}">`,
    `<title>${title}</title>`,
    ...drawClasses(canvas),
    '<g stroke="#222222" stroke-width="0.5" stroke-linejoin="round">',
    ...arrangement.cells.flatMap((cell, i) => drawCell(canvas, cell, `${id}-${i}`)),
    '</g>',
    ...drawBoundary(canvas),
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

/** The decision regions in the colours of their classes; a stroke of the same colour closes the seams between their pieces. */
function drawClasses({ arrangement: { decision }, frame, names, toPx }: Canvas): string[] {
  if (decision === null) return [];
  return decision.classes.flatMap(({ index }) => {
    const pieces = decision.pieces.filter((piece) => piece.class === index);
    const outlines = pieces.flatMap(({ corners }) => {
      const outline = clipToFrame(
        corners.map((corner) => decision.points[corner]!),
        frame,
      );
      return outline.length < 3 ? [] : [`M${outline.map(([x, y]) => toPx(x, y)).join('L')}Z`];
    });
    if (outlines.length === 0) return [];
    const color = hexColor(classColor(index));
    const paint = `fill="${color}" stroke="${color}" stroke-width="0.5"`;
    return [
      `<path ${paint} d="${outlines.join('')}"><title>${escapeMarkup(names.nameClass(index))}</title></path>`,
    ];
  });
}

/** The lines between classes. */
function drawBoundary({ arrangement: { decision }, frame, toPx }: Canvas): string[] {
  const lines = (decision?.boundary ?? []).flatMap(({ from, to }) => {
    const line = clipToFrame([decision!.points[from]!, decision!.points[to]!], frame);
    return line.length < 2 ? [] : [`M${line.map(([x, y]) => toPx(x, y)).join('L')}`];
  });
  if (lines.length === 0) return [];
  const pen = 'fill="none" stroke="#000000" stroke-width="2" stroke-linecap="round"';
  return [`<path ${pen} d="${lines.join('')}"/>`];
}

function drawCell(canvas: Canvas, cell: Cell, id: string): string[] {
  const { arrangement, frame, toPx } = canvas;
  const outline: Vec2[] = clipToFrame(
    cell.corners.map((corner) => arrangement.points[corner]),
    frame,
  );
  if (outline.length < 3) return [];
  const corners = outline.map(([x, y]) => toPx(x, y)).join(' ');
  // Classes show through a cell that a pointer finds all the same.
  const paint = arrangement.decision
    ? 'fill="none" pointer-events="all"'
    : `fill="${colorOf(cell.regionId)}"`;
  return [
    `<polygon id="${id}" points="${corners}" ${paint}>` +
      `<title>${escapeMarkup(titleOfCell(cell, canvas))}</title></polygon>`,
  ];
}

/** The pattern with f, or with the outputs of the classes that win in the cell. */
function titleOfCell({ pattern, map, maps, classes }: Cell, { names }: Canvas): string {
  const named =
    maps.length === 1
      ? [['f(x)', map] as const]
      : classes.map(
          (index) =>
            [`${names.nameClass(index)}, z${subscript(index + 1)}(x)`, maps[index]!] as const,
        );
  const texts = named.map(([name, one]) => `${name} = ${formatMap(one, MAP_DIGITS, names.axes)}`);
  return [...(pattern.length > 0 ? [pattern.join(' ')] : []), texts.join('; ')].join(': ');
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

function titleOf({ arrangement, frame: { x, y }, names }: Canvas): string {
  const { network, activationRegions, window } = arrangement;
  const center = centerOf(window);
  const side = ({ name, unit }: PlaneAxis, from: DoubleDouble, ends: PlaneWindow['x']) => {
    const { high, low } = toUnit(from, unit);
    const parts = [high, low].filter((part) => part !== 0);
    const range = ends.map((end) => end * (unit?.scale ?? 1)).join(' … ');
    return parts.length === 0 ? `${name} ${range}` : `${name} ${parts.join(' + ')} + (${range})`;
  };
  const name = `${planeWidths(network).join('-')} ${architectureOf(network).activation}`;
  const sides = [side(names.axes[0], center.x, x), side(names.axes[1], center.y, y)];
  return escapeMarkup(`${name}: ${activationRegions} regions, ${sides.join(', ')}`);
}

function round(value: number): string {
  return String(Number(value.toFixed(DECIMALS)) + 0);
}
