/** Small helpers to make elements; text is always inserted as text, never as markup. */

type Attributes = Readonly<Record<string, string | number | boolean>>;
type Child = Node | string;

const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';

/** An HTML element. A boolean attribute is present if true and absent if false. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  fill(element, attributes, children);
  return element;
}

/** An SVG element. */
export function makeSvg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG_NAMESPACE, tag);
  fill(element, attributes, children);
  return element;
}

function fill(element: Element, attributes: Attributes, children: readonly Child[]): void {
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  element.append(...children);
}

export function setAttribute(element: Element, name: string, value: string | number | boolean) {
  if (value === false) {
    element.removeAttribute(name);
    return;
  }
  const text = value === true ? '' : String(value);
  // The same one again would still cost a new style and a layout.
  if (element.getAttribute(name) !== text) element.setAttribute(name, text);
}

/** Sets the text only if it differs, so that nothing is laid out or announced again. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** The same for a line that may end in an ellipsis: its tooltip is the whole. */
export function setLine(element: Element, text: string): void {
  setText(element, text);
  setAttribute(element, 'title', text);
}

/** A 20 × 20 line icon; decorative, so its button needs its own name. */
export function makeIcon(path: string): SVGSVGElement {
  return makeSvg(
    'svg',
    { viewBox: '0 0 20 20', class: 'icon', 'aria-hidden': 'true', focusable: 'false' },
    makeSvg('path', { d: path }),
  );
}
