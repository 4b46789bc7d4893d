import type { Vec2 } from '../model/field.ts';
import { boxZoom, HOME, pan, setHalfWidth, zoomAbout } from '../view/view.ts';
import type { BoxSelection } from './boxSelection.ts';
import type { PictureGeometry } from './pictureGeometry.ts';
import type { Motion, Session } from './session.ts';

/** One press of a zoom key or button, or a double click. */
export const ZOOM_STEP = 2;
/** One press of an arrow key, in half-widths. */
const PAN_STEP = 0.2;
const PAN_STEP_FINE = 0.02;

/** The ways through the plane that pointer, keys, toolbar and panel share. */
export class Navigation {
  /** Where the pointer is over the picture, in CSS pixels; null when it is elsewhere. */
  pointer: Vec2 | null = null;
  readonly box: BoxSelection;
  readonly #session: Session;
  readonly #geometry: PictureGeometry;

  constructor(session: Session, geometry: PictureGeometry, box: BoxSelection) {
    this.#session = session;
    this.#geometry = geometry;
    this.box = box;
  }

  /** Zooms about a place of the picture: the pointer if none is given, else the middle. */
  zoom(factor: number, motion: Motion, atPx: Vec2 | null = this.pointer): void {
    const u = atPx ? this.#geometry.toView(...atPx) : ([0, 0] as const);
    this.#session.changeView(zoomAbout(this.#session.state.view, u, factor), motion);
  }

  /** Moves the picture with a pointer that went from one place to another. */
  drag(fromPx: Vec2, toPx: Vec2): void {
    const from = this.#geometry.toView(...fromPx);
    const to = this.#geometry.toView(...toPx);
    this.#session.changeView(
      pan(this.#session.state.view, [from[0] - to[0], from[1] - to[1]]),
      'moving',
    );
  }

  /** Moves and zooms so that what lay under the first middle, spread wide, lies under the second. */
  pinch(fromPx: Vec2, toPx: Vec2, factor: number): void {
    const from = this.#geometry.toView(...fromPx);
    const to = this.#geometry.toView(...toPx);
    const zoomed = zoomAbout(this.#session.state.view, from, factor);
    this.#session.changeView(pan(zoomed, [from[0] - to[0], from[1] - to[1]]), 'moving');
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

  back(): void {
    this.#session.goBack();
  }

  forward(): void {
    this.#session.goForward();
  }

  setHalfWidth(halfWidth: number): void {
    this.#session.changeView(setHalfWidth(this.#session.state.view, halfWidth), 'still');
  }

  hold(held: boolean): void {
    this.#session.hold(held);
  }

  /** Opens the box for the keyboard, or puts it away. */
  toggleBox(): void {
    if (this.box.armed) this.box.arm(false);
    else this.box.openInMiddle(this.#geometry.width, this.#geometry.height);
  }

  /** Zooms to the box that was drawn; one too small changes nothing. */
  finishBox(): void {
    const box = this.box.finish();
    if (!box) return;
    const u0 = this.#geometry.toView(...box.corner0);
    const u1 = this.#geometry.toView(...box.corner1);
    this.#session.changeView(
      boxZoom(this.#session.state.view, u0, u1, this.#geometry.aspect),
      'still',
    );
  }
}
