import { type Mark, type SvgElement, svgOf } from '../../overlay/marks.ts';
import { makeSvg } from './elements.ts';

/** The descriptions of the elements that `showMarks` made. */
const shown = new WeakMap<Element, string>();

/** Marks as elements of the page, whose style sheets select them by their look. */
export function makeMarks(marks: readonly Mark[]): SVGElement[] {
  return marks.map((mark) => makeMark(describe(mark)));
}

/** Shows marks as the only children of an element; those that are there already are not painted again. */
export function showMarks(parent: Element, marks: readonly Mark[]): void {
  const before = [...parent.children];
  marks.forEach((mark, i) => {
    const described = describe(mark);
    const key = JSON.stringify(described);
    const there = before[i];
    if (there && shown.get(there) === key) return;
    const made = makeMark(described);
    shown.set(made, key);
    if (there) there.replaceWith(made);
    else parent.append(made);
  });
  for (const left of before.slice(marks.length)) left.remove();
}

function describe(mark: Mark): SvgElement {
  const { name, attributes, text } = svgOf(mark);
  const halo = mark.kind === 'text' && mark.halo ? { ...mark.halo, 'paint-order': 'stroke' } : {};
  return { name, attributes: { class: mark.look, ...attributes, ...mark.style, ...halo }, text };
}

function makeMark({ name, attributes, text }: SvgElement): SVGElement {
  return makeSvg(name, attributes, text);
}
