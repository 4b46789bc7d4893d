/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

/** Three digits or so. */
export function digits(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

export const SCALED =
  '≈: only a part of the rows, spread over the grid, was evaluated, and the time scaled up, because all would ' +
  'not have been done in its share of the time.';

/** A time, marked where it was scaled up from a part of the grid. */
export function timeOf({ median, parts }: { median: number; parts: number }): string {
  return `${parts > 1 ? '≈ ' : ''}${digits(median)}`;
}

const LONGEST_CELL = 40;

/** Why there is no number, short enough for a cell. */
export function shortly(failure: string): string {
  return failure.length <= LONGEST_CELL ? failure : 'failed';
}

/** Entries by key, in the order in which the keys first come. */
export function groupBy<Entry, Key>(
  entries: readonly Entry[],
  keyOf: (entry: Entry) => Key,
): Map<Key, Entry[]> {
  const groups = new Map<Key, Entry[]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return groups;
}
