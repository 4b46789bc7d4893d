import type { Cell, DetailedArrangement } from '../geometry/arrangement.ts';
import type { Vec2 } from '../model/field.ts';
import type { Mark } from '../overlay/marks.ts';
import type { PictureGeometry } from '../view/pictureGeometry.ts';
import type { View } from '../view/view.ts';
import { networkHinges } from './hingeSegments.ts';
import { traceSegments } from './lineMarks.ts';

/** With more points than this edges are thin, without casing and vertices, so that the picture stays visible. */
export const DENSE_POINTS = 2000;
/** The radius and the width of the stroke that make a dot. */
const DOT = { radius: 1.1, stroke: 2.3 };

/**
 * The exact edges and vertices of a network's regions, and the outline of a selected one, in pixels of the picture.
 *
 * @param arrangement of a window about the view's centre
 */
export function edgeMarks(
  arrangement: DetailedArrangement,
  view: View,
  selected: Cell | null,
  geometry: PictureGeometry,
): Mark[] {
  const { points } = arrangement;
  const placeOf = ({ x, y }: { readonly x: number; readonly y: number }): Vec2 => [
    x / view.halfWidth,
    y / view.halfWidth,
  ];
  const lines = traceSegments(networkHinges(arrangement, view).flat(), geometry);
  const isDense = points.length > DENSE_POINTS;
  const vertices = points.filter(({ kind }) => kind === 'vertex');
  const circles = vertices.map((vertex) => ({
    center: geometry.toPixel(placeOf(vertex)),
    radius: DOT.radius,
  }));
  const marks: Mark[] = [];
  if (lines.length > 0) {
    if (!isDense) marks.push(net(lines, [], { stroke: '#000000', width: 2.6, opacity: 0.45 }));
    marks.push(net(lines, [], { stroke: '#ffffff', width: isDense ? 0.6 : 1.1 }));
  }
  if (circles.length > 0 && !isDense) {
    marks.push(net([], circles, { stroke: '#ffffff', width: DOT.stroke }));
  }
  if (selected) marks.push(outlineOf(selected, arrangement, placeOf, geometry));
  return marks;
}

interface Stroke {
  readonly stroke: string;
  readonly width: number;
  readonly opacity?: number;
}

function net(
  lines: readonly (readonly [Vec2, Vec2])[],
  circles: readonly { readonly center: Vec2; readonly radius: number }[],
  { stroke, width, opacity = 1 }: Stroke,
): Mark {
  const style = { fill: 'none', stroke, 'stroke-width': width, 'stroke-opacity': opacity };
  return { kind: 'net', circles, lines, look: 'edge', style };
}

function outlineOf(
  { corners }: Cell,
  { points }: DetailedArrangement,
  placeOf: (point: { readonly x: number; readonly y: number }) => Vec2,
  geometry: PictureGeometry,
): Mark {
  const places = corners.map((corner) => placeOf(points[corner]!));
  const around = places.flatMap((from, i) =>
    geometry.traceSegment(from, places[(i + 1) % places.length]!),
  );
  const style = {
    fill: '#ff2f6d',
    'fill-opacity': 0.25,
    stroke: '#ff2f6d',
    'stroke-width': 2.5,
    'stroke-linejoin': 'round',
  };
  return { kind: 'polyline', points: around, look: 'selected', style };
}
