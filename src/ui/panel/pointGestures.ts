import type { Vec2 } from '../../model/field.ts';
import type { Navigation } from './navigation.ts';
import type { Grip, PointsTool } from './pointsTool.ts';

/** A press that moves less than this is a click. */
const CLICK_SLOP_PX = 4;
const RIGHT_BUTTON = 2;

/**
 * Mouse, touch and pen on the picture while the tool for points is on: a click adds a point, shift and click or the right button
 * removes one, a drag moves the point that it begins at, or sprays, or moves the picture. It takes these events before
 * gestures.ts sees them; the wheel zooms as ever.
 */
export class PointGestures {
  readonly #canvas: HTMLCanvasElement;
  readonly #tool: PointsTool;
  readonly #navigation: Navigation;
  readonly #place: (event: MouseEvent) => Vec2;
  #drag: { readonly pointer: number; readonly grip: Grip; at: Vec2; travelled: number } | null =
    null;

  /** @param place the place of a pointer on the canvas, in CSS pixels */
  constructor(
    canvas: HTMLCanvasElement,
    tool: PointsTool,
    navigation: Navigation,
    place: (event: MouseEvent) => Vec2,
    signal: AbortSignal,
  ) {
    this.#canvas = canvas;
    this.#tool = tool;
    this.#navigation = navigation;
    this.#place = place;
    const listen = <K extends 'pointerdown' | 'pointermove' | 'pointerup' | 'pointercancel'>(
      type: K,
      take: (event: PointerEvent) => boolean,
    ) => {
      const listener = (event: PointerEvent) => {
        if (take(event)) event.stopImmediatePropagation();
      };
      canvas.addEventListener(type, listener, { signal, capture: true });
    };
    listen('pointerdown', (event) => this.#press(event));
    listen('pointermove', (event) => this.#move(event));
    listen('pointerup', (event) => this.#release(event, true));
    listen('pointercancel', (event) => this.#release(event, false));
    for (const type of ['contextmenu', 'dblclick'] as const) {
      const listener = (event: MouseEvent) => {
        if (!tool.on) return;
        event.preventDefault();
        event.stopImmediatePropagation();
      };
      canvas.addEventListener(type, listener, { signal, capture: true });
    }
  }

  #press(event: PointerEvent): boolean {
    const isTaken = this.#tool.on && event.isPrimary && !this.#navigation.box.armed;
    if (!isTaken) return false;
    const at = this.#place(event);
    if (event.button === RIGHT_BUTTON || event.shiftKey) this.#tool.remove(at);
    else if (event.button === 0) {
      this.#canvas.setPointerCapture(event.pointerId);
      this.#drag = { pointer: event.pointerId, grip: this.#tool.grab(at), at, travelled: 0 };
    }
    return true;
  }

  #move(event: PointerEvent): boolean {
    const drag = this.#drag;
    if (drag?.pointer !== event.pointerId) return false;
    const at = this.#place(event);
    drag.travelled += Math.hypot(at[0] - drag.at[0], at[1] - drag.at[1]);
    if (drag.grip === 'picture') this.#navigation.drag(drag.at, at);
    else if (drag.travelled >= CLICK_SLOP_PX) this.#tool.dragTo(at, drag.travelled);
    drag.at = at;
    return true;
  }

  #release(event: PointerEvent, isClick: boolean): boolean {
    const drag = this.#drag;
    if (drag?.pointer !== event.pointerId) return false;
    this.#drag = null;
    const isStill = drag.travelled < CLICK_SLOP_PX;
    if (isClick && isStill && drag.grip !== 'point') this.#tool.add(drag.at);
    return true;
  }
}
