import type { PictureGeometry } from '../view/pictureGeometry.ts';
import { polarAxes } from '../view/polarAxes.ts';
import type { View } from '../view/view.ts';
import { makeSvg } from './dom.ts';

/** From a ring to the baseline of its label, which so lies beside the ring. */
const LABEL_DROP_PX = 4;

/** Draws rings at powers of ten and spokes over a log-radial picture, in place of axes. */
export function drawRings(view: View, decades: number, geometry: PictureGeometry): SVGElement {
  const { center, rings, spokes, names } = polarAxes(
    view,
    decades,
    geometry.width,
    geometry.height,
  );
  const lines = [
    ...rings.map(({ radius }) => circlePath(center, radius)),
    ...spokes.map(([from, to]) => `M${from.join(' ')}L${to.join(' ')}`),
  ].join('');
  return makeSvg(
    'g',
    { class: 'rings' },
    makeSvg('path', { class: 'casing', d: lines }),
    makeSvg('path', { class: 'ring', d: lines }),
    makeSvg('circle', { class: 'center', cx: center[0], cy: center[1], r: 2.5 }),
    ...rings.flatMap(({ label, labelAt }) => (labelAt ? [drawText(label, ...labelAt)] : [])),
    ...names.map(({ text, at: [x, y] }) => drawText(text, x, y)),
  );
}

function drawText(text: string, x: number, y: number): SVGElement {
  return makeSvg('text', { x, y: y + LABEL_DROP_PX, 'text-anchor': 'middle' }, text);
}

function circlePath([x, y]: readonly [number, number], radius: number): string {
  const half = `A${radius} ${radius} 0 0 0`;
  return `M${x - radius} ${y}${half} ${x + radius} ${y}${half} ${x - radius} ${y}`;
}
