import { BOX_SIZE, signInBox } from './boxes.ts';
import { signOfForm, UNDECIDED } from './homogeneous.ts';
import { type Subdivision, UNKNOWN_SIDE } from './subdivision.ts';
import type { UnderflowGuard } from './underflow.ts';

/** A continuous function that is affine on each cell. */
export interface CellwiseForm {
  /** Forms, see homogeneous.ts: that of row r begins at first + r · stride. */
  readonly forms: Float64Array;
  readonly first: number;
  readonly stride: number;
  readonly rows: number;
  /** [cells]: the row of each cell's form. */
  readonly rowOf: ArrayLike<number>;
  /** Boxes (boxes.ts), and for each row one that holds all of its cells. */
  readonly boxes: Float64Array;
  boxOf(row: number): number;
  readonly underflow: UnderflowGuard;
  /** The sign at a corner of a cell, where the form's error bound leaves it open. */
  decide(cell: number, point: number): -1 | 0 | 1;
  /** Called for each point where the function is 0. */
  onZero(point: number): void;
}

export interface CrossedCells {
  /** Cells with both signs inside; at their corners, `side` of the subdivision is the sign. */
  readonly crossed: readonly number[];
  /** Cells where the function is positive inside. */
  readonly positive: readonly number[];
}

/** Which cells the zero line of a function that is affine on each cell crosses. */
export function findCrossed(subdivision: Subdivision, form: CellwiseForm): CrossedCells {
  const { loops, edgeLeft, edgeFrom, edgeTo, side, points } = subdivision;
  const { forms, first, stride, rowOf, underflow } = form;
  const { threshold, trustsZeros } = underflow;
  const signs = signsOfRows(form);
  side.fill(UNKNOWN_SIDE);
  const crossed: number[] = [];
  const positive: number[] = [];
  for (let cell = 0; cell < loops.length; cell++) {
    const row = rowOf[cell];
    if (signs[row] < 0) continue;
    let hasPlus = signs[row] > 0;
    let hasMinus = false;
    const loop = hasPlus ? NO_EDGES : loops[cell];
    for (const edge of loop) {
      const point = edgeLeft[edge] === cell ? edgeFrom[edge] : edgeTo[edge];
      let sign = side[point];
      if (sign === UNKNOWN_SIDE) {
        sign = signOfForm(forms, first + row * stride, points, point, threshold);
        if (sign === UNDECIDED || (sign === 0 && !trustsZeros)) sign = form.decide(cell, point);
        if (sign === 0) form.onZero(point);
        side[point] = sign;
      }
      if (sign > 0) hasPlus = true;
      else if (sign < 0) hasMinus = true;
    }
    if (hasPlus && hasMinus) crossed.push(cell);
    else if (hasPlus) positive.push(cell);
  }
  return { crossed, positive };
}

const NO_EDGES: readonly number[] = [];

/** [rows]: the sign in all cells of a row, 0 where their corners must tell. */
function signsOfRows({ forms, first, stride, rows, boxes, boxOf, underflow }: CellwiseForm) {
  const signs = new Int8Array(rows);
  for (let row = 0; row < rows; row++) {
    const box = boxOf(row) * BOX_SIZE;
    signs[row] = signInBox(forms, first + row * stride, boxes, box, underflow.threshold);
  }
  return signs;
}
