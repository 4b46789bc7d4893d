import type { Ticks } from '../view/ticks.ts';
import { axisTicks } from '../view/ticks.ts';
import type { View } from '../view/view.ts';
import { makeSvg } from './dom.ts';
import type { PictureGeometry } from './pictureGeometry.ts';

const TICK_PX = 5;
/** Room that a label takes along its axis, in CSS pixels; decides how many ticks there are. */
const LABEL_ROOM_X_PX = 110;
const LABEL_ROOM_Y_PX = 64;
/** No label nearer than this to the picture's ends, where it would be cut off. */
const END_PX = 6;

/** Draws ticks and labels below and left of the picture, in the view's own arithmetic. */
export function showAxes(
  axisX: SVGSVGElement,
  axisY: SVGSVGElement,
  view: View,
  geometry: PictureGeometry,
): void {
  const { halfX, halfY } = geometry.extent;
  const ticksX = ticksOf(view, 0, halfX, geometry.width / LABEL_ROOM_X_PX);
  const ticksY = ticksOf(view, 1, halfY, geometry.height / LABEL_ROOM_Y_PX);
  axisX.replaceChildren(...drawX(ticksX, geometry.width));
  axisY.replaceChildren(...drawY(ticksY, geometry.height));
}

function ticksOf(view: View, axis: 0 | 1, halfSide: number, count: number): Ticks {
  const halfExtent = view.halfWidth * halfSide;
  return axisTicks(view.center[axis], view.centerLow[axis], halfExtent, Math.max(2, count));
}

function drawX({ ticks, offset }: Ticks, width: number): SVGElement[] {
  const parts: SVGElement[] = [];
  for (const { position, label } of ticks) {
    const x = ((position + 1) / 2) * width;
    parts.push(makeSvg('line', { x1: x, x2: x, y1: 0, y2: TICK_PX }));
    const anchor = x < 3 * END_PX ? 'start' : x > width - 3 * END_PX ? 'end' : 'middle';
    parts.push(makeSvg('text', { x, y: TICK_PX + 14, 'text-anchor': anchor }, label));
  }
  if (offset !== null) {
    parts.push(
      makeSvg('text', { x: width, y: TICK_PX + 30, 'text-anchor': 'end', class: 'offset' }, offset),
    );
  }
  return parts;
}

/** Drawn from the right edge leftwards: x = 0 is the picture's left side. */
function drawY({ ticks, offset }: Ticks, height: number): SVGElement[] {
  const parts: SVGElement[] = [];
  for (const { position, label } of ticks) {
    const y = ((1 - position) / 2) * height;
    const textY = Math.min(height - END_PX, Math.max(2 * END_PX, y + 5));
    parts.push(makeSvg('line', { x1: -TICK_PX, x2: 0, y1: y, y2: y }));
    parts.push(makeSvg('text', { x: -TICK_PX - 4, y: textY, 'text-anchor': 'end' }, label));
  }
  if (offset !== null) {
    parts.push(
      makeSvg(
        'text',
        { class: 'offset', 'text-anchor': 'end', transform: `translate(-58 4) rotate(-90)` },
        offset,
      ),
    );
  }
  return parts;
}
