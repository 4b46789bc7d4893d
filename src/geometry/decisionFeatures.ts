import type {
  ArrangementPoint,
  Decision,
  DetailedArrangement,
  PlaneWindow,
} from './arrangement.ts';
import { centerOf, inPlane } from './center.ts';

/** `[x, y, w]`, relative to the window's centre; w = 1 for a place, 0 for the direction (x, y) at infinity. */
export type Corner = readonly [number, number, 0 | 1];

/** A convex piece of a decision region; its geometry is null if it is unbounded. */
export interface PieceFeature {
  readonly type: 'Feature';
  readonly geometry: {
    readonly type: 'Polygon';
    readonly coordinates: readonly (readonly (readonly [number, number])[])[];
  } | null;
  readonly properties: {
    /** Index of the output that wins. */
    readonly class: number;
    /** The colour of the class, by the name that programs for maps know (simplestyle-spec). */
    readonly fill: string;
    /** Index of the decision region, and of the cell. */
    readonly decisionRegion: number;
    readonly cell: number;
    readonly corners: readonly Corner[];
    /** null if it is unbounded. */
    readonly area: number | null;
  };
}

/** A straight part of the boundary between two classes; its geometry is null if it is unbounded. */
export interface BoundaryFeature {
  readonly type: 'Feature';
  readonly geometry: {
    readonly type: 'LineString';
    readonly coordinates: readonly (readonly [number, number])[];
  } | null;
  readonly properties: {
    /** The classes on both sides, looking from the first end to the second. */
    readonly left: number;
    readonly right: number;
    readonly ends: readonly [Corner, Corner];
  };
}

/** The decision of an arrangement as GeoJSON features: its pieces, and the lines between classes. */
export function decisionFeatures(
  { decision, window }: DetailedArrangement,
  colorOf: (index: number) => string,
): (PieceFeature | BoundaryFeature)[] {
  if (decision === null) return [];
  const { points, pieces, boundary } = decision;
  return [
    ...pieces.map((piece): PieceFeature => {
      const places = piece.corners.map((corner) => points[corner]);
      const isBounded = Number.isFinite(piece.area);
      const ring = coordinatesOf([...places, places[0]], window);
      return {
        type: 'Feature',
        geometry: isBounded ? { type: 'Polygon', coordinates: [ring] } : null,
        properties: {
          class: piece.class,
          fill: colorOf(piece.class),
          decisionRegion: piece.region,
          cell: piece.cell,
          corners: places.map(cornerOf),
          area: isBounded ? piece.area : null,
        },
      };
    }),
    ...boundary.map(({ from, to, left, right }): BoundaryFeature => {
      const [start, end] = [points[from], points[to]];
      const isBounded = start.kind !== 'infinity' && end.kind !== 'infinity';
      const coordinates = coordinatesOf([start, end], window);
      return {
        type: 'Feature',
        geometry: isBounded ? { type: 'LineString', coordinates } : null,
        properties: { left, right, ends: [cornerOf(start), cornerOf(end)] },
      };
    }),
  ];
}

/** [x, y, 1], or [x, y, 0] for a direction at infinity. */
export function cornerOf({ x, y, kind }: ArrangementPoint): Corner {
  return [x, y, kind === 'infinity' ? 0 : 1];
}

/** In the plane, rounded to float64. */
export function coordinatesOf(places: readonly ArrangementPoint[], window: PlaneWindow | null) {
  const center = centerOf(window);
  return places.map(({ x, y }) => inPlane(center, x, y));
}

/** A decision without its parts. */
export function countsOfDecision({ wins, regions, classes, boundaryLength }: Decision): Decision {
  return { wins, regions, classes, boundaryLength };
}
