import type {
  ArrangementPoint,
  BoundarySegment,
  Decision,
  DecisionPiece,
  DetailedDecision,
  PlaneWindow,
} from './arrangement.ts';
import { Coordinates } from './coordinates.ts';
import type { CutResult } from './cutCells.ts';
import { cutPieces, type DecisionOptions, type DecisionPieces } from './decisionPieces.ts';
import { DisjointSets } from './disjointSets.ts';
import { Measures, type Side } from './measures.ts';
import { areaOf } from './polygon.ts';
import { NO_CELL, type Subdivision } from './subdivision.ts';

/** Where each class wins, in a subdivision that is cut into pieces for it. */
export class Decisions {
  readonly #cut: CutResult;
  readonly #options: DecisionOptions;
  readonly #pieces: DecisionPieces;
  readonly #coordinates: Coordinates;
  readonly #bounded: boolean;
  /** [pieces]: index of the decision region. */
  readonly #regionOf: Int32Array;
  /** [regions]: a piece of each. */
  readonly #firstPieces: readonly number[];
  /** Edges between classes. */
  readonly #boundary: readonly number[];

  /** Cuts the subdivision of `cut`: its cells are of no use for anything else afterwards. */
  constructor(cut: CutResult, window: PlaneWindow | null, options: DecisionOptions) {
    this.#cut = cut;
    this.#options = options;
    this.#pieces = cutPieces(cut, options);
    this.#coordinates = new Coordinates(cut, window);
    this.#bounded = window !== null;
    const { sets, boundary } = joinPieces(cut.subdivision, this.#pieces.winners);
    this.#boundary = boundary;
    const { indices, firstCells } = sets.number();
    this.#regionOf = indices;
    this.#firstPieces = firstCells;
  }

  count(): Decision {
    const { winners } = this.#pieces;
    const { subdivision, network, exact } = this.#cut;
    const { edgeFrom, edgeTo } = subdivision;
    const regions = Array.from({ length: network.output.outputs }, (): number[] => []);
    this.#firstPieces.forEach((piece, region) => {
      regions[winners[piece]].push(region);
    });
    const measures = new Measures(this.#coordinates, (point) => exact.point(point));
    const outlines = this.#bounded ? this.#outlines() : null;
    return {
      wins: this.#options.wins,
      regions: this.#firstPieces.length,
      classes: regions.map((own, index) => ({
        index,
        regions: own.length,
        area: outlines && measures.area(own.map((region) => outlines[region])),
      })),
      boundaryLength: this.#bounded
        ? measures.length(this.#boundary.map((edge) => [edgeFrom[edge], edgeTo[edge]]))
        : null,
    };
  }

  /** [regions]: the sides around each. */
  #outlines(): Side[][] {
    const { edgeLeft, edgeRight, edgeFrom, edgeTo } = this.#cut.subdivision;
    const regionOf = this.#regionOf;
    const outlines = this.#firstPieces.map((): Side[] => []);
    edgeLeft.forEach((left, edge) => {
      const right = edgeRight[edge];
      const [leftRegion, rightRegion] = [left, right].map((piece) =>
        piece === NO_CELL ? NO_CELL : regionOf[piece],
      );
      if (leftRegion === rightRegion) return;
      if (left !== NO_CELL) outlines[leftRegion].push([edgeFrom[edge], edgeTo[edge]]);
      if (right !== NO_CELL) outlines[rightRegion].push([edgeTo[edge], edgeFrom[edge]]);
    });
    return outlines;
  }

  /** @param regionOf [cells]: index of the activation region */
  describe(regionOf: Int32Array): DetailedDecision {
    const { subdivision } = this.#cut;
    const { winners, cellOf } = this.#pieces;
    const points: ArrangementPoint[] = [];
    const indices = new Map<number, number>();
    const indexOf = (point: number): number => {
      let index = indices.get(point);
      if (index === undefined) {
        index = points.push(this.#coordinates.describe(point)) - 1;
        indices.set(point, index);
      }
      return index;
    };
    const pieces = winners.map((winner, piece): DecisionPiece => {
      const corners = cornersOf(subdivision, piece).map(indexOf);
      const places = corners.map((corner) => points[corner]);
      return {
        corners,
        class: winner,
        region: this.#regionOf[piece],
        cell: regionOf[cellOf[piece]],
        area: places.some(({ kind }) => kind === 'infinity') ? Infinity : areaOf(places),
      };
    });
    const boundary = this.#boundary.map(
      (edge): BoundarySegment => ({
        from: indexOf(subdivision.edgeFrom[edge]),
        to: indexOf(subdivision.edgeTo[edge]),
        left: winners[subdivision.edgeLeft[edge]],
        right: winners[subdivision.edgeRight[edge]],
      }),
    );
    return { ...this.count(), points, pieces, boundary };
  }
}

/** Pieces of the same class on both sides of an edge belong together; the other edges are boundaries. */
function joinPieces(
  { loops, edgeLeft, edgeRight }: Subdivision,
  winners: readonly number[],
): { sets: DisjointSets; boundary: number[] } {
  const sets = new DisjointSets(loops.length);
  const boundary: number[] = [];
  edgeLeft.forEach((left, edge) => {
    const right = edgeRight[edge];
    if (left === NO_CELL || right === NO_CELL) return;
    if (winners[left] === winners[right]) sets.join(left, right);
    else boundary.push(edge);
  });
  return { sets, boundary };
}

function cornersOf(subdivision: Subdivision, piece: number): number[] {
  return subdivision.loops[piece].map((edge) => subdivision.startOf(edge, piece));
}
