/** Scrolls `box` no farther than needed to show an element in it: its upper part if it is higher than the box. */
export function scrollInto(box: Element, element: Element): void {
  const [outer, inner] = [box.getBoundingClientRect(), element.getBoundingClientRect()];
  box.scrollTop += scrollNeeded(inner.top - outer.top, inner.height, box.clientHeight);
}

/**
 * How far to scroll, in pixels; up if negative.
 *
 * @param top of the element below the upper edge of the box
 * @param room the height of the box
 */
export function scrollNeeded(top: number, height: number, room: number): number {
  if (top < 0 || height > room) return top;
  return Math.max(0, top + height - room);
}
