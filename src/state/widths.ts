import { MAX_HIDDEN_LAYERS, MAX_WIDTH } from '../model/field.ts';

/** The text is not a list of widths; the message says how to write one. */
export class WidthsError extends Error {
  override readonly name = 'WidthsError';
}

/**
 * Reads the widths that a person typed: with dashes all layers, `2-20-1`; with commas or spaces the
 * hidden ones, `20, 20`, or all from 2 to 1 as scripts write them, `[2, 20, 1]`; a single number is one
 * hidden layer.
 *
 * @returns all layer sizes, [2, …hidden, 1].
 * @throws WidthsError
 */
export function parseWidths(text: string): number[] {
  const trimmed = text
    .trim()
    .replace(/^\[(.*)\]$/, '$1')
    .trim();
  if (trimmed === '') throw new WidthsError('Type the hidden widths, e.g. 20, 20 or 2-20-1.');
  // A minus sign, a hyphen and a dash look alike on a screen.
  const dashed = trimmed.split(/\s*[-‐‑‒–—−]\s*/);
  const listed = trimmed.split(/\s*[,;]\s*|\s+/);
  const hasEnds = listed.length > 2 && listed[0] === '2' && listed.at(-1) === '1';
  const hidden = dashed.length > 1 ? withoutEnds(dashed) : hasEnds ? listed.slice(1, -1) : listed;
  if (hidden.length > MAX_HIDDEN_LAYERS) {
    throw new WidthsError(
      `${hidden.length} hidden layers; at most ${MAX_HIDDEN_LAYERS} are allowed.`,
    );
  }
  return [2, ...hidden.map(parseWidth), 1];
}

function withoutEnds(parts: readonly string[]): readonly string[] {
  if (parts[0] !== '2' || parts.at(-1) !== '1') {
    throw new WidthsError('With dashes, list all layers, from 2 to 1, e.g. 2-20-1.');
  }
  if (parts.length < 3) throw new WidthsError('At least one hidden layer is needed, e.g. 2-20-1.');
  return parts.slice(1, -1);
}

function parseWidth(text: string): number {
  const width = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(width >= 1 && width <= MAX_WIDTH)) {
    throw new WidthsError(`“${text}” is not a width: use whole numbers from 1 to ${MAX_WIDTH}.`);
  }
  return width;
}
