/**
 * NaN for what is no number; reads −, × 10³ and the like as the page writes them, and a decimal comma
 * where it can be nothing else.
 */
export function parseNumber(text: string): number {
  return Number(plainNumber(text) ?? Number.NaN);
}

/** A number as JavaScript spells it; null for what is none. */
export function plainNumber(text: string): string | null {
  const signs = text
    .trim()
    .replace(/−/g, '-')
    .replace(/×10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/, (_, power: string) => `e${readSuperscript(power)}`);
  const plain = readComma(signs);
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? plain : null;
}

/** What to say beside a complaint about text that is no number; '' if no comma is to blame. */
export function separatorHint(text: string): string {
  return text.includes(',')
    ? ' Write decimals with a point, as in 0.5, and thousands without a sign.'
    : '';
}

/** A comma as the point that it stands for; 1,000 may be a thousand, which 0,125 and 1,5 cannot be. */
function readComma(text: string): string {
  const [, sign, whole, fraction, power = ''] =
    /^([+-]?)(\d*),(\d+)(e[+-]?\d+)?$/i.exec(text) ?? [];
  if (whole === undefined || fraction === undefined) return text;
  const mayBeThousands = /^[1-9]\d{0,2}$/.test(whole) && fraction.length === 3;
  return mayBeThousands ? text : `${sign}${whole}.${fraction}${power}`;
}

function readSuperscript(text: string): string {
  return [...text].map((sign) => '-0123456789'['⁻⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(sign)]).join('');
}
