import { architectureOf, planeWidths } from './architecture.ts';
import type { Cell, DetailedArrangement } from './arrangement.ts';
import { centerOf, inPlane } from './center.ts';

/**
 * The arrangement as JSON in the form of a GeoJSON FeatureCollection (RFC 7946), coordinates being
 * those of the plane: a Polygon per bounded cell, counterclockwise and closed. GeoJSON has no
 * directions, so an unbounded cell has the geometry null; the property `corners` describes every
 * cell in full as [x, y, w], w = 1 for a place and 0 for the direction (x, y) at infinity.
 *
 * Corners, like the sides of `window`, are relative to the window's center + centerLow if it has one.
 * In a deep view only they are exact: there the polygon's coordinates, rounded to float64, coincide.
 */
export interface ArrangementJson {
  readonly type: 'FeatureCollection';
  readonly properties: Omit<
    DetailedArrangement,
    'points' | 'edges' | 'cells' | 'cutTree' | 'network'
  > & {
    readonly widths: readonly number[];
    readonly activation: string;
  };
  readonly features: readonly CellFeature[];
}

export interface CellFeature {
  readonly type: 'Feature';
  /** Index of the cell, as in `neighbours`. */
  readonly id: number;
  readonly geometry: {
    readonly type: 'Polygon';
    readonly coordinates: readonly (readonly (readonly [number, number])[])[];
  } | null;
  readonly properties: {
    readonly corners: readonly (readonly [number, number, 0 | 1])[];
    /** neighbours[i] lies across the side from corners[i] to the next; null for none. */
    readonly neighbours: readonly (number | null)[];
    readonly pattern: readonly string[];
    readonly regionId: number;
    /** The network is gradient · (x, y) + constant here. */
    readonly gradient: readonly [number, number];
    readonly constant: number;
    /**
     * For a window with a centre: the network is gradient · offset + valueAtCenter here, which keeps
     * the digits that gradient · (x, y) + constant loses far from the origin.
     */
    readonly valueAtCenter?: number;
    /** null for an unbounded cell. */
    readonly area: number | null;
    readonly unbounded: boolean;
    readonly linearRegion: number;
    readonly affineFunction: number;
  };
}

/** The arrangement as JSON text. */
export function arrangementToJson(arrangement: DetailedArrangement): string {
  return JSON.stringify(toFeatureCollection(arrangement));
}

export function toFeatureCollection(arrangement: DetailedArrangement): ArrangementJson {
  const { points: _p, edges: _e, cells, cutTree: _c, network, ...counts } = arrangement;
  return {
    type: 'FeatureCollection',
    properties: {
      ...counts,
      widths: planeWidths(network),
      activation: architectureOf(network).activation,
    },
    features: cells.map((cell, id) => toFeature(arrangement, cell, id)),
  };
}

function toFeature({ points, window }: DetailedArrangement, cell: Cell, id: number): CellFeature {
  const { pattern, regionId, map, area, unbounded, linearRegion, affineFunction } = cell;
  const places = cell.corners.map((corner) => points[corner]);
  const center = centerOf(window);
  const ring = [...places, places[0]].map(({ x, y }) => inPlane(center, x, y));
  return {
    type: 'Feature',
    id,
    geometry: unbounded ? null : { type: 'Polygon', coordinates: [ring] },
    properties: {
      corners: places.map(({ x, y, kind }) => [x, y, kind === 'infinity' ? 0 : 1]),
      neighbours: cell.neighbours.map((neighbour) => (neighbour < 0 ? null : neighbour)),
      pattern,
      regionId,
      gradient: [map.a[0], map.a[1]],
      constant: map.b,
      ...(window?.center ? { valueAtCenter: map.atCenter } : {}),
      area: unbounded ? null : area,
      unbounded,
      linearRegion,
      affineFunction,
    },
  };
}
