import type { Vec2 } from '../model/field.ts';

/** The sides of a cell, in the order of SIDES_AT. */
type Side = 0 | 1 | 2 | 3;

/**
 * The sides that a line joins, by the corners at or above the level: 1 lower left, 2 lower right, 4 upper right, 8 upper
 * left; sides 0 lower, 1 right, 2 upper, 3 left. Corners 5 and 10 are decided by the middle.
 */
const JOINS: readonly (readonly (readonly [Side, Side])[])[] = [
  ...[[], [[3, 0]], [[0, 1]], [[3, 1]], [[1, 2]], [], [[0, 2]], [[3, 2]]],
  ...[[[2, 3]], [[0, 2]], [], [[1, 2]], [[3, 1]], [[0, 1]], [[3, 0]], []],
] as const;
const APART_AT_LOWER_LEFT = [
  [3, 0],
  [1, 2],
] as const;
const APART_AT_LOWER_RIGHT = [
  [0, 1],
  [2, 3],
] as const;

/**
 * The lines where the interpolation of a grid has a level: polylines in columns and rows, the first point again at the
 * end of a closed one. There is none in cells with a value that is not finite.
 *
 * Source: W. Lorensen and H. Cline, "Marching cubes", SIGGRAPH 1987, in two dimensions.
 *
 * @param values [height, width], row-major
 */
export function contourLines(
  values: ArrayLike<number>,
  width: number,
  height: number,
  level: number,
): Vec2[][] {
  const links = new Map<number, number[]>();
  for (let row = 0; row + 1 < height; row += 1) {
    for (let column = 0; column + 1 < width; column += 1) {
      const at = row * width + column;
      const sides = [2 * at, 2 * (at + 1) + 1, 2 * (at + width), 2 * at + 1] as const;
      for (const [a, b] of joinsOf(values, at, width, level)) {
        link(links, sides[a], sides[b]);
        link(links, sides[b], sides[a]);
      }
    }
  }
  return trace(links).map((line) => line.map((side) => placeOn(values, width, level, side)));
}

function joinsOf(
  values: ArrayLike<number>,
  at: number,
  width: number,
  level: number,
): readonly (readonly [Side, Side])[] {
  const [a, b] = [values[at]!, values[at + 1]!];
  const [c, d] = [values[at + width + 1]!, values[at + width]!];
  const middle = (a + b + c + d) / 4;
  if (!Number.isFinite(middle)) return [];
  const corners =
    Number(a >= level) + 2 * Number(b >= level) + 4 * Number(c >= level) + 8 * Number(d >= level);
  if (corners !== 5 && corners !== 10) return JOINS[corners]!;
  // The high corners hold together if the middle is high.
  return (corners === 5) === middle >= level ? APART_AT_LOWER_RIGHT : APART_AT_LOWER_LEFT;
}

function link(links: Map<number, number[]>, from: number, to: number): void {
  const known = links.get(from);
  if (known) known.push(to);
  else links.set(from, [to]);
}

/** Chains of linked sides; those with ends first, since what remains are circles. */
function trace(links: Map<number, number[]>): number[][] {
  const ends = [...links].flatMap(([side, others]) => (others.length === 1 ? [side] : []));
  const lines: number[][] = [];
  for (const start of [...ends, ...links.keys()]) {
    const line = [start];
    for (let side = take(links, start); side !== null; side = take(links, side)) line.push(side);
    if (line.length > 1) lines.push(line);
  }
  return lines;
}

/** Follows a link from a side and removes it; null if none is left. */
function take(links: Map<number, number[]>, from: number): number | null {
  const to = links.get(from)?.pop();
  if (to === undefined) return null;
  const back = links.get(to)!;
  back.splice(back.indexOf(from), 1);
  return to;
}

/** Where the level lies on a side: an even number is one along a row, an odd one along a column. */
function placeOn(values: ArrayLike<number>, width: number, level: number, side: number): Vec2 {
  const at = side >> 1;
  const [column, row] = [at % width, Math.floor(at / width)];
  const isAlongRow = side % 2 === 0;
  const [a, b] = [values[at]!, values[at + (isAlongRow ? 1 : width)]!];
  const share = (level - a) / (b - a);
  return isAlongRow ? [column + share, row] : [column, row + share];
}
