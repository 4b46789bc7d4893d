import { type AxisSizes, horizontalAxis, verticalAxis } from '../../overlay/axes.ts';
import type { State } from '../../state/state.ts';
import type { PictureGeometry } from '../../view/pictureGeometry.ts';
import { showMarks } from '../dom/makeMarks.ts';

/** In CSS pixels, for text of size 14. */
const WIDE: AxisSizes = {
  labelRoom: 110,
  text: { digit: 9, line: 12 },
  digitsAside: 5,
  // On the right the page ends, or the colour bar's numbers begin.
  beyond: { x: [40, 8], y: [8, 6] },
  middle: 5,
  nameBelow: 30,
  nameAside: 62,
  offsetDown: 4,
};
/** In the narrow gutters of a compact page (frame.css). */
const NARROW: AxisSizes = { ...WIDE, nameAside: 42, digitsAside: 4 };

/** Shows ticks and labels in the elements below and left of the picture; the left one ends at the picture. */
export function showAxes(
  axisX: SVGSVGElement,
  axisY: SVGSVGElement,
  state: State,
  { width, height }: PictureGeometry,
): void {
  const sizes = axisY.closest('.compact') ? NARROW : WIDE;
  const above = { x: 0, y: -height, width, height };
  showMarks(axisX, horizontalAxis(state, above, sizes));
  showMarks(axisY, verticalAxis(state, { ...above, y: 0 }, sizes));
}
