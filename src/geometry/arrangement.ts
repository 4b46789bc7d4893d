import type { Vec2 } from '../model/field.ts';
import type { PlaneNetwork } from '../model/planeNetwork.ts';
import type { Wins } from '../model/readouts.ts';
import type { RegionBounds } from './bounds.ts';

/**
 * The arrangement of a network's hinges: the result of `enumerateRegions`, as plain data that
 * can be posted between threads.
 */

/** No window corner and no centre lies further out: squares and products of coordinates stay far from overflow. */
export const WINDOW_MAX = 1e30;

/** A rectangle of the plane, each side [min, max]. */
export interface PlaneWindow {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  /**
   * The point to which the sides, and all places returned for this window, are relative: the
   * exact sums center + centerLow, as in a view; [0, 0] unless given. In a deep view offsets from
   * its centre have all their digits, where coordinates of the plane have none left.
   */
  readonly center?: Vec2;
  readonly centerLow?: Vec2;
}

/** Every count is exact, for the open window or for the whole plane. */
export interface Arrangement {
  /** The enumerated window; null for the whole plane. */
  readonly window: PlaneWindow | null;
  readonly network: PlaneNetwork;
  /** Regions with an interior on which every neuron keeps its sign. */
  readonly activationRegions: number;
  /** Connected sets with one affine map of all outputs: neighbours with identical maps count as one. */
  readonly linearRegions: number;
  /** Distinct affine maps among the linear regions. */
  readonly affineFunctions: number;
  /** Points where hinges meet, inside the window. */
  readonly vertices: number;
  /** Activation regions that reach to infinity; 0 in a window. */
  readonly unbounded: number;
  /**
   * Half-width of the smallest origin-centred square that holds all vertices, rounded once to
   * float64; null if there is no vertex.
   */
  readonly reach: number | null;
  /**
   * Whether every decision was certain, by an error bound or by exact arithmetic. Always true: an undecided
   * case would be an error.
   */
  readonly certified: true;
  /** Decisions that float64 with its error bound left open and exact arithmetic made. */
  readonly exactDecisions: number;
  /**
   * Whether there was no coincidence: no point on three hinges, no hinge on another or on the border,
   * no neuron that is 0 on a region, no parallel hinges in layer 1. Counts are right in any case.
   */
  readonly generic: boolean;
  readonly bounds: RegionBounds;
  /** Which output wins where; null if there is only one. */
  readonly decision: Decision | null;
}

/**
 * Where each output of a network wins, the greatest or the least; of several equal ones the first. Outputs are classes
 * here. Where a class wins only on a segment or in a point, it has no region.
 */
export interface Decision {
  readonly wins: Wins;
  /** Largest connected sets on which one class wins; sets that meet only in a point are not connected. */
  readonly regions: number;
  /** [K] */
  readonly classes: readonly DecisionClass[];
  /** The length of the lines between different classes, relative error below 1e-9; null for the whole plane. */
  readonly boundaryLength: number | null;
}

export interface DecisionClass {
  /** Index of the output. */
  readonly index: number;
  readonly regions: number;
  /** Its area in the window, relative error below 1e-9; null for the whole plane. */
  readonly area: number | null;
}

/** A decision with its regions, cut into convex pieces, and the lines between classes. */
export interface DetailedDecision extends Decision {
  /** As those of an arrangement; a `vertex` is where hinges or lines between classes meet. */
  readonly points: readonly ArrangementPoint[];
  readonly pieces: readonly DecisionPiece[];
  readonly boundary: readonly BoundarySegment[];
}

/** A convex part of one cell and of one decision region; unbounded if a corner lies at infinity. */
export interface DecisionPiece {
  /** Indices of the decision's points, counterclockwise. */
  readonly corners: readonly number[];
  /** Index of the output that wins. */
  readonly class: number;
  /** Index of the decision region, 0 … regions − 1. */
  readonly region: number;
  /** Index of the cell. */
  readonly cell: number;
  /** Infinity for an unbounded piece. */
  readonly area: number;
}

/** A segment or ray with different classes on both sides. */
export interface BoundarySegment {
  /** Indices of the decision's points. */
  readonly from: number;
  readonly to: number;
  /** The classes on both sides, looking from `from` to `to`. */
  readonly left: number;
  readonly right: number;
}

/** An arrangement with its cells, edges and points. */
export interface DetailedArrangement extends Arrangement {
  readonly points: readonly ArrangementPoint[];
  readonly edges: readonly ArrangementEdge[];
  readonly cells: readonly Cell[];
  readonly cutTree: CutTree;
  readonly decision: DetailedDecision | null;
}

/**
 * A corner of cells. Coordinates are relative to the window's centre if it has one. Their error is at most
 * 2⁻⁴⁰ of their size (in a window, of its shorter side), and mostly only in float64's last digits.
 */
