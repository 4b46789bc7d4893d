import { escapeMarkup } from '../drawing/svgMarkup.ts';

/** Presentation MathML, composed of parts: what these functions return is well-formed. */

/** A name: a single letter is set in italics, several are upright. */
export function mi(name: string): string {
  return wrap('mi', escapeMarkup(name));
}

export function mn(number: number | string): string {
  return wrap('mn', escapeMarkup(String(number)));
}

export function mo(operator: string): string {
  return wrap('mo', escapeMarkup(operator));
}

/** Words between formulas; spaces at their ends are kept. */
export function mtext(text: string): string {
  return wrap('mtext', escapeMarkup(text.replaceAll(' ', '\u00a0')));
}

/** Between two formulas on a line. */
export function comma(): string {
  return mo(',') + mtext('   ');
}

/** A function with its argument but without brackets, e.g. log 2. */
export function of(name: string, argument: string): string {
  return row(mi(name), '<mspace width="0.17em"/>', argument);
}

export function row(...parts: readonly string[]): string {
  return wrap('mrow', parts.join(''));
}

export function frac(numerator: string, denominator: string): string {
  return wrap('mfrac', numerator + denominator);
}

export function sub(base: string, index: string): string {
  return wrap('msub', base + index);
}

export function sup(base: string, exponent: string): string {
  return wrap('msup', base + exponent);
}

/** A sum or maximum over what stands below it. */
export function under(base: string, below: string): string {
  return wrap('munder', base + below);
}

/** f(a, b, …). */
export function apply(name: string, ...parts: readonly string[]): string {
  return row(name, mo('\u2061'), mo('('), parts.join(mo(',')), mo(')'));
}

/** A formula of one or several lines, one below the other. */
export function math(...lines: readonly string[]): string {
  const content =
    lines.length === 1
      ? lines[0]!
      : `<mtable displaystyle="true">${lines.map((line) => wrap('mtr', wrap('mtd', line))).join('')}</mtable>`;
  return `<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">${content}</math>`;
}

function wrap(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}
