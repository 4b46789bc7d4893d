import { type Attributes, type Mark, svgOf } from '../overlay/marks.ts';
import { element, escapeMarkup } from './svgMarkup.ts';

/** Marks as self-contained SVG markup: attributes, no style sheet, and nothing that old programs ignore. */
export function marksMarkup(marks: readonly Mark[]): string {
  return marks.map(markMarkup).join('\n');
}

function markMarkup(mark: Mark): string {
  const { name, attributes, text } = svgOf(mark);
  const draw = (style: Attributes) =>
    element(name, { ...attributes, ...style }, escapeMarkup(text));
  const halo = mark.kind === 'text' ? mark.halo : undefined;
  // Drawn twice: programs that ignore `paint-order` would draw the outline over the letters.
  return halo ? draw({ ...mark.style, ...halo }) + draw(mark.style) : draw(mark.style);
}
