import type { CutResult } from './cutCells.ts';
import { type ExactPoint, roundQuotient } from './exact.ts';

/** Points of the subdivision where hinges meet, window border and helpers left out. */
export function findVertices({ subdivision }: CutResult): number[] {
  const vertices: number[] = [];
  for (let point = 0; point < subdivision.points.count; point++) {
    if (subdivision.isVertex(point)) vertices.push(point);
  }
  return vertices;
}

/**
 * max(|x|, |y|) over the vertices, rounded once; null without vertices.
 *
 * Float64 intervals leave few candidates, and these are compared exactly.
 */
export function findReach(cut: CutResult, vertices: readonly number[]): number | null {
  if (vertices.length === 0) return null;
  const { x, y, w, errorX, errorY, errorW } = cut.subdivision.points;
  let greatestLower = 0;
  const upper = vertices.map((p) => {
    const size = Math.max(Math.abs(x[p]), Math.abs(y[p]));
    const error = Math.max(errorX[p], errorY[p]);
    // The quotients are rounded outwards, generously.
    const least = ((size - error) / (w[p] + errorW[p])) * (1 - MARGIN);
    if (least > greatestLower) greatestLower = least;
    const denominator = w[p] - errorW[p];
    return denominator > 0 ? ((size + error) / denominator) * (1 + MARGIN) : Infinity;
  });
  let greatest: readonly [bigint, bigint] = [0n, 1n];
  vertices.forEach((point, i) => {
    // Not "<", which is false for NaN: such a vertex stays a candidate.
    if (upper[i] < greatestLower) return;
    const candidate = distance(cut.exact.point(point));
    if (candidate[0] * greatest[1] > greatest[0] * candidate[1]) greatest = candidate;
  });
  return roundQuotient(greatest[0], greatest[1]);
}

const MARGIN = 2 ** -40;

/** max(|x|, |y|) as a fraction. */
function distance([x, y, w]: ExactPoint): readonly [bigint, bigint] {
  const sizeX = x < 0n ? -x : x;
  const sizeY = y < 0n ? -y : y;
  return [sizeX > sizeY ? sizeX : sizeY, w];
}
