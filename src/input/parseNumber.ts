/**
 * NaN if the text is not a number. Reads −, × 10³ and the like as the page writes them, and a decimal comma
 * if it is unambiguous.
 */
export function parseNumber(text: string): number {
  return Number(plainNumber(text) ?? Number.NaN);
}

/** A number as JavaScript spells it; null if the text is not a number. */
export function plainNumber(text: string): string | null {
  const signs = text
    .trim()
    .replace(/−/g, '-')
    .replace(/×10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/, (_, power: string) => `e${readSuperscript(power)}`);
  const plain = readComma(signs);
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

function readSuperscript(text: string): string {
  return [...text].map((sign) => '-0123456789'['⁻⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(sign)]).join('');
}
