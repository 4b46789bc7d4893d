import { FORM_SIZE, signOfForm, UNDECIDED } from './homogeneous.ts';
import { type Subdivision, UNKNOWN_SIDE } from './subdivision.ts';
import type { UnderflowGuard } from './underflow.ts';

/** A continuous function that is affine on each cell. */
export interface CellwiseForm {
  /** [rows, 6]: see homogeneous.ts. */
  readonly forms: Float64Array;
  /** [cells]: the row of each cell's form. */
  readonly row: ArrayLike<number>;
  readonly underflow: UnderflowGuard;
  /** The sign at a corner of a cell, where the form's error bound leaves it open. */
  decide(cell: number, point: number): -1 | 0 | 1;
  /** Called for each point where the function is 0. */
  onZero(point: number): void;
}

export interface CrossedCells {
  /** Cells with both signs inside. */
  readonly crossed: readonly number[];
  /** Cells where the function is positive inside. */
  readonly positive: readonly number[];
}

/** Finds the function's sign at every point, as `side` of the subdivision, and with it the cells that its zeros cross. */
export function findCrossed(
  { loops, edgeLeft, edgeFrom, edgeTo, side, points }: Subdivision,
  { forms, row, underflow, decide, onZero }: CellwiseForm,
): CrossedCells {
  const { threshold, trustsZeros } = underflow;
  side.fill(UNKNOWN_SIDE);
  const crossed: number[] = [];
  const positive: number[] = [];
  for (let cell = 0; cell < loops.length; cell++) {
    let hasPlus = false;
    let hasMinus = false;
    for (const edge of loops[cell]) {
      const point = edgeLeft[edge] === cell ? edgeFrom[edge] : edgeTo[edge];
      let sign = side[point];
      if (sign === UNKNOWN_SIDE) {
        sign = signOfForm(forms, row[cell] * FORM_SIZE, points, point, threshold);
        if (sign === UNDECIDED || (sign === 0 && !trustsZeros)) sign = decide(cell, point);
        if (sign === 0) onZero(point);
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
