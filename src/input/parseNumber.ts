import { evaluateExpression } from './expression.ts';

/**
 * The finite value of a number or of an expression such as 1/3 or -pi/4; NaN for other text. Reads −, ×,
 * × 10³ and the like as the page writes them, and a decimal comma if it is unambiguous.
 */
export function parseNumber(text: string): number {
  const plain = plainNumber(text);
  const value = plain === null ? evaluateExpression(readSigns(text)) : Number(plain);
  return Number.isFinite(value) ? value : Number.NaN;
}

/** A number as JavaScript spells it; null if the text is not a single number. */
export function plainNumber(text: string): string | null {
  const plain = readComma(readSigns(text.trim()));
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? plain : null;
}

/** A hint to append to the message about text that is not a number; '' if it has no comma. */
export function separatorHint(text: string): string {
  return text.includes(',')
    ? ' Write decimals with a point, e.g. 0.5, and thousands without a separator.'
    : '';
}

/** Turns a decimal comma into a point; 1,000 may be a thousand, but 0,125 and 1,5 cannot. */
function readComma(text: string): string {
  const [, sign, whole, fraction, power = ''] =
    /^([+-]?)(\d*),(\d+)(e[+-]?\d+)?$/i.exec(text) ?? [];
  if (whole === undefined || fraction === undefined) return text;
  const mayBeThousands = /^[1-9]\d{0,2}$/.test(whole) && fraction.length === 3;
  return mayBeThousands ? text : `${sign}${whole}.${fraction}${power}`;
}

/** The page's own signs as a program writes them. */
export function readSigns(text: string): string {
  return text
    .replace(/×10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g, (_, power: string) => `e${readSuperscript(power)}`)
    .replace(/[₀₁₂₃₄₅₆₇₈₉]/g, (sign) => String('₀₁₂₃₄₅₆₇₈₉'.indexOf(sign)))
    .replace(/−/g, '-')
    .replace(/[×·]/g, '*')
    .replace(/÷/g, '/');
}

function readSuperscript(text: string): string {
  return [...text].map((sign) => '-0123456789'['⁻⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(sign)]).join('');
}
