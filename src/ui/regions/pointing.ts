import type { Vec2 } from '../../model/field.ts';

/** A click that moves further is a drag. */
const CLICK_SLOP_PX = 4;

/** The pointer's effect on the regions of the picture; places are CSS pixels of the canvas. */
export interface Pointing {
  /** null when it has left. */
  point(at: Vec2 | null): void;
  select(at: Vec2): void;
}

/** Follows the pointer over a canvas, and its clicks, until the signal aborts. @param place of an event, in CSS pixels of the canvas */
export function listenToPointer(
  canvas: HTMLCanvasElement,
  place: (event: MouseEvent) => Vec2,
  pointing: Pointing,
  signal: AbortSignal,
): void {
  let pressed: Vec2 | null = null;
  const follow = (event: PointerEvent) => {
    if (event.buttons === 0) pointing.point(place(event));
  };
  const press = (event: PointerEvent) => {
    pressed = place(event);
  };
  const click = (event: MouseEvent) => {
    const at = place(event);
    const from = pressed ?? at;
    const isDrag = Math.hypot(at[0] - from[0], at[1] - from[1]) > CLICK_SLOP_PX;
    // The second click of a double click zooms.
    if (event.detail <= 1 && !isDrag) pointing.select(at);
  };
  canvas.addEventListener('pointermove', follow, { signal });
  canvas.addEventListener('pointerleave', () => pointing.point(null), { signal });
  canvas.addEventListener('pointerdown', press, { signal });
  canvas.addEventListener('click', click, { signal });
}
