import type { Formula, FormulaPart } from './formula.ts';
import { escapeMarkup } from './svgMarkup.ts';

const NAMESPACE = 'http://www.w3.org/1998/Math/MathML';

/** Each piece of each line as a `<math>` element. */
export function formulaMathml(formula: Formula): readonly (readonly string[])[] {
  return formula.map((pieces) =>
    pieces.map((piece, i) => {
      const whole = markupOf(piece);
      // A sign that begins a piece stands between two of them.
      const content = i === 0 ? whole : whole.replace(/^<mrow><mo>/, '<mrow><mo form="infix">');
      return `<math xmlns="${NAMESPACE}" displaystyle="true">${content}</math>`;
    }),
  );
}

function markupOf(part: FormulaPart): string {
  switch (part.kind) {
    case 'mspace':
      return `<mspace width="${part.em}em"/>`;
    case 'mi':
    case 'mn':
    case 'mo':
    case 'mtext':
      return wrap(part.kind, escapeMarkup(part.text));
    default:
      return wrap(part.kind, part.parts.map(markupOf).join(''));
  }
}

function wrap(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}
