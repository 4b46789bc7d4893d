import { type Attributes, type Mark, svgOf } from '../overlay/marks.ts';
import { element, escapeMarkup } from './svgMarkup.ts';

/** Marks as SVG markup that stands alone: attributes, no style sheet, and nothing that old programs leave out. */
export function marksMarkup(marks: readonly Mark[]): string {
  return marks.map(markMarkup).join('\n');
}

function markMarkup(mark: Mark): string {
  const { name, attributes, text } = svgOf(mark);
  const draw = (style: Attributes) =>
    element(name, { ...attributes, ...style }, escapeMarkup(text));
  const halo = mark.kind === 'text' ? mark.halo : undefined;
  // Twice instead of by `paint-order`, without which the outline would cover the letters.
  return halo ? draw({ ...mark.style, ...halo }) + draw(mark.style) : draw(mark.style);
}
