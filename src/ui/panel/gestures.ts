import type { Vec2 } from '../../model/field.ts';
import type { Navigation } from './navigation.ts';
import { ZOOM_STEP } from './navigation.ts';
import { fingerPans, type WheelPolicy, wheelZooms } from './wheelPolicy.ts';

/** Half-widths per wheel pixel as a power of two: one notch of 100 px zooms by about 1.2. */
const WHEEL_RATE = 0.0026;
/** A pinch on a touch pad arrives as wheel events with small numbers and ctrlKey set. */
const PAD_PINCH_RATE = 0.015;
const WHEEL_LINE_PX = 20;
const WHEEL_PAGE_PX = 400;
/** No single wheel event zooms by more than this power of two. */
const WHEEL_STEP_MAX = 1;
/** A touch that moves less than this is a tap, and a press of the mouse a click. */
const TAP_SLOP_PX = 10;
const DOUBLE_TAP_MS = 350;
const DOUBLE_TAP_SLOP_PX = 40;

/**
 * Mouse, touch and pen on the picture: drag pans, wheel, pinch, double click and double tap zoom
 * about the pointer, shift with drag (or an armed box) draws a box. navigation.ts defines their effect on
 * a log-radial picture.
 *
 * Written on pointer events: d3-zoom keeps an absolute transform in float64, which has no digits
 * left for pixels between the half-widths 1e9 and 1e-12; here every step is relative to the view.
 */
export class Gestures {
  readonly #canvas: HTMLCanvasElement;
  readonly #navigation: Navigation;
  readonly #place: (event: MouseEvent) => Vec2;
  readonly #onProbe: (atPx: Vec2 | null, pinned: boolean) => void;
  readonly #policy: WheelPolicy;
  /** The finger that is down may scroll the page. */
  #scrolls = false;
  /** The last places of pressed pointers, by id. */
  readonly #down = new Map<number, Vec2>();
  #travelled = 0;
  #drawingBox = false;
  #lastTap: { time: number; at: Vec2 } | null = null;
  /** The time when a finger last left the picture. */
  #lastTouch = Number.NEGATIVE_INFINITY;

