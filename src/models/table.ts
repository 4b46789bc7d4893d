import { bytesToText } from '../formats/ascii.ts';
import { ModelFileError } from './modelFile.ts';
import { printName } from './tensors.ts';

/** Tables as spreadsheets and numpy.savetxt write them, line by line. */

const LINE_FEED = 0x0a;
/** What spreadsheets write before UTF-8. */
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** What a column of classes is called. */
export const LABEL = /^(class|digit|label|species|target|y)$/i;
const FIELD_LENGTH_SHOWN = 20;

/** The most lines that there can be. */
export function countLines(bytes: Uint8Array): number {
  return bytes.reduce((count, byte) => count + Number(byte === LINE_FEED), 1);
}

/** What stands between the fields of a line: ';', a tab, ',' or blanks, ' '. */
export function separatorOf(text: string): string {
  return [';', '\t', ','].find((one) => text.includes(one)) ?? ' ';
}

/** The fields of a line, without quotes around them. */
export function splitLine(text: string, separator: string): string[] {
  const fields = separator === ' ' ? text.trim().split(/\s+/) : text.split(separator);
  return fields.map((field) => field.trim().replace(/^"(.*)"$/, '$1'));
}

/** Calls back with each line that is neither empty nor a comment, and its number from 1. */
export function forEachLine(
  bytes: Uint8Array,
  callback: (text: string, line: number) => void,
): void {
  const hasMark = BYTE_ORDER_MARK.every((byte, i) => bytes[i] === byte);
  for (
    let start = hasMark ? BYTE_ORDER_MARK.length : 0, line = 1;
    start < bytes.length;
    line += 1
  ) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found < 0 ? bytes.length : found;
    const text = bytesToText(bytes.subarray(start, end)).trim();
    if (text !== '' && !text.startsWith('#')) callback(text, line);
    start = end + 1;
  }
}

/** Whether a field is a number, with a point or a comma. */
export function isNumber(field: string): boolean {
  return NUMBER.test(field.replace(',', '.'));
}

/** The finite number of a field; a decimal comma stands only beside semicolons. @throws ModelFileError that names the line */
export function numberOf(field: string, separator: string, line: number): number {
  const text = separator === ';' ? field.replace(',', '.') : field;
  const value = NUMBER.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(value)) return value;
  const shown = printName(field.slice(0, FIELD_LENGTH_SHOWN));
  throw new ModelFileError(`line ${line}: “${shown}” is no number`);
}
