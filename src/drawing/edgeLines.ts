import type { ArrangementPoint } from '../geometry/arrangement.ts';
import type { Vec2 } from '../model/field.ts';
import type { PictureGeometry } from '../view/pictureGeometry.ts';

/** With more points than this edges are thin, without casing and vertices, so that the picture stays visible. */
export const DENSE_POINTS = 2000;
/** While a view moves, the ends of edges may lie this many pictures away; those are left out. */
const FAR_PX = 1e6;

/** A line in a picture, in its pixels: a curve in pieces in a log-radial one. */
export type Line = readonly Vec2[];

interface Ends {
  /** Indices of points. */
  readonly from: number;
  readonly to: number;
}

/** The points of an arrangement, or of its decision, in a picture. */
export class PlacedPoints {
  readonly #geometry: PictureGeometry;
  /** In view coordinates. */
  readonly #places: readonly Vec2[];
  /** In pixels; null if they are too far away. */
  readonly pixels: readonly (Vec2 | null)[];

  /** @param toView from the arrangement's coordinates to those of the view */
  constructor(
    points: readonly ArrangementPoint[],
    toView: (x: number, y: number) => Vec2,
    geometry: PictureGeometry,
  ) {
    this.#geometry = geometry;
    this.#places = points.map(({ x, y }) => toView(x, y));
    this.pixels = this.#places.map((place) => {
      const at = geometry.toPixel(place);
      return Math.abs(at[0]) < FAR_PX && Math.abs(at[1]) < FAR_PX ? at : null;
    });
  }

  lines(ends: readonly Ends[]): Line[] {
    return ends.flatMap((one) => {
      const line = this.#line(one);
      return line ? [line] : [];
    });
  }

  /** A polygon's outline, its first corner at both ends; null if a corner is too far away. */
  outline(corners: readonly number[]): Line | null {
    const sides = corners.map((from, i) => ({ from, to: corners[(i + 1) % corners.length]! }));
    const lines = this.lines(sides);
    return lines.length < sides.length ? null : lines.flat();
  }

  #line({ from, to }: Ends): Line | null {
    const [start, end] = [this.pixels[from]!, this.pixels[to]!];
    if (!start || !end) return null;
    const isStraight = this.#geometry.projection.kind === 'plane';
    return isStraight
      ? [start, end]
      : this.#geometry.traceSegment(this.#places[from]!, this.#places[to]!);
  }
}
