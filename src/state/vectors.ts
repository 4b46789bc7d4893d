import { parseNumber } from '../input/parseNumber.ts';
import { formatNumber } from '../scales/format.ts';
import { numberInput } from '../scales/names.ts';

/** Vectors of the input space as a person reads and types them. */

/** Digits of an entry, so that a vector stays short. */
const DIGITS = 6;

/** Numbers with commas between them, e.g. 0, 1.5, −2. */
export function formatVector(vector: readonly number[]): string {
  return vector.map((value) => formatNumber(value, DIGITS)).join(', ');
}

/**
 * Reads numbers or expressions with commas, semicolons or spaces between them, with or without brackets.
 *
 * @throws Error whose message says what is wrong
 */
export function parseVector(text: string, length: number): number[] {
  const inner = text.trim().replace(/^[[(](.*)[\])]$/, '$1');
  const separator = /[,;]/.test(inner) ? /[,;]/ : /\s+/;
  const parts = inner
    .trim()
    .split(separator)
    .map((part) => part.trim());
  if (parts.length !== length) {
    const received = inner.trim() === '' ? 0 : parts.length;
    throw new Error(
      `${received} ${received === 1 ? 'number' : 'numbers'}; there are ${length} inputs. Write ${length} numbers with commas between them.`,
    );
  }
  return parts.map((part, i) => {
    const value = parseNumber(part);
    if (!Number.isFinite(value))
      throw new Error(`“${part}”, for ${numberInput(i)}, is not a number.`);
    return value;
  });
}

/**
 * The inputs that are called what was typed, then those whose numbers begin with it, e.g. 12, 120, 121 … for “12”, “x12” or
 * “x₁₂”, then those whose names contain it; all if nothing is typed.
 *
 * @param inputs counted from 0
 * @param nameOf an input
 * @throws Error if there is none
 */
export function findInputs(
  text: string,
  inputs: readonly number[],
  nameOf: (input: number) => string = numberInput,
): readonly number[] {
  const typed = text.trim().toLowerCase();
  const digits = typed
    .replace(/^x/, '')
    .replace(/[₀-₉]/g, (digit) => String(digit.codePointAt(0)! - 0x2080));
  if (typed === '') return inputs;
  const ranks = [
    (input: number) => nameOf(input).toLowerCase() === typed,
    (input: number) => String(input + 1).startsWith(digits),
    (input: number) => nameOf(input).toLowerCase().includes(typed),
  ];
  const found = new Set(ranks.flatMap((isFound) => inputs.filter(isFound)));
  if (found.size > 0) return [...found];
  throw new Error(
    `No input that can be set is called “${text.trim()}”. Type its number, e.g. 7, or a part of its name.`,
  );
}
