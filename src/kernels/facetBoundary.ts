import { FACET_MAP_SIZE, type Facets } from '../model/facets.ts';
import type { Wins } from '../model/readouts.ts';

/** A corner of a convex polygon, and the output that is equal along the side that begins there; −1 for none. */
interface Corner {
  readonly x: number;
  readonly y: number;
  readonly equal: number;
}

/**
 * The lines between classes: segments on which two outputs are equal and win, each inside one facet.
 * @returns [segments, 4], as `Facets.hinges`
 */
export function boundaryOf(facets: Facets, wins: Wins): Float64Array {
  const { firstCorner, corners, outputs, maps } = facets;
  const sign = wins === 'greatest' ? 1 : -1;
  const segments: number[] = [];
  for (let facet = 0; facet < firstCorner.length - 1; facet += 1) {
    const at = (k: number) => FACET_MAP_SIZE * (facet * outputs + k);
    const height = (k: number, x: number, y: number) =>
      sign * (maps[at(k)]! * x + maps[at(k) + 1]! * y + maps[at(k) + 2]!);
    const outline: Corner[] = [];
    const winners = new Set<number>();
    for (let corner = firstCorner[facet]!; corner < firstCorner[facet + 1]!; corner += 1) {
      const [x, y] = [corners[2 * corner]!, corners[2 * corner + 1]!];
      outline.push({ x, y, equal: -1 });
      winners.add(winnerAt(outputs, (k) => height(k, x, y)));
    }
    // What wins at all corners wins between them.
    if (winners.size < 2) continue;
    for (let k = 0; k < outputs; k += 1) {
      let piece = outline;
      for (let other = 0; other < outputs; other += 1) {
        if (other !== k)
          piece = clip(piece, other, (x, y) => height(k, x, y) - height(other, x, y));
      }
      piece.forEach(({ x, y, equal }, i) => {
        const next = piece[(i + 1) % piece.length]!;
        // The other class has the same side.
        if (equal > k) segments.push(x, y, next.x, next.y);
      });
    }
  }
  return Float64Array.from(segments);
}

/** The first of the largest. */
function winnerAt(count: number, of: (k: number) => number): number {
  let winner = 0;
  for (let k = 1; k < count; k += 1) if (of(k) > of(winner)) winner = k;
  return winner;
}

/**
 * The part of a convex polygon where an affine function is not negative, by Sutherland and Hodgman.
 * @param equal what is told of the side along which the function is 0
 */
function clip(
  piece: readonly Corner[],
  equal: number,
  of: (x: number, y: number) => number,
): Corner[] {
  const kept: Corner[] = [];
  piece.forEach((corner, i) => {
    const next = piece[(i + 1) % piece.length]!;
    const [here, there] = [of(corner.x, corner.y), of(next.x, next.y)];
    if (here >= 0) kept.push(corner);
    if (here >= 0 === there >= 0) return;
    const part = here / (here - there);
    const x = corner.x + part * (next.x - corner.x);
    const y = corner.y + part * (next.y - corner.y);
    // On the way out the new side begins; on the way in the old one goes on.
    kept.push({ x, y, equal: here >= 0 ? equal : corner.equal });
  });
  return kept;
}
