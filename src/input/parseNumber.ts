/** NaN for what is no number; reads −, × 10³ and the like as the page writes them. */
export function parseNumber(text: string): number {
  const plain = text
    .trim()
    .replace(/−/g, '-')
    .replace(/×10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/, (_, power: string) => `e${readSuperscript(power)}`);
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN;
}

function readSuperscript(text: string): string {
  return [...text].map((sign) => '-0123456789'['⁻⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(sign)]).join('');
}
