import { bytesToText } from '../formats/ascii.ts';
import { ModelFileError } from './modelFile.ts';
import { printName } from './tensors.ts';
import { decimalOf, startOfText } from './textNumbers.ts';

/** Tables as spreadsheets and numpy.savetxt write them, line by line. */

const LINE_FEED = 0x0a;
/** What a column of classes is called. */
const LABEL = /^(class|digit|label|species|target)$/i;
const FIELD_LENGTH_SHOWN = 20;

/** The most lines that there can be. */
export function countLines(bytes: Uint8Array): number {
  let count = 1;
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1))
    count += 1;
  return count;
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

/**
 * Calls back with each line that is neither empty nor a comment, its number from 1, and the share of the bytes before it.
 */
export function forEachLine(
  bytes: Uint8Array,
  callback: (text: string, line: number, share: number) => void,
): void {
  for (let start = startOfText(bytes), line = 1; start < bytes.length; line += 1) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found < 0 ? bytes.length : found;
    const text = bytesToText(bytes.subarray(start, end)).trim();
    if (text !== '' && !text.startsWith('#')) callback(text, line, start / bytes.length);
    start = end + 1;
  }
}

const [ZERO, NINE, POINT, PLUS, MINUS, BLANK] = [0x30, 0x39, 0x2e, 0x2b, 0x2d, 0x20];
/** So many digits are an integer without rounding, and so is the power of ten: their quotient is rounded once, as it should be. */
const PLAIN_DIGITS = 15;
const POWERS_OF_TEN = Float64Array.from({ length: PLAIN_DIGITS + 1 }, (_, i) => Number(`1e${i}`));

/**
 * Reads a line of plain numbers, e.g. `0, -1.25,17`, ten times as fast as by fields. They have neither exponents nor quotes, at most
 * PLAIN_DIGITS digits and a point.
 *
 * @param into as many numbers as are expected
 * @returns false for any other line; then `into` may hold anything
 */
export function readPlainLine(text: string, separator: string, into: Float64Array): boolean {
  const separates = separator.charCodeAt(0);
  let at = 0;
  for (let i = 0; i < into.length; i += 1) {
    at = skipBlanks(text, at);
    const sign = text.charCodeAt(at);
    if (sign === MINUS || sign === PLUS) at += 1;
    let [digits, decimals, whole] = [0, -1, 0];
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code >= ZERO && code <= NINE) {
        whole = 10 * whole + (code - ZERO);
        digits += 1;
        if (decimals >= 0) decimals += 1;
      } else if (code === POINT && decimals < 0) decimals = 0;
      else break;
    }
    if (digits === 0 || digits > PLAIN_DIGITS) return false;
    const size = whole / POWERS_OF_TEN[Math.max(0, decimals)]!;
    into[i] = sign === MINUS ? -size : size;
    const next = skipBlanks(text, at);
    const isLast = i === into.length - 1;
    const isSeparated = separates === BLANK ? next > at : text.charCodeAt(next) === separates;
    if (isLast ? next < text.length : !isSeparated) return false;
    at = separates === BLANK ? next : next + 1;
  }
  return true;
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === BLANK) at += 1;
  return at;
}

/**
 * Which columns hold classes, by their names. It may be called y, if no other name says so, but beside x, and before others, y is a
 * coordinate.
 */
export function classColumns(names: readonly string[]): readonly number[] {
  const clear = names.flatMap((name, i) => (LABEL.test(name) ? [i] : []));
  const y = names.findIndex((name) => /^y$/i.test(name));
  const isCoordinate = y < names.length - 1 && names.some((name) => /^x$/i.test(name));
  return clear.length > 0 || y < 0 || isCoordinate ? clear : [y];
}

/** Whether the first column has the numbers of the rows, as pandas writes them, under no name. */
export function isNumbered(names: readonly string[]): boolean {
  return names[0] === '' && names.length > 1;
}

/** Whether a field is a number, with a point or a comma. */
export function isNumber(field: string): boolean {
  return !Number.isNaN(decimalOf(field.replace(',', '.')));
}

/** The finite number of a field; a decimal comma stands only beside semicolons. @throws ModelFileError that names the line */
export function numberOf(field: string, separator: string, line: number): number {
  const text = separator === ';' ? field.replace(',', '.') : field;
  const value = decimalOf(text);
  if (Number.isFinite(value)) return value;
  const shown = printName(field.slice(0, FIELD_LENGTH_SHOWN));
  throw new ModelFileError(`line ${line}: “${shown}” is no number`);
}
