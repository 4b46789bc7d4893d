/** Numbers in files of text. */

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** What spreadsheets write before UTF-8. */
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** The number that a text is, with a decimal point; NaN for what is none. */
export function decimalOf(text: string): number {
  return NUMBER.test(text) ? Number(text) : Number.NaN;
}

/** Where the text of a file starts: after a byte order mark, if there is one. */
export function startOfText(bytes: Uint8Array): number {
  const hasMark = BYTE_ORDER_MARK.every((byte, i) => bytes[i] === byte);
  return hasMark ? BYTE_ORDER_MARK.length : 0;
}
