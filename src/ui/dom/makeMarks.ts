import { type Mark, svgOf } from '../../overlay/marks.ts';
import { makeSvg } from './elements.ts';

/** Marks as elements of the page, whose style sheets select them by their look. */
export function makeMarks(marks: readonly Mark[]): SVGElement[] {
  return marks.map((mark) => {
    const { name, attributes, text } = svgOf(mark);
    const halo = mark.kind === 'text' && mark.halo ? { ...mark.halo, 'paint-order': 'stroke' } : {};
    return makeSvg(name, { class: mark.look, ...attributes, ...mark.style, ...halo }, text);
  });
}
