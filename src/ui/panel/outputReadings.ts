import type { ModelFacts } from '../../model/models.ts';
import type { Wins } from '../../model/readouts.ts';
import { toNumber } from '../../numeric/doubleDouble.ts';
import type { OutputsReading } from '../../reference/evaluator.ts';
import { classColor } from '../../scales/classColors.ts';
import { formatNumber } from '../../scales/format.ts';
import { hexColor } from '../../scales/hexColor.ts';
import { type FieldNames, formatMap, toUnit } from '../../scales/names.ts';

/** All outputs are listed up to this number; of more, those that come nearest to winning. */
const LISTED_MAX = 16;
const LISTED_OF_MORE = 10;
const DIGITS = 4;
const SHARE_DIGITS = 3;
/** Entries of a point of the input space that are shown. */
const ENTRIES_MAX = 8;

/** One output of a network at a point, as a row of the probe. */
export interface OutputRow {
  /** That of the file, or output 1 … K. */
  readonly name: string;
  /** The colour of its class. */
  readonly color: string;
  readonly value: string;
  /** Its share of the softmax. */
  readonly share: string;
  readonly wins: boolean;
  /** Its bar, from 0 to the value, in parts of the track on which all bars lie. */
  readonly bar: { readonly start: number; readonly length: number };
  /** The affine map that it is on this region; null if it is none. */
  readonly map: string | null;
}

export interface OutputList {
  /** In the order of the outputs, or from the winner on if some are left out. */
  readonly rows: readonly OutputRow[];
  /** How many are left out. */
  readonly more: number;
  /** e.g. "output 3, ahead by 0.5213" */
  readonly winner: string;
}

export function listOutputs(
  { outputs, softmax, winner, margin, affineMaps }: OutputsReading,
  wins: Wins,
  names: FieldNames,
): OutputList {
  const [least, greatest] = [Math.min(0, ...outputs), Math.max(0, ...outputs)];
  const place = (value: number) => (value - least) / (greatest - least || 1);
  const rowOf = (index: number): OutputRow => {
    const value = outputs[index]!;
    const map = affineMaps?.[index] ?? null;
    const start = place(Math.min(0, value));
    return {
      name: names.nameOutput(index),
      color: hexColor(classColor(index)),
      value: formatNumber(value, DIGITS),
      share: formatNumber(softmax[index]!, SHARE_DIGITS),
      wins: index === winner,
      bar: { start, length: place(Math.max(0, value)) - start },
      map: map && formatMap(map, DIGITS, names.axes),
    };
  };
  const indices = listed(outputs, wins);
  const lead = wins === 'greatest' ? 'ahead' : 'least';
  return {
    rows: indices.map(rowOf),
    more: outputs.length - indices.length,
    winner: `${names.nameOutput(winner)}, ${lead} by ${formatNumber(margin, DIGITS)}`,
  };
}

/** All outputs, or the first ten in the order in which they would win; of equal ones the first comes first. */
function listed(outputs: readonly number[], wins: Wins): number[] {
  const all = outputs.map((_, index) => index);
  if (all.length <= LISTED_MAX) return all;
  const sign = wins === 'greatest' ? 1 : -1;
  return all.sort((j, k) => sign * (outputs[k]! - outputs[j]!)).slice(0, LISTED_OF_MORE);
}

/**
 * A point of the input space: (0.5, −1, 0), or its first eight numbers and how many more there are; with the names and in the
 * units that a file gives.
 */
export function describeInput(input: readonly number[], facts: ModelFacts | null = null): string {
  const shown = input.slice(0, ENTRIES_MAX).map((entry, i) => {
    const { name = null, unit = null } = facts?.inputs[i] ?? {};
    const value = formatNumber(toNumber(toUnit({ high: entry, low: 0 }, unit)), DIGITS);
    return name === null ? value : `${name} ${value}`;
  });
  const more = input.length - shown.length;
  return `(${[...shown, ...(more > 0 ? [`… ${more} more`] : [])].join(', ')})`;
}
