import { polarAxes } from '../view/polarAxes.ts';
import type { View } from '../view/view.ts';
import type { Box } from './pictureLayout.ts';
import { element, escapeMarkup } from './svgMarkup.ts';

const LABEL_SIZE = 13;
const LABEL_DROP = 4;

/**
 * Rings at powers of ten and spokes for a log-radial plot, in its units from its top left corner: to
 * be laid over the field. They look as on the page (`.rings` in layout.css).
 */
export function ringsMarkup(view: View, decades: number, { width, height }: Box): string {
  const { center, rings, spokes, names } = polarAxes(view, decades, width, height);
  const lines = [
    ...rings.map(({ radius }) => element('circle', { cx: center[0], cy: center[1], r: radius })),
    ...spokes.map(([[x1, y1], [x2, y2]]) => element('line', { x1, y1, x2, y2 })),
  ].join('');
  const texts = [
    ...rings.flatMap(({ label, labelAt }) => (labelAt ? [{ text: label, at: labelAt }] : [])),
    ...names,
  ].map(({ text, at: [x, y] }) => element('text', { x, y: y + LABEL_DROP }, escapeMarkup(text)));
  return [
    drawLines(lines, { stroke: '#000000', 'stroke-opacity': 0.3, 'stroke-width': 2.2 }),
    drawLines(lines, { stroke: '#ffffff', 'stroke-opacity': 0.6, 'stroke-width': 0.9 }),
    element('circle', { cx: center[0], cy: center[1], r: 2.5, fill: '#ffffff', stroke: '#000000' }),
    element('g', TEXT, texts.join('')),
  ].join('\n');
}

const TEXT = {
  'text-anchor': 'middle',
  'font-size': LABEL_SIZE,
  fill: '#ffffff',
  stroke: '#000000',
  'stroke-opacity': 0.8,
  'stroke-width': 3.5,
  'stroke-linejoin': 'round',
  // The outline lies behind the letters.
  'paint-order': 'stroke',
};

function drawLines(lines: string, stroke: Readonly<Record<string, string | number>>): string {
  return element('g', { fill: 'none', ...stroke }, lines);
}
