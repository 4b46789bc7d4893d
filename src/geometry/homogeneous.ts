/**
 * Lines and points of the plane in homogeneous coordinates, in float64 with error bounds.
 *
 * A *form* a·x + b·y + c·w is six numbers in a row: a, b, c and bounds of their absolute errors. Its
 * zeros with w = 1 are a line. A point (x, y, w) has w > 0 and stands for (x/w, y/w), or w = 0 and
 * stands for the direction (x, y) at infinity; it is always the crossing of two lines.
 *
 * The bounds are running error analysis with unit roundoff u = 2⁻⁵³: every sum and product adds at
 * most u of its result. They hold unless something underflows (`UnderflowGuard`).
 *
 * Source: N. J. Higham, "Accuracy and Stability of Numerical Algorithms", 2nd ed., section 3.3; the
 * scheme of filter and exact fallback as in J. R. Shewchuk, "Adaptive precision floating-point
 * arithmetic and fast robust geometric predicates", Discrete & Computational Geometry 18 (1997).
 */
export const FORM_SIZE = 6;

/** Twice the unit roundoff for each of up to two roundings, to cover the bound's own rounding. */
const ROUNDING = 2 ** -51;
/** Covers the roundings in computing a bound, whose terms are all positive. */
const SLACK = 1 + 2 ** -40;

/** The sign if the error bound does not decide it. */
export const UNDECIDED = 2;
export type BoundedSign = -1 | 0 | 1 | typeof UNDECIDED;

/** Points in structure-of-arrays form; index = point. */
export class PointStore {
  readonly x: number[] = [];
  readonly y: number[] = [];
  readonly w: number[] = [];
  readonly errorX: number[] = [];
  readonly errorY: number[] = [];
  readonly errorW: number[] = [];
  /** The two lines that cross here: the point is `sense` times the cross product of their forms. */
  readonly firstLine: number[] = [];
  readonly secondLine: number[] = [];
  readonly sense: (1 | -1)[] = [];

  get count(): number {
    return this.x.length;
  }

  /** Adds sense · (first × second); both forms are in `forms`, by index of line. */
  addCrossing(forms: readonly number[], first: number, second: number, sense: 1 | -1): number {
    const f = first * FORM_SIZE;
    const g = second * FORM_SIZE;
    this.#push(this.x, this.errorX, forms, f + 1, f + 2, g + 1, g + 2, sense);
    this.#push(this.y, this.errorY, forms, f + 2, f, g + 2, g, sense);
    this.#push(this.w, this.errorW, forms, f, f + 1, g, g + 1, sense);
    this.firstLine.push(first);
    this.secondLine.push(second);
    this.sense.push(sense);
    return this.x.length - 1;
  }

  /** Appends sense · (f_i g_j − f_j g_i) and its error bound. */
  #push(
    values: number[],
    errors: number[],
    forms: readonly number[],
    fi: number,
    fj: number,
    gi: number,
    gj: number,
    sense: number,
  ): void {
    const left = forms[fi] * forms[gj];
    const right = forms[fj] * forms[gi];
    const error =
      ROUNDING * (Math.abs(left) + Math.abs(right)) +
      productError(forms, fi, gj) +
      productError(forms, fj, gi);
    values.push(sense * (left - right));
    errors.push(error * SLACK);
  }
}

/**
 * A bound on the error of x/w, or of y/w; ∞ if w may be 0.
 *
 * @param size of the quotient
 * @param error of x, or of y
 * @param underflow what each coordinate may lack besides, `UnderflowGuard.threshold`
 */
export function quotientError(
  { w, errorW }: PointStore,
  point: number,
  size: number,
  error: number,
  underflow: number,
): number {
  const off = errorW[point] + underflow;
  return w[point] > off ? (error + underflow + size * off) / (w[point] - off) : Infinity;
}

function productError(forms: readonly number[], i: number, j: number): number {
  const errorI = forms[i + 3];
  const errorJ = forms[j + 3];
  return Math.abs(forms[i]) * errorJ + (Math.abs(forms[j]) + errorJ) * errorI;
}

/** The sign of the form at `forms[at]` at a point, if its error bound decides it. */
export function signOfForm(
  forms: ArrayLike<number>,
  at: number,
  points: PointStore,
  point: number,
  threshold: number,
): BoundedSign {
  const x = points.x[point];
  const y = points.y[point];
  const w = points.w[point];
  const ex = points.errorX[point];
  const ey = points.errorY[point];
  const ew = points.errorW[point];
  const a = forms[at];
  const b = forms[at + 1];
  const c = forms[at + 2];
  const ax = a * x;
  const by = b * y;
  const cw = c * w;
  const value = ax + by + cw;
  const error =
    SLACK *
    (ROUNDING * (Math.abs(ax) + Math.abs(by) + Math.abs(cw)) +
      Math.abs(a) * ex +
      (Math.abs(x) + ex) * forms[at + 3] +
      (Math.abs(b) * ey + (Math.abs(y) + ey) * forms[at + 4]) +
      (Math.abs(c) * ew + (Math.abs(w) + ew) * forms[at + 5]));
  return boundedSign(value, error, threshold);
}

/** The sign of a value that is known up to `error`; NaN and infinities are undecided. */
export function boundedSign(value: number, error: number, threshold: number): BoundedSign {
  const size = Math.abs(value);
  if (size > error && size > threshold) return value > 0 ? 1 : -1;
  return value === 0 && error === 0 ? 0 : UNDECIDED;
}
