import type { Vec2 } from '../model/field.ts';
import {
  cornerRadius,
  lengthAt,
  lengthSeenAt,
  PLANE,
  type Projection,
  toPicture,
  toView,
} from './projection.ts';
import { traceSegment } from './segments.ts';
import { extent, pixelToView } from './view.ts';

/** Curves are approximated to this many pixels. */
const CURVE_PX = 0.5;

/**
 * The size of the picture in CSS pixels and the projection of the plane into it, hence the map between
 * its pixels and view coordinates.
 */
export class PictureGeometry {
  width = 1;
  height = 1;
  readonly #projection: () => Projection;

  /** @param projection called whenever it is needed, so that it is always the state's. */
  constructor(projection: () => Projection = () => PLANE) {
    this.#projection = projection;
  }

  /** A picture of this size. */
  static of(
    projection: Projection,
    { width, height }: { readonly width: number; readonly height: number },
  ): PictureGeometry {
    return Object.assign(new PictureGeometry(() => projection), { width, height });
  }

  get projection(): Projection {
    return this.#projection();
  }

  /** View coordinate of a place in CSS pixels from the picture's top left corner. */
  toView(xPx: number, yPx: number): Vec2 {
    return toView(this.projection, this.toPicture(xPx, yPx));
  }

  /** CSS pixels from the top left corner of a view coordinate. */
  toPixel(u: Vec2): Vec2 {
    return this.#place(toPicture(this.projection, u));
  }

  /** Picture coordinate (src/view/projection.ts) of a place in CSS pixels. */
  toPicture(xPx: number, yPx: number): Vec2 {
    return pixelToView(xPx, yPx, this.width, this.height);
  }

  /** The straight segment between two view coordinates, in CSS pixels: a polyline, ends included. */
  traceSegment(from: Vec2, to: Vec2): Vec2[] {
    const tolerance = CURVE_PX / this.pixelsPerUnit;
    return traceSegment(this.projection, from, to, tolerance).map((w) => this.#place(w));
  }

  /** The length scale, in half-widths, at a place in CSS pixels. */
  lengthSeenAt(xPx: number, yPx: number): number {
    return lengthSeenAt(this.projection, this.toPicture(xPx, yPx));
  }

  /** The largest distance from the centre in the picture, in half-widths. */
  get reach(): number {
    return lengthAt(this.projection, cornerRadius(this.width, this.height));
  }

  #place(w: Vec2): Vec2 {
    return [
      this.width / 2 + w[0] * this.pixelsPerUnit,
      this.height / 2 - w[1] * this.pixelsPerUnit,
    ];
  }

  /** CSS pixels per unit of picture coordinates: half the shorter side. */
  get pixelsPerUnit(): number {
    return Math.min(this.width, this.height) / 2;
  }

  get aspect(): number {
    return this.width / this.height;
  }

  /** Half the sides of the picture in picture coordinates: those of the view in the plane. */
  get extent() {
    return extent(this.width, this.height);
  }
}
