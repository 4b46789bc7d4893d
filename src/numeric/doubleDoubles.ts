import { type DoubleDouble, split } from './doubleDouble.ts';

/** Many double-double numbers, for loops that must not make an object for each operation. */
export class DoubleDoubles {
  readonly high: Float64Array;
  readonly low: Float64Array;

  /** @param length of zeros to begin with */
  constructor(readonly length: number) {
    this.high = new Float64Array(length);
    this.low = new Float64Array(length);
  }

  get(index: number): DoubleDouble {
    return { high: this.high[index], low: this.low[index] };
  }

  set(index: number, { high, low }: DoubleDouble): void {
    this.high[index] = high;
    this.low[index] = low;
  }
}

/**
 * start + Σ_j weights[first + j] · vector_j, to the last bit what `add` and `scale` make of it term after term: their lines
 * without the objects. A float32 weight needs no splitting: its products with either half of a float64 are exact.
 *
 * @param target where the result goes, at `index`; another one than `vector`
 */
export function dotFloat32(
  weights: Float32Array,
  first: number,
  vector: DoubleDoubles,
  start: number,
  target: DoubleDoubles,
  index: number,
): void {
  const { high, low, length } = vector;
  let totalHigh = start;
  let totalLow = 0;
  for (let j = 0; j < length; j += 1) {
    const a = high[j];
    const rest = low[j];
    if (a === 0 && rest === 0) continue;
    const w = weights[first + j];
    // The product: (p, pLow).
    const top = split(a);
    const exact = a * w;
    const more = top * w - exact + (a - top) * w + rest * w;
    const p = exact + more;
    const moreRounded = p - exact;
    const pLow = exact - (p - moreRounded) + (more - moreRounded);
    // The sum, as `add` has it: of the high parts, of the low parts, and twice what is left of both.
    const sum = totalHigh + p;
    const pRounded = sum - totalHigh;
    const sumLow = totalHigh - (sum - pRounded) + (p - pRounded);
    const lows = totalLow + pLow;
    const pLowRounded = lows - totalLow;
    const lowsLow = totalLow - (lows - pLowRounded) + (pLow - pLowRounded);
    const second = sumLow + lows;
    const middle = sum + second;
    const secondRounded = middle - sum;
    const third = sum - (middle - secondRounded) + (second - secondRounded) + lowsLow;
    totalHigh = middle + third;
    const thirdRounded = totalHigh - middle;
    totalLow = middle - (totalHigh - thirdRounded) + (third - thirdRounded);
  }
  target.high[index] = totalHigh;
  target.low[index] = totalLow;
}

/**
 * The same for float64 weights, whose products need splitting on both sides.
 * @param startLow what `start` lacks, as in double-double
 */
export function dotFloat64(
  weights: Float64Array,
  first: number,
  vector: DoubleDoubles,
  start: number,
  target: DoubleDoubles,
  index: number,
  startLow = 0,
): void {
  const { high, low, length } = vector;
  let totalHigh = start;
  let totalLow = startLow;
  for (let j = 0; j < length; j += 1) {
    const w = weights[first + j];
    const a = high[j];
    const rest = low[j];
    if (w === 0 || (a === 0 && rest === 0)) continue;
    // The product: (p, pLow).
    const top = split(a);
    const under = a - top;
    const wTop = split(w);
    const wRest = w - wTop;
    const exact = a * w;
    const error = top * wTop - exact + top * wRest + under * wTop + under * wRest;
    const more = error + rest * w;
    const p = exact + more;
    const moreRounded = p - exact;
    const pLow = exact - (p - moreRounded) + (more - moreRounded);
    // The sum, as above.
    const sum = totalHigh + p;
    const pRounded = sum - totalHigh;
    const sumLow = totalHigh - (sum - pRounded) + (p - pRounded);
    const lows = totalLow + pLow;
    const pLowRounded = lows - totalLow;
    const lowsLow = totalLow - (lows - pLowRounded) + (pLow - pLowRounded);
    const second = sumLow + lows;
    const middle = sum + second;
    const secondRounded = middle - sum;
    const third = sum - (middle - secondRounded) + (second - secondRounded) + lowsLow;
    totalHigh = middle + third;
    const thirdRounded = totalHigh - middle;
    totalLow = middle - (totalHigh - thirdRounded) + (third - thirdRounded);
  }
  target.high[index] = totalHigh;
  target.low[index] = totalLow;
}

/** `dotFloat32` or `dotFloat64`, by the type of the weights. */
export function dot(
  weights: Float32Array | Float64Array,
  first: number,
  vector: DoubleDoubles,
  start: number,
  target: DoubleDoubles,
  index: number,
): void {
  if (weights instanceof Float32Array) dotFloat32(weights, first, vector, start, target, index);
  else dotFloat64(weights, first, vector, start, target, index);
}
