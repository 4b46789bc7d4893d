/**
 * Markup of our own making (SVG or MathML) as an element of the page.
 *
 * @throws Error if it is not well-formed
 */
export function parseMarkup<E extends Element = Element>(markup: string): E {
  const root = new DOMParser().parseFromString(markup, 'application/xml').documentElement;
  if (root.querySelector('parsererror') ?? root.nodeName === 'parsererror') {
    throw new Error(`markup that is not well-formed: ${markup.slice(0, 200)}`);
  }
  return document.importNode(root, true) as Element as E;
}
