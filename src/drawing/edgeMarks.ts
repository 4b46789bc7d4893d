import type { Cell, DetailedArrangement } from '../geometry/arrangement.ts';
import type { Vec2 } from '../model/field.ts';
import type { Mark } from '../overlay/marks.ts';
import type { PictureGeometry } from '../view/pictureGeometry.ts';
import type { View } from '../view/view.ts';
import { DENSE_POINTS, type Line, PlacedPoints } from './edgeLines.ts';

/** The radius and the width of the stroke that make a dot. */
const DOT = { radius: 1.1, stroke: 2.3 };
/** Lines with the casing below them; a dense net has no casing. */
const EDGES = {
  sparse: [
    { stroke: '#000000', width: 2.6, opacity: 0.45 },
    { stroke: '#ffffff', width: 1.1 },
  ],
  dense: [{ stroke: '#ffffff', width: 0.6 }],
};
const BOUNDARY = {
  sparse: [
    { stroke: '#ffffff', width: 5, opacity: 0.8 },
    { stroke: '#000000', width: 2.8 },
  ],
  dense: [
    { stroke: '#ffffff', width: 3.2, opacity: 0.8 },
    { stroke: '#000000', width: 1.8 },
  ],
};

/**
 * The exact edges and vertices of a network's regions, the lines between its classes, and the outline of a selected
 * region, in pixels of the picture.
 *
 * @param arrangement of a window about the view's centre
 */
export function edgeMarks(
  arrangement: DetailedArrangement,
  { halfWidth }: View,
  selected: Cell | null,
  geometry: PictureGeometry,
): Mark[] {
  const { points, edges, decision } = arrangement;
  const toView = (x: number, y: number): Vec2 => [x / halfWidth, y / halfWidth];
  const placed = new PlacedPoints(points, toView, geometry);
  const density = points.length > DENSE_POINTS ? 'dense' : 'sparse';
  const circles = points.flatMap(({ kind }, i) => {
    const center = placed.pixels[i];
    return kind === 'vertex' && center ? [{ center, radius: DOT.radius }] : [];
  });
  const boundary = decision
    ? new PlacedPoints(decision.points, toView, geometry).lines(decision.boundary)
    : [];
  const outline = selected && placed.outline(selected.corners);
  return [
    ...strokes(placed.lines(edges.filter(({ neuron }) => neuron >= 0)), 'edge', EDGES[density]),
    ...(circles.length > 0 && density === 'sparse' ? [dots(circles)] : []),
    ...strokes(boundary, 'boundary', BOUNDARY[density]),
    ...(outline ? [outlineMark(outline)] : []),
  ];
}

interface Stroke {
  readonly stroke: string;
  readonly width: number;
  readonly opacity?: number;
}

function strokes(lines: readonly Line[], look: string, layers: readonly Stroke[]): Mark[] {
  if (lines.length === 0) return [];
  const parts = lines.flatMap((line) =>
    line.slice(1).map((point, i) => [line[i]!, point] as const),
  );
  return layers.map(({ stroke, width, opacity = 1 }) => {
    const style = { fill: 'none', stroke, 'stroke-width': width, 'stroke-opacity': opacity };
    return { kind: 'net', circles: [], lines: parts, look, style };
  });
}

function dots(circles: readonly { readonly center: Vec2; readonly radius: number }[]): Mark {
  const style = { fill: 'none', stroke: '#ffffff', 'stroke-width': DOT.stroke };
  return { kind: 'net', circles, lines: [], look: 'edge', style };
}

function outlineMark(points: Line): Mark {
  const style = {
    fill: '#ff2f6d',
    'fill-opacity': 0.25,
    stroke: '#ff2f6d',
    'stroke-width': 2.5,
    'stroke-linejoin': 'round',
  };
  return { kind: 'polyline', points, look: 'selected', style };
}
