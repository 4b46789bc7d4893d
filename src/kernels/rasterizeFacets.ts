import type { Facets } from '../model/facets.ts';
import type { Grid } from './grid.ts';
import { shiftOf } from './packFacets.ts';

/** Until a sample has its facet. */
const NO_FACET = 0xffff_ffff;

/** Rows of a grid, from `first` on. */
export interface Rows {
  readonly first: number;
  readonly count: number;
}

/** Places relative to the centre of facets in units of a grid's samples: sample (column, row) lies at (column, row). */
export function toSamples(facets: Facets, places: Float64Array, grid: Grid): Float64Array {
  const { anchor, step, origin } = grid;
  const shift = shiftOf(facets, anchor);
  return places.map((place, i) => {
    const axis = i & 1;
    return (place + shift[axis]!) / anchor.halfWidth / step[axis]! + origin[axis]!;
  });
}

/** Finds the facets in which a grid's samples lie. */
export class FacetRaster {
  /** [corners, 2], in samples. */
  readonly #corners: Float64Array;
  readonly #facets: Facets;
  readonly #grid: Grid;

  constructor(facets: Facets, grid: Grid) {
    this.#facets = facets;
    this.#grid = grid;
    this.#corners = toSamples(facets, facets.corners, grid);
  }

  /**
   * The facet of each sample. A facet has the samples on its lower and left sides.
   * @param stride samples from one row to the next; those beyond the grid's width count as its last one
   * @param target [rows, stride]
   */
  fill({ first, count }: Rows, stride: number, target: Uint32Array): void {
    const { firstCorner } = this.#facets;
    target.fill(NO_FACET, 0, count * stride);
    const [left, right] = [new Float64Array(count), new Float64Array(count)];
    for (let facet = 0; facet < firstCorner.length - 1; facet += 1) {
      const from = firstCorner[facet]!;
      const to = firstCorner[facet + 1]!;
      const [lowest, highest] = this.#rowsOf(from, to, first, count);
      if (lowest > highest) continue;
      left.fill(Infinity, lowest, highest + 1);
      right.fill(-Infinity, lowest, highest + 1);
      for (let corner = from; corner < to; corner += 1) {
        this.#trace(
          corner,
          corner + 1 < to ? corner + 1 : from,
          first,
          lowest,
          highest,
          left,
          right,
        );
      }
      for (let row = lowest; row <= highest; row += 1) {
        const begin = Math.max(0, Math.ceil(left[row]!));
        const end = Math.min(this.#grid.width, Math.ceil(right[row]!));
        if (begin < end) target.fill(facet, row * stride + begin, row * stride + end);
      }
    }
    this.#closeGaps(count, stride, target);
  }

  /** The rows of a facet, counted from `first`: none if the last is before the first. */
  #rowsOf(from: number, to: number, first: number, count: number): readonly [number, number] {
    let [lowest, highest] = [Infinity, -Infinity];
    for (let corner = from; corner < to; corner += 1) {
      const y = this.#corners[2 * corner + 1]!;
      lowest = Math.min(lowest, y);
      highest = Math.max(highest, y);
    }
    const last = Math.ceil(highest) - 1 - first;
    return [Math.max(0, Math.ceil(lowest) - first), Math.min(count - 1, last)];
  }

  /** Where a side crosses rows. Facets side by side find the same places: both go upwards. */
  #trace(
    corner: number,
    next: number,
    first: number,
    lowest: number,
    highest: number,
    left: Float64Array,
    right: Float64Array,
  ): void {
    const isUp = this.#corners[2 * corner + 1]! <= this.#corners[2 * next + 1]!;
    const [low, high] = isUp ? [2 * corner, 2 * next] : [2 * next, 2 * corner];
    const [x0, y0] = [this.#corners[low]!, this.#corners[low + 1]!];
    const [x1, y1] = [this.#corners[high]!, this.#corners[high + 1]!];
    const begin = Math.max(lowest, Math.ceil(y0) - first);
    const end = Math.min(highest, Math.ceil(y1) - 1 - first);
    const slope = (x1 - x0) / (y1 - y0);
    for (let row = begin; row <= end; row += 1) {
      const x = x0 + (first + row - y0) * slope;
      if (x < left[row]!) left[row] = x;
      if (x > right[row]!) right[row] = x;
    }
  }

  /** Rounded corners may leave a sample between facets to none: it has the one to its left, or the first of its row. */
  #closeGaps(count: number, stride: number, target: Uint32Array): void {
    const { width } = this.#grid;
    for (let row = 0; row < count; row += 1) {
      const samples = target.subarray(row * stride, row * stride + width);
      let last = samples.find((facet) => facet !== NO_FACET);
      if (last === undefined) throw new Error('fill: the grid reaches beyond the facets');
      for (let column = 0; column < width; column += 1) {
        if (samples[column] === NO_FACET) samples[column] = last;
        else last = samples[column]!;
      }
      target.fill(last, row * stride + width, (row + 1) * stride);
    }
  }
}
