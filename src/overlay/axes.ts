import type { Ticks } from '../scales/ticks.ts';
import { axisTicks } from '../scales/ticks.ts';
import type { PictureGeometry } from '../view/pictureGeometry.ts';
import { nameRings } from '../view/polarAxes.ts';
import type { View } from '../view/view.ts';
import { makeSvg } from './dom.ts';

const TICK_PX = 5;
/** Room that a label takes along its axis, in CSS pixels; decides how many ticks there are. */
const LABEL_ROOM_X_PX = 110;
const LABEL_ROOM_Y_PX = 64;
/** In a picture narrower than this the page has narrow gutters (layout.css). */
const NARROW_PX = 560;
/** From the picture's side to the offset and the axis's name, turned upright, in both cases. */
const NAME_GAP_PX = { wide: 62, narrow: 42 };

/** No label nearer than this to the picture's ends, where it would be cut off. */
const END_PX = 6;

/**
 * Draws ticks and labels below and left of the picture, in the view's own arithmetic; for a log-radial
 * picture only what the rings on it (rings.ts) tell.
 */
export function showAxes(
  axisX: SVGSVGElement,
  axisY: SVGSVGElement,
  view: View,
  geometry: PictureGeometry,
): void {
  if (geometry.projection.kind === 'logRadial') {
    axisX.replaceChildren(drawRadiusName(view, geometry.width));
    axisY.replaceChildren();
    return;
  }
  const { halfX, halfY } = geometry.extent;
  const ticksX = ticksOf(view, 0, halfX, geometry.width / LABEL_ROOM_X_PX);
  const ticksY = ticksOf(view, 1, halfY, geometry.height / LABEL_ROOM_Y_PX);
  axisX.replaceChildren(...drawX(ticksX, geometry.width));
  const gap = geometry.width < NARROW_PX ? NAME_GAP_PX.narrow : NAME_GAP_PX.wide;
  axisY.replaceChildren(...drawY(ticksY, geometry.height, gap));
}

function drawRadiusName(view: View, width: number): SVGElement {
  const place = { x: width / 2, y: TICK_PX + 14, 'text-anchor': 'middle', class: 'name' };
  return makeSvg('text', place, nameRings(view));
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
  const y = TICK_PX + 30;
  parts.push(makeSvg('text', { x: width / 2, y, 'text-anchor': 'middle', class: 'name' }, 'x₁'));
  if (offset !== null) {
    parts.push(makeSvg('text', { x: width, y, 'text-anchor': 'end', class: 'offset' }, offset));
  }
  return parts;
}

/** Drawn from the right edge leftwards: x = 0 is the picture's left side. */
function drawY({ ticks, offset }: Ticks, height: number, nameGap: number): SVGElement[] {
  const parts: SVGElement[] = [];
  for (const { position, label } of ticks) {
    const y = ((1 - position) / 2) * height;
    const textY = Math.min(height - END_PX, Math.max(2 * END_PX, y + 5));
    parts.push(makeSvg('line', { x1: -TICK_PX, x2: 0, y1: y, y2: y }));
    parts.push(makeSvg('text', { x: -TICK_PX - 4, y: textY, 'text-anchor': 'end' }, label));
  }
  const upright = (y: number) => `translate(${-nameGap} ${y}) rotate(-90)`;
  const name = { class: 'name', 'text-anchor': 'middle', transform: upright(height / 2) };
  parts.push(makeSvg('text', name, 'x₂'));
  if (offset !== null) {
    const place = { class: 'offset', 'text-anchor': 'end', transform: upright(4) };
    parts.push(makeSvg('text', place, offset));
  }
  return parts;
}
