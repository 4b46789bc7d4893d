import { quotientError } from './homogeneous.ts';
import type { Subdivision } from './subdivision.ts';

/**
 * Rectangles around cells, in plain coordinates: most lines miss most cells by so much that this settles it, without a
 * look at the cells' corners.
 */
export const BOX_SIZE = 4;

/** For the few roundings below, relative to the numbers rounded. */
const ROUNDING = 2 ** -50;
const SLACK = 1 + 2 ** -40;

/**
 * [cells, 4]: centre and half-widths of a rectangle that holds the cell; these are ∞ if it is unbounded.
 *
 * @param underflow `UnderflowGuard.threshold`
 */
export function boxesOf(subdivision: Subdivision, underflow: number): Float64Array {
  const { loops, points } = subdivision;
  const boxes = new Float64Array(loops.length * BOX_SIZE);
  loops.forEach((loop, cell) => {
    let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
    let error = 0;
    for (const edge of loop) {
      const point = subdivision.startOf(edge, cell);
      const w = points.w[point];
      const x = points.x[point] / w;
      const y = points.y[point] / w;
      const size = Math.max(Math.abs(x), Math.abs(y));
      const errorXY = Math.max(points.errorX[point], points.errorY[point]);
      const off = quotientError(points, point, size, errorXY, underflow);
      left = Math.min(left, x);
      right = Math.max(right, x);
      low = Math.min(low, y);
      high = Math.max(high, y);
      error = Math.max(error, off + ROUNDING * size);
    }
    const at = cell * BOX_SIZE;
    boxes[at] = (left + right) / 2;
    boxes[at + 1] = (low + high) / 2;
    boxes[at + 2] = ((right - left) / 2 + error) * SLACK;
    boxes[at + 3] = ((high - low) / 2 + error) * SLACK;
  });
  return boxes;
}

/** The sign of the form at `forms[at]` in the whole box at `boxes[box]`; 0 if it is not one, or not certain. */
export function signInBox(
  forms: Float64Array,
  at: number,
  boxes: Float64Array,
  box: number,
  threshold: number,
): -1 | 0 | 1 {
  const x = boxes[box];
  const y = boxes[box + 1];
  const ax = forms[at] * x;
  const by = forms[at + 1] * y;
  const c = forms[at + 2];
  const halfX = boxes[box + 2];
  const halfY = boxes[box + 3];
  const room =
    Math.abs(forms[at]) * halfX +
    Math.abs(forms[at + 1]) * halfY +
    ROUNDING * (Math.abs(ax) + Math.abs(by) + Math.abs(c)) +
    forms[at + 3] * (Math.abs(x) + halfX) +
    forms[at + 4] * (Math.abs(y) + halfY) +
    forms[at + 5] +
    threshold * (1 + Math.abs(x) + Math.abs(y));
  const value = ax + by + c;
  if (value > room * SLACK) return 1;
  return value < -room * SLACK ? -1 : 0;
}
