import type { Coordinates, Place } from './coordinates.ts';
import { roundQuotient } from './dyadic.ts';
import type { ExactPoint } from './exact.ts';

/** A straight line from one point of a subdivision to another. */
export type Side = readonly [from: number, to: number];

/** Of areas and lengths. */
const RELATIVE_ERROR = 2 ** -31;
/** Some roundings. */
const ROUNDING = 2 ** -50;
/** Binary digits of an exact area behind the point: no area that coordinates of float64 bound is as small. */
const DIGITS = 2400n;

/** A measure in float64. */
interface Estimate {
  readonly value: number;
  /** A bound on the errors of its own arithmetic. */
  readonly rounding: number;
  /** By point: how far the measure may change when the point's coordinates change by 1. */
  readonly influence: ReadonlyMap<number, number>;
}

/**
 * Areas and lengths, none of whose points is at infinity, to a relative error of 2⁻³¹. They are computed from coordinates
 * with error bounds; where these do not suffice, the points to which a result owes most of its error are computed exactly.
 */
export class Measures {
  readonly #coordinates: Coordinates;
  readonly #exactPoint: (point: number) => ExactPoint;
  readonly #places = new Map<number, Place>();
  readonly #refined = new Set<number>();

  constructor(coordinates: Coordinates, exactPoint: (point: number) => ExactPoint) {
    this.#coordinates = coordinates;
    this.#exactPoint = exactPoint;
  }

  /** @param outlines polygons by their sides: counterclockwise, those of holes clockwise */
  area(outlines: readonly (readonly Side[])[]): number {
    const found = this.#evaluate(() => this.#estimateArea(outlines));
    return found ?? this.#exactArea(outlines.flat());
  }

  length(sides: readonly Side[]): number {
    const found = this.#evaluate(() => this.#estimateLength(sides));
    return found ?? sides.reduce((sum, side) => sum + this.#exactLength(side), 0);
  }

  /** null if float64 coordinates do not suffice even where they are exact but for one rounding. */
  #evaluate(estimate: () => Estimate): number | null {
    for (;;) {
      const { value, rounding, influence } = estimate();
      const shares = Array.from(influence, ([point, weight]) => {
        return { point, error: weight * this.#place(point).error };
      });
      const error = shares.reduce((sum, share) => sum + share.error, rounding);
      const allowed = RELATIVE_ERROR * value;
      if (error <= allowed) return value;
      if (!this.#refineWorst(shares, allowed / 2)) return null;
    }
  }

  /** Makes places exact until those left to float64 have at most this error together; false if all are exact already. */
  #refineWorst(shares: readonly { point: number; error: number }[], allowed: number): boolean {
    const open = shares
      .filter(({ point }) => !this.#refined.has(point))
      .sort((a, b) => a.error - b.error);
    let error = 0;
    const kept = open.findIndex((share) => {
      error += share.error;
      return !(error <= allowed);
    });
    for (const { point } of kept < 0 ? open.slice(-1) : open.slice(kept)) {
      this.#refined.add(point);
      this.#places.set(point, this.#coordinates.exactPlace(point));
    }
    return open.length > 0;
  }

  /** Half the sum of the cross products of both ends of each side, relative to one end of the outline. */
  #estimateArea(outlines: readonly (readonly Side[])[]): Estimate {
    let twice = 0;
    let size = 0;
    let swept = 0;
    /** By point: the vector whose cross product with a change of the point is twice that of the area. */
    const vectors = new Map<number, [x: number, y: number]>();
    const add = (point: number, x: number, y: number) => {
      const vector = vectors.get(point);
      if (vector === undefined) vectors.set(point, [x, y]);
      else {
        vector[0] += x;
        vector[1] += y;
      }
    };
    for (const outline of outlines) {
      const origin = this.#place(outline[0][0]);
      for (const [from, to] of outline) {
        const [p, q] = [this.#place(from), this.#place(to)];
        const [px, py] = [p.x - origin.x, p.y - origin.y];
        const [qx, qy] = [q.x - origin.x, q.y - origin.y];
        twice += px * qy - qx * py;
        size += Math.abs(px * qy) + Math.abs(qx * py);
        swept += p.error * q.error;
        add(from, qx, qy);
        add(to, -px, -py);
      }
    }
    const influence = new Map<number, number>();
    for (const [point, [x, y]] of vectors) influence.set(point, (Math.abs(x) + Math.abs(y)) / 2);
    return { value: twice / 2, rounding: ROUNDING * size + 2 * swept, influence };
  }

  #estimateLength(sides: readonly Side[]): Estimate {
    let value = 0;
    const influence = new Map<number, number>();
    for (const [from, to] of sides) {
      const [p, q] = [this.#place(from), this.#place(to)];
      value += Math.hypot(q.x - p.x, q.y - p.y);
      // √2, rounded up: a change of 1 in both coordinates.
      for (const point of [from, to]) influence.set(point, (influence.get(point) ?? 0) + 1.5);
    }
    return { value, rounding: ROUNDING * value, influence };
  }

  #place(point: number): Place {
    let place = this.#places.get(point);
    if (place === undefined) {
      place = this.#coordinates.estimate(point);
      this.#places.set(point, place);
    }
    return place;
  }

  /** Rounded only at the end. */
  #exactArea(sides: readonly Side[]): number {
    let twice = 0n;
    for (const [from, to] of sides) {
      const [px, py, pw] = this.#exactPoint(from);
      const [qx, qy, qw] = this.#exactPoint(to);
      twice += ((px * qy - qx * py) << DIGITS) / (pw * qw);
    }
    return roundQuotient(twice, 1n << (DIGITS + 1n));
  }

  #exactLength([from, to]: Side): number {
    const [px, py, pw] = this.#exactPoint(from);
    const [qx, qy, qw] = this.#exactPoint(to);
    const w = pw * qw;
    return Math.hypot(roundQuotient(qx * pw - px * qw, w), roundQuotient(qy * pw - py * qw, w));
  }
}
