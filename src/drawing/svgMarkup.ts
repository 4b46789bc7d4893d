import { printLength } from '../overlay/marks.ts';

/** Mean width of a letter in common fonts, and a little more, as a fraction of the font size. */
export const LETTER_WIDTH = 0.6;

/** An SVG element as text; attributes and text are escaped, `children` are markup. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children = '',
): string {
  const pairs = Object.entries(attributes).map(([key, value]) => {
    const text = typeof value === 'number' ? printLength(value) : escapeMarkup(value);
    return ` ${key}="${text}"`;
  });
  return children === ''
    ? `<${name}${pairs.join('')}/>`
    : `<${name}${pairs.join('')}>${children}</${name}>`;
}

/** Text, escaped for markup. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