  /** @param place the place of a pointer on the canvas, in CSS pixels */
  constructor(
    canvas: HTMLCanvasElement,
    navigation: Navigation,
    place: (event: MouseEvent) => Vec2,
    onProbe: (atPx: Vec2 | null, pinned: boolean) => void,
    policy: WheelPolicy,
    signal: AbortSignal,
  ) {
    this.#canvas = canvas;
    this.#navigation = navigation;
    this.#place = place;
    this.#onProbe = onProbe;
    this.#policy = policy;
    canvas.addEventListener('pointerdown', (event) => this.#press(event), { signal });
    canvas.addEventListener('pointermove', (event) => this.#move(event), { signal });
    canvas.addEventListener('pointerup', (event) => this.#release(event), { signal });
    canvas.addEventListener('pointercancel', (event) => this.#release(event), { signal });
    canvas.addEventListener('lostpointercapture', (event) => this.#release(event), { signal });
    canvas.addEventListener('pointerleave', (event) => this.#leave(event), { signal });
    canvas.addEventListener('wheel', (event) => this.#wheel(event), { signal, passive: false });
    canvas.addEventListener('touchmove', (event) => this.#keepPinch(event), {
      signal,
      passive: false,
    });
    canvas.addEventListener('dblclick', (event) => this.#doubleClick(event), { signal });
  }

  #press(event: PointerEvent): void {
    if (event.pointerType === 'mouse' && event.button !== 0) return;
    const at = this.#place(event);
    this.#canvas.setPointerCapture(event.pointerId);
    if (this.#down.size === 0) {
      this.#travelled = 0;
      this.#scrolls = event.pointerType === 'touch' && !fingerPans(this.#policy, this.#hasFocus);
      this.#drawingBox = event.shiftKey || this.#navigation.box.armed;
      if (this.#drawingBox) this.#navigation.box.start(at);
    } else if (this.#drawingBox) {
      // A second finger: the gesture is a pinch.
      this.#drawingBox = false;
      this.#navigation.box.arm(false);
    }
    this.#down.set(event.pointerId, at);
    this.#canvas.classList.add('grabbing');
  }

  #move(event: PointerEvent): void {
    const at = this.#place(event);
    // Released without an event: outside of the window, or in a dialog of the browser.
    if (event.buttons === 0) this.#release(event);
    const from = this.#down.get(event.pointerId);
    if (!from) {
      if (event.pointerType !== 'touch') this.#point(at);
      return;
    }
    this.#travelled += Math.hypot(at[0] - from[0], at[1] - from[1]);
    if (event.pointerType === 'touch' && this.#travelled >= TAP_SLOP_PX) this.#onProbe(null, false);
    if (this.#drawingBox) this.#navigation.box.dragTo(at);
    else if (this.#down.size > 1) this.#pinch(event.pointerId, at);
    else if (!this.#scrolls) this.#navigation.drag(from, at);
    this.#down.set(event.pointerId, at);
  }

  /** One of two or more fingers moves; the first other one is taken as fixed. */
  #pinch(movedId: number, at: Vec2): void {
    const from = this.#down.get(movedId)!;
    const [, other] = [...this.#down].find(([id]) => id !== movedId)!;
    const before = Math.hypot(from[0] - other[0], from[1] - other[1]);
    const after = Math.hypot(at[0] - other[0], at[1] - other[1]);
    // Two fingers at one place have no ratio.
    const factor = before > 1 && after > 1 ? before / after : 1;
    this.#navigation.pinch(middle(from, other), middle(at, other), factor);
  }

  #release(event: PointerEvent): void {
    const at = this.#down.get(event.pointerId);
    if (!at) return;
    this.#down.delete(event.pointerId);
    if (event.pointerType === 'touch') this.#lastTouch = event.timeStamp;
    if (this.#down.size > 0) return;
    this.#canvas.classList.remove('grabbing');
    // A drag moves the point along, so the probe did not change on the way.
    if (event.pointerType !== 'touch') this.#point(at);
    if (this.#drawingBox) {
      this.#drawingBox = false;
      if (event.type !== 'pointerup') this.#navigation.box.arm(false);
      else this.#navigation.finishBox();
    } else if (event.type === 'pointerup' && this.#travelled < TAP_SLOP_PX) {
      if (event.pointerType === 'touch') this.#tap(at, event.timeStamp);
      // Until the mouse moves on.
      else this.#onProbe(at, true);
    }
  }

  #tap(at: Vec2, time: number): void {
    const last = this.#lastTap;
    const isSecond =
      last !== null &&
      time - last.time < DOUBLE_TAP_MS &&
      Math.hypot(at[0] - last.at[0], at[1] - last.at[1]) < DOUBLE_TAP_SLOP_PX;
    this.#lastTap = isSecond ? null : { time, at };
    if (isSecond) this.#navigation.strike(1 / ZOOM_STEP, at);
    else this.#onProbe(at, true);
  }

  #doubleClick(event: MouseEvent): void {
    event.preventDefault();
    // A double tap was handled above, whether or not the browser turns it into a double click.
    if (event.timeStamp - this.#lastTouch < DOUBLE_TAP_MS) return;
    const factor = event.shiftKey ? ZOOM_STEP : 1 / ZOOM_STEP;
    this.#navigation.strike(factor, this.#place(event));
  }

  /** Whether a person has clicked into the Reluscope. */
  get #hasFocus(): boolean {
    return (this.#canvas.getRootNode() as ShadowRoot).activeElement !== null;
  }

  /** Two fingers never scroll the page. */
  #keepPinch(event: TouchEvent): void {
    if (event.touches.length > 1 && event.cancelable) event.preventDefault();
  }

  #wheel(event: WheelEvent): void {
    if (!wheelZooms(this.#policy, event, this.#hasFocus)) return;
    event.preventDefault();
    const unit = [1, WHEEL_LINE_PX, WHEEL_PAGE_PX][event.deltaMode] ?? 1;
    const delta = (event.deltaY || event.deltaX) * unit;
    const power = delta * (event.ctrlKey ? PAD_PINCH_RATE : WHEEL_RATE);
    const factor = 2 ** Math.min(WHEEL_STEP_MAX, Math.max(-WHEEL_STEP_MAX, power));
    const at = this.#place(event);
    this.#point(at);
    this.#navigation.zoom(factor, 'moving', at);
  }

  #leave(event: PointerEvent): void {
    if (event.pointerType !== 'touch' && this.#down.size === 0) this.#point(null);
  }

  #point(at: Vec2 | null): void {
    this.#navigation.pointer = at;
    this.#onProbe(at, false);
  }
}

function middle(a: Vec2, b: Vec2): Vec2 {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}
