import { type Projection, toView } from './projection.ts';
import type { View } from './view.ts';

/**
 * The middles of side × side cells of the picture's square, as offsets from the view's centre in the plane: from left to right, the
 * upper row first. [side · side] each
 */
export function squareOffsets(
  view: View,
  projection: Projection,
  side: number,
): { readonly dx: Float64Array; readonly dy: Float64Array } {
  const dx = new Float64Array(side * side);
  const dy = new Float64Array(side * side);
  const place = (cell: number) => (2 * cell + 1) / side - 1;
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      const [u1, u2] = toView(projection, [place(column), -place(row)]);
      dx[row * side + column] = view.halfWidth * u1;
      dy[row * side + column] = view.halfWidth * u2;
    }
  }
  return { dx, dy };
}