export interface ArrangementPoint {
  /** A unit vector for `infinity`, else a place. */
  readonly x: number;
  readonly y: number;
  /**
   * `vertex`: where hinges meet. `border`: on the window's border, or a corner that is only needed to
   * draw a cell without one. `infinity`: a direction.
   */
  readonly kind: 'vertex' | 'border' | 'infinity';
}

/** The open segment, ray or arc at infinity between two points. */
export interface ArrangementEdge {
  /** Indices of points. */
  readonly from: number;
  readonly to: number;
  /** Indices of cells, looking from `from` to `to`; −1 for none. */
  readonly left: number;
  readonly right: number;
  /**
   * The neuron whose hinge this is, by its global index over the hidden layers; −1 for the border
   * and for infinity.
   */
  readonly neuron: number;
  /** Neurons whose sign differs between the two sides: [neuron] unless hinges coincide. */
  readonly flips: readonly number[];
}

/**
 * An output is x ↦ a · x + b on a cell, x in the plane, and d ↦ a · d + atCenter for an offset d from
 * the window's centre; without one, atCenter equals b.
 */
export interface PlaneMap {
  readonly a: Vec2;
  readonly b: number;
  readonly atCenter: number;
}

/** An activation region: convex, and unbounded if a corner lies at infinity. */
export interface Cell {
  /** Indices of points, counterclockwise. */
  readonly corners: readonly number[];
  /** Indices of edges: edges[i] leads from corners[i] to the next corner, in either sense. */
  readonly edges: readonly number[];
  /** Indices of cells: neighbours[i] lies across edges[i]; −1 for none. */
  readonly neighbours: readonly number[];
  /** One string per hidden layer, '1' where the pre-activation is > 0 (of a clamp, within its range; '2' beyond). */
  readonly pattern: readonly string[];
  /** The pattern as a number (`regionId` in model/pattern.ts), which the shaders compute too. */
  readonly regionId: number;
  /** The affine map of the first output, and [K] those of all outputs. */
  readonly map: PlaneMap;
  readonly maps: readonly PlaneMap[];
  /** Infinity for an unbounded cell. */
  readonly area: number;
  /** A point inside, relative to the same point as the corners. */
  readonly interior: Vec2;
  readonly unbounded: boolean;
  /** Index of its linear region, and of its affine function. */
  readonly linearRegion: number;
  readonly affineFunction: number;
  /** The classes that win somewhere in it, ascending; none if there is only one output. */
  readonly classes: readonly number[];
}

/**
 * The cuts that made the cells, for `locate`. Cells 0 … roots − 1 exist at the beginning; the cut
 * k splits off `child[k]`, where a·x + b·y + c > 0, from the cell that keeps its index.
 */
export interface CutTree {
  /** [cells while cutting]: the first cut of each cell, −1 for none. */
  readonly first: Int32Array;
  /** [cuts]: the next cut of the same cell, −1 for none. */
  readonly next: Int32Array;
  readonly child: Int32Array;
  /** [cuts]: the neuron whose hinge cuts, by global index; −1 for a cut that leaves both sides one region. */
  readonly neuron: Int32Array;
  /** [cuts, 6]: a, b, c and their absolute error bounds. */
  readonly forms: Float64Array;
  /** Values up to this size, for coordinates up to 1, may be due to underflow. */
  readonly threshold: number;
  /** [cells while cutting]: index among the arrangement's cells. */
  readonly region: Int32Array;
}

export interface EnumerateOptions {
  /** null for the whole plane. */
  readonly window: PlaneWindow | null;
  /** Give up above this number of regions; `DEFAULT_MAX_REGIONS` unless given. */
  readonly maxRegions?: number;
  /** Called after each neuron with steps done, steps in all, and regions so far. */
  readonly onProgress?: (done: number, total: number, regions: number) => void;
  /** Called often; once it returns true, `CancelledError` is thrown. */
  readonly cancelled?: () => boolean;
  /** Whether the cells, edges and points are needed, not only their numbers. */
  readonly cells?: boolean;
  /** Which output wins; 'greatest' unless given. */
  readonly wins?: Wins;
}

/** About 1 KiB each while cutting: a few hundred MiB at most. */
export const DEFAULT_MAX_REGIONS = 200_000;

/** There are more regions, or they need more memory, than the caller or this module allows. */
export class LimitExceededError extends Error {
  override readonly name = 'LimitExceededError';
  /** What is limited, e.g. "regions". */
  readonly what: string;
  readonly limit: number;

  constructor(what: string, limit: number) {
    super(`found more than ${limit} ${what}, which is the limit`);
    this.what = what;
    this.limit = limit;
  }
}

/** The caller's `cancelled()` returned true. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';

  constructor() {
    super('the enumeration of regions was cancelled');
  }
}
