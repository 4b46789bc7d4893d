import { MAX_HIDDEN_LAYERS, MAX_INPUTS, MAX_OUTPUTS, MAX_WIDTH } from '../model/networks.ts';
import { excessOfWeights } from '../model/weightLimits.ts';

/** The text is not a list of widths; the message says how to write one. */
export class WidthsError extends Error {
  override readonly name = 'WidthsError';
}

/**
 * Reads the widths that a person typed: with dashes all layers, `5-10-10-5`; with commas or spaces the hidden ones, `20, 20`,
 * or all from 2 to 1 as scripts write them, `[2, 20, 1]`; a single number is one hidden layer.
 *
 * @param current whose inputs and outputs stay if only hidden layers are typed
 * @returns all layer sizes, [inputs, …hidden, outputs].
 * @throws WidthsError
 */
export function parseWidths(text: string, current: readonly number[] = [2, 1]): number[] {
  const inner = text
    .trim()
    .replace(/^\[(.*)\]$/, '$1')
    .trim();
  if (inner === '')
    throw new WidthsError('Type the widths, e.g. 2-20-1, or the hidden ones, e.g. 20, 20.');
  // A minus sign, a hyphen and a dash look alike on a screen.
  const dashed = inner.split(/\s*[-‐‑‒–—−]\s*/);
  const listed = inner.split(/\s*[,;]\s*|\s+/);
  const hasEnds = listed.length > 2 && listed[0] === '2' && listed.at(-1) === '1';
  const isWhole = dashed.length > 1 || hasEnds;
  const parts = dashed.length > 1 ? dashed : listed;
  const [first, last] = [String(current[0]), String(current.at(-1))];
  const all = isWhole ? parts : [first, ...parts, last];
  const hidden = all.length - 2;
  if (hidden > MAX_HIDDEN_LAYERS) {
    throw new WidthsError(`${hidden} hidden layers; at most ${MAX_HIDDEN_LAYERS} are allowed.`);
  }
  const widths = all.map((part, i) => {
    if (i === 0) return parseWidth(part, 'number of inputs', MAX_INPUTS);
    if (i === all.length - 1) return parseWidth(part, 'number of outputs', MAX_OUTPUTS);
    return parseWidth(part, 'width', MAX_WIDTH);
  });
  const excess = excessOfWeights(widths);
  if (excess) {
    throw new WidthsError(`${widths.join('-')} has ${excess.received}; use ${excess.expected}.`);
  }
  return widths;
}

function parseWidth(text: string, name: string, max: number): number {
  const width = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(width >= 1 && width <= max)) {
    throw new WidthsError(`“${text}” is not a ${name}: use whole numbers from 1 to ${max}.`);
  }
  return width;
}
