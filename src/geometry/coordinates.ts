import type { ArrangementPoint, PlaneWindow } from './arrangement.ts';
import type { CutResult } from './cutCells.ts';
import { bitLength, roundQuotient } from './dyadic.ts';
import type { ExactPoint } from './exact.ts';
import { FORM_SIZE, quotientError } from './homogeneous.ts';
import { BORDER_LINE } from './subdivision.ts';

/**
 * Coordinates with a larger error, relative to their size and to the window, are computed exactly: a
 * log-radial picture shows places a million times nearer to the centre than the window is wide.
 */
const TOLERANCE = 2 ** -40;

/** Above the rounding of a quotient, relative to it. */
const ROUNDING = 2 ** -52;

/** Plain coordinates, and a bound on the error of each. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly error: number;
}

/** Homogeneous points in plain coordinates. */
export class Coordinates {
  readonly #cut: CutResult;
  /** The shorter side of the window; ∞ for the plane, where errors are relative to the coordinates themselves. */
  readonly #scale: number;

  constructor(cut: CutResult, window: PlaneWindow | null) {
    this.#cut = cut;
    this.#scale = window
      ? Math.min(window.x[1] - window.x[0], window.y[1] - window.y[0])
      : Number.POSITIVE_INFINITY;
  }

  describe(point: number): ArrangementPoint {
    const { subdivision } = this.#cut;
    if (subdivision.isAtInfinity(point)) {
      const [x, y] = this.#direction(point);
      return { x, y, kind: 'infinity' };
    }
    const { x, y } = this.place(point);
    return { x, y, kind: subdivision.isVertex(point) ? 'vertex' : 'border' };
  }

  /** A point that is not at infinity, as accurately as `ArrangementPoint` says. */
  place(point: number): Place {
    const place = this.estimate(point);
    const size = Math.max(Math.abs(place.x), Math.abs(place.y));
    if (place.error <= TOLERANCE * Math.min(size, this.#scale)) return place;
    return this.exactPlace(point);
  }

  /** Likewise, but as accurately as float64 has it. */
  estimate(point: number): Place {
    const { subdivision, network } = this.#cut;
    const { points } = subdivision;
    const w = points.w[point];
    const x = points.x[point] / w;
    const y = points.y[point] / w;
    const size = Math.max(Math.abs(x), Math.abs(y));
    const errorXY = Math.max(points.errorX[point], points.errorY[point]);
    const error = quotientError(points, point, size, errorXY, network.underflow.threshold);
    if (!(error < Infinity)) return this.exactPlace(point);
    return this.#snap(point, [x + 0, y + 0], error + ROUNDING * size);
  }

  /** Likewise, rounded once. */
  exactPlace(point: number): Place {
    const [x, y, w] = this.#cut.exact.point(point);
    const exact = [roundQuotient(x, w), roundQuotient(y, w)] as const;
    return this.#snap(point, exact, ROUNDING * Math.max(...exact.map(Math.abs)));
  }

  /** On a side of the window one coordinate equals that side's, to the last digit. */
  #snap(point: number, [x, y]: readonly [number, number], error: number): Place {
    const { points, lineForms, lineNeuron } = this.#cut.subdivision;
    const snapped: [number, number] = [x, y];
    for (const line of [points.firstLine[point], points.secondLine[point]]) {
      if (lineNeuron[line] !== BORDER_LINE) continue;
      const at = line * FORM_SIZE;
      const axis = lineForms[at] !== 0 ? 0 : 1;
      snapped[axis] = -lineForms[at + 2] * lineForms[at + axis] + 0;
    }
    return { x: snapped[0], y: snapped[1], error };
  }

  #direction(point: number): [number, number] {
    const { subdivision, network } = this.#cut;
    const { x, y, errorX, errorY } = subdivision.points;
    const length = Math.hypot(x[point], y[point]);
    const error = Math.max(errorX[point], errorY[point]) + network.underflow.threshold;
    const isAccurate = error <= TOLERANCE * length && length > 0 && length < Infinity;
    const [dx, dy] = isAccurate
      ? [x[point], y[point]]
      : shortenDirection(this.#cut.exact.point(point));
    const size = Math.hypot(dx, dy);
    return [dx / size + 0, dy / size + 0];
  }
}

/** The direction to 53 bits or more, in numbers that neither overflow nor underflow. */
function shortenDirection([x, y]: ExactPoint): [number, number] {
  const longest = Math.max(bitLength(x < 0n ? -x : x), bitLength(y < 0n ? -y : y));
  const shift = BigInt(Math.max(0, longest - 500));
  return [Number(x >> shift), Number(y >> shift)];
}
