import type { Coordinates, Place } from './coordinates.ts';
import { roundQuotient } from './dyadic.ts';
import type { ExactPoint } from './exact.ts';

/** A length or an area. */
export interface Measure {
  /** In float64, and a bound on its error. */
  readonly value: number;
  readonly error: number;
  /** Rounded only at the end. */
  exact(): number;
}

/** Of a sum of measures. */
const RELATIVE_ERROR = 2 ** -34;
/** Some roundings. */
const ROUNDING = 2 ** -49;

/** Measures of polygons and segments of a subdivision. */
export class Measures {
  readonly #coordinates: Coordinates;
  readonly #exactPoint: (point: number) => ExactPoint;
  readonly #places = new Map<number, Place>();

  constructor(coordinates: Coordinates, exactPoint: (point: number) => ExactPoint) {
    this.#coordinates = coordinates;
    this.#exactPoint = exactPoint;
  }

  /** @param corners points of a convex polygon, counterclockwise, none of them at infinity */
  area(corners: readonly number[]): Measure {
    const places = corners.map((corner) => this.#place(corner));
    const [{ x: x0, y: y0 }] = places;
    let twice = 0;
    let size = 0;
    let perimeter = 0;
    let error = 0;
    places.forEach((p, i) => {
      const q = places[(i + 1) % places.length];
      const forth = (p.x - x0) * (q.y - y0);
      const back = (q.x - x0) * (p.y - y0);
      twice += forth - back;
      size += Math.abs(forth) + Math.abs(back);
      perimeter += Math.abs(q.x - p.x) + Math.abs(q.y - p.y);
      error = Math.max(error, p.error);
    });
    // What the corners' errors sweep along the sides, and around the corners.
    const swept = 2 * error * perimeter + 4 * places.length * error ** 2;
    return {
      value: twice / 2,
      error: swept + ROUNDING * size,
      exact: () => exactArea(corners.map(this.#exactPoint)),
    };
  }

  /** @param from a point that is not at infinity; neither is `to` */
  length(from: number, to: number): Measure {
    const [p, q] = [this.#place(from), this.#place(to)];
    const value = Math.hypot(q.x - p.x, q.y - p.y);
    return {
      value,
      error: 2 * (p.error + q.error) + ROUNDING * value,
      exact: () => exactLength(this.#exactPoint(from), this.#exactPoint(to)),
    };
  }

  #place(point: number): Place {
    let place = this.#places.get(point);
    if (place === undefined) {
      place = this.#coordinates.place(point);
      this.#places.set(point, place);
    }
    return place;
  }
}

/** The sum to a relative error of 2⁻³⁴: the least certain measures are computed exactly, as far as it needs that. */
export function sumOf(measures: readonly Measure[]): number {
  const sorted = measures.toSorted((a, b) => a.error - b.error);
  const sums = [{ value: 0, error: 0 }];
  for (const { value, error } of sorted) {
    const last = sums[sums.length - 1];
    sums.push({ value: last.value + value, error: last.error + error });
  }
  let exact = 0;
  let kept = sorted.length;
  while (!(sums[kept].error <= RELATIVE_ERROR * (sums[kept].value + exact))) {
    kept--;
    exact += sorted[kept].exact();
  }
  return sums[kept].value + exact;
}

function exactArea(corners: readonly ExactPoint[]): number {
  let top = 0n;
  let bottom = 1n;
  corners.forEach(([px, py, pw], i) => {
    const [qx, qy, qw] = corners[(i + 1) % corners.length];
    const w = pw * qw;
    top = top * w + (px * qy - qx * py) * bottom;
    bottom *= w;
  });
  return roundQuotient(top, 2n * bottom);
}

function exactLength([px, py, pw]: ExactPoint, [qx, qy, qw]: ExactPoint): number {
  const w = pw * qw;
  return Math.hypot(roundQuotient(qx * pw - px * qw, w), roundQuotient(qy * pw - py * qw, w));
}
