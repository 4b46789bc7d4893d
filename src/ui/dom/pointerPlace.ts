import type { Vec2 } from '../../model/field.ts';

/** The place of a pointer event, in CSS pixels of the browser's window, and of the element that it is on. */
type Pointed = Pick<MouseEvent, 'clientX' | 'clientY' | 'offsetX' | 'offsetY' | 'target'>;

/** Pixels by which two measurements of a box may differ. */
const SLACK_PX = 1;

/**
 * The place of a pointer in an element without borders, in the element's own CSS pixels from its top left
 * corner, under any transforms and zooms around it.
 *
 * @param layer an SVG element without a viewBox that lies over the element: browsers return its matrix to
 *   the window, rotations included. If that is incomplete, as in perspective, the event has the place,
 *   in whole pixels for some events; if it is on another element, sides are compared instead.
 */
export function pointerPlace(
  { clientX, clientY, offsetX, offsetY, target }: Pointed,
  element: HTMLElement,
  layer: SVGGraphicsElement,
): Vec2 {
  const box = element.getBoundingClientRect();
  const { clientWidth: width, clientHeight: height } = element;
  const toWindow = layer.getScreenCTM();
  if (toWindow && mapsOnto(toWindow, width, height, box)) {
    const { a, b, c, d, e, f } = toWindow;
    const [dx, dy] = [clientX - e, clientY - f];
    const determinant = a * d - b * c;
    return [(d * dx - c * dy) / determinant, (a * dy - b * dx) / determinant];
  }
  if (target === element) return [offsetX, offsetY];
  return [((clientX - box.left) * width) / box.width, ((clientY - box.top) * height) / box.height];
}

/** Whether the bounding box of a transformed rectangle is the given one, and the transform can be inverted. */
function mapsOnto(matrix: DOMMatrixReadOnly, width: number, height: number, box: DOMRect): boolean {
  const { a, b, c, d, e, f } = matrix;
  if (a * d === b * c) return false;
  const left = e + Math.min(0, a * width) + Math.min(0, c * height);
  const right = e + Math.max(0, a * width) + Math.max(0, c * height);
  const top = f + Math.min(0, b * width) + Math.min(0, d * height);
  const bottom = f + Math.max(0, b * width) + Math.max(0, d * height);
  const off = [left - box.left, right - box.right, top - box.top, bottom - box.bottom];
  return off.every((difference) => Math.abs(difference) <= SLACK_PX);
}
