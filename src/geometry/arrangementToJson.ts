import { architectureOf, planeWidths } from './architecture.ts';
import type { Arrangement, Cell, DetailedArrangement, PlaneMap } from './arrangement.ts';
import {
  type BoundaryFeature,
  type Corner,
  coordinatesOf,
  cornerOf,
  countsOfDecision,
  decisionFeatures,
  type PieceFeature,
} from './decisionFeatures.ts';

/**
 * The arrangement as JSON in the form of a GeoJSON FeatureCollection (RFC 7946), coordinates being
 * those of the plane: a Polygon per bounded cell, counterclockwise and closed. GeoJSON has no
 * directions, so an unbounded cell has the geometry null; the property `corners` describes every
 * cell in full as [x, y, w], w = 1 for a place and 0 for the direction (x, y) at infinity. If there are several
 * outputs, the pieces of the decision regions and the lines between classes follow.
 *
 * Corners, like the sides of `window`, are relative to the window's center + centerLow if it has one.
 * In a deep view only they are exact: there the polygon's coordinates, rounded to float64, coincide.
 */
export interface ArrangementJson {
  readonly type: 'FeatureCollection';
  readonly properties: Omit<Arrangement, 'network'> & {
    readonly widths: readonly number[];
    readonly activation: string;
  };
  readonly features: readonly (CellFeature | PieceFeature | BoundaryFeature)[];
}

/** A cell as a polygon of GeoJSON. */
export interface CellFeature {
  readonly type: 'Feature';
  /** Index of the cell, as in `neighbours`. */
  readonly id: number;
  readonly geometry: {
    readonly type: 'Polygon';
    readonly coordinates: readonly (readonly (readonly [number, number])[])[];
  } | null;
  readonly properties: RegionCell;
}

/** One activation region: its corners, neighbours, pattern and the affine map of its output, or of the first of several. */
export interface RegionCell extends Affine {
  readonly corners: readonly Corner[];
  /** neighbours[i] lies across the side from corners[i] to the next; null for none. */
  readonly neighbours: readonly (number | null)[];
  readonly pattern: readonly string[];
  readonly regionId: number;
  /** If there are several outputs, all of them; the properties of the feature itself are those of the first. */
  readonly outputs?: readonly Affine[];
  /** If there are several outputs, the indices of those that win somewhere in the cell. */
  readonly classes?: readonly number[];
  /** null for an unbounded cell. */
  readonly area: number | null;
  readonly unbounded: boolean;
  readonly linearRegion: number;
  readonly affineFunction: number;
}

/** An output is gradient · (x, y) + constant in the cell. */
export interface Affine {
  readonly gradient: readonly [number, number];
  readonly constant: number;
  /**
   * For a window with a centre: the output is gradient · offset + valueAtCenter, which keeps
   * the digits that gradient · (x, y) + constant loses far from the origin.
   */
  readonly valueAtCenter?: number;
}

/**
 * The arrangement as JSON text.
 *
 * @param colorOf the colour of a class, as CSS has it
 */
export function arrangementToJson(
  arrangement: DetailedArrangement,
  colorOf: (index: number) => string,
): string {
  return JSON.stringify(toFeatureCollection(arrangement, colorOf));
}

/** The cells and decision regions of an arrangement as a FeatureCollection. @param colorOf #rrggbb of a class */
export function toFeatureCollection(
  arrangement: DetailedArrangement,
  colorOf: (index: number) => string,
): ArrangementJson {
  const { points: _p, edges: _e, cells: _cells, cutTree: _c, network, ...counts } = arrangement;
  return {
    type: 'FeatureCollection',
    properties: {
      ...counts,
      decision: counts.decision && countsOfDecision(counts.decision),
      widths: planeWidths(network),
      activation: architectureOf(network).activation,
    },
    features: [...cellFeatures(arrangement), ...decisionFeatures(arrangement, colorOf)],
  };
}

/** A feature for each cell, in their order. */
export function cellFeatures(arrangement: DetailedArrangement): CellFeature[] {
  return arrangement.cells.map((cell, id) => toFeature(arrangement, cell, id));
}

function toFeature({ points, window }: DetailedArrangement, cell: Cell, id: number): CellFeature {
  const { pattern, regionId, maps, area, unbounded, linearRegion, affineFunction, classes } = cell;
  const places = cell.corners.map((corner) => points[corner]);
  const ring = coordinatesOf([...places, places[0]], window);
  const outputs = maps.map((map) => affineOf(map, window?.center !== undefined));
  return {
    type: 'Feature',
    id,
    geometry: unbounded ? null : { type: 'Polygon', coordinates: [ring] },
    properties: {
      corners: places.map(cornerOf),
      neighbours: cell.neighbours.map((neighbour) => (neighbour < 0 ? null : neighbour)),
      pattern,
      regionId,
      ...outputs[0],
      ...(outputs.length > 1 ? { outputs, classes } : {}),
      area: unbounded ? null : area,
      unbounded,
      linearRegion,
      affineFunction,
    },
  };
}

function affineOf({ a, b, atCenter }: PlaneMap, isCentered: boolean): Affine {
  return {
    gradient: [a[0], a[1]],
    constant: b,
    ...(isCentered ? { valueAtCenter: atCenter } : {}),
  };
}
