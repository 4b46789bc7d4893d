import type { Vec2 } from '../../model/field.ts';
import type { PictureGeometry } from '../../view/pictureGeometry.ts';
import type { Projection } from '../../view/projection.ts';
import { centerAt, dragRing, zoomRings, zoomToBox } from '../../view/radialMoves.ts';
import { boxZoom, HOME, pan, setHalfWidth, type View, zoomAbout } from '../../view/view.ts';
import type { BoxSelection } from './boxSelection.ts';
import type { Motion, Session } from './session.ts';

/** One press of a zoom key or button, or a double click. */
export const ZOOM_STEP = 2;
/** One press of an arrow key, in half-widths. */
const PAN_STEP = 0.2;
const PAN_STEP_FINE = 0.02;

/** The moves through the plane that pointer, keys, toolbar and controls share. */
export class Navigation {
  /** The pointer's place over the picture, in CSS pixels; null if it is elsewhere. */
  pointer: Vec2 | null = null;
  readonly box: BoxSelection;
  readonly #session: Session;
  readonly #geometry: PictureGeometry;

  constructor(session: Session, geometry: PictureGeometry, box: BoxSelection) {
    this.#session = session;
    this.#geometry = geometry;
    this.box = box;
  }

  /**
   * Zooms about a place of the picture: by default the pointer, or else the middle; a log-radial
   * picture always about its centre.
   */
  zoom(factor: number, motion: Motion, atPx: Vec2 | null = this.pointer): void {
    this.#change(motion, (view, projection) => {
      if (projection.kind === 'logRadial') return zoomRings(view, projection.decades, factor);
      return zoomAbout(view, atPx ? this.#geometry.toView(...atPx) : [0, 0], factor);
    });
  }

  /** A double click: zooms about the place, or makes it the centre of a log-radial picture. */
  strike(factor: number, atPx: Vec2): void {
    const { projection } = this.#session.state;
    if (projection.kind === 'plane' || factor > 1) this.zoom(factor, 'still', atPx);
    else {
      const w = this.#geometry.toPicture(...atPx);
      this.#change('still', (view) => centerAt(view, projection, w));
    }
  }

  /** Moves the picture with a pointer from one place to another; in a log-radial one, the rings. */
  drag(fromPx: Vec2, toPx: Vec2): void {
    const from = this.#geometry.toPicture(...fromPx);
    const to = this.#geometry.toPicture(...toPx);
    this.#change('moving', (view, projection) =>
      projection.kind === 'plane'
        ? pan(view, [from[0] - to[0], from[1] - to[1]])
        : dragRing(view, projection.decades, Math.hypot(...from), Math.hypot(...to)),
    );
  }

  /** Moves the point under the first middle to the second, and zooms by the ratio of the spreads. */
  pinch(fromPx: Vec2, toPx: Vec2, factor: number): void {
    this.zoom(factor, 'moving', fromPx);
    if (this.#session.state.projection.kind === 'plane') this.drag(fromPx, toPx);
  }

  /** A step of the arrow keys; direction in view coordinates. */
  step(direction: Vec2, fine: boolean): void {
    const length = fine ? PAN_STEP_FINE : PAN_STEP;
    const du: Vec2 = [direction[0] * length, direction[1] * length];
    this.#session.changeView(pan(this.#session.state.view, du), 'moving');
  }

  home(): void {
    this.#session.changeView(HOME, 'still');
  }

  setHalfWidth(halfWidth: number): void {
    this.#session.changeView(setHalfWidth(this.#session.state.view, halfWidth), 'still');
  }

  /** Opens the box for the keyboard, or closes it. */
  toggleBox(): void {
    if (this.box.armed) this.box.arm(false);
    else this.box.openInMiddle(this.#geometry.width, this.#geometry.height);
  }

  /** Zooms to the drawn box; a box that is too small changes nothing. */
  finishBox(): void {
    const box = this.box.finish();
    if (!box) return;
    const w0 = this.#geometry.toPicture(...box.corner0);
    const w1 = this.#geometry.toPicture(...box.corner1);
    this.#change('still', (view, projection) =>
      projection.kind === 'plane'
        ? boxZoom(view, w0, w1, this.#geometry.aspect)
        : zoomToBox(view, projection, w0, w1),
    );
  }

  #change(motion: Motion, move: (view: View, projection: Projection) => View): void {
    const { view, projection } = this.#session.state;
    this.#session.changeView(move(view, projection), motion);
  }
}
