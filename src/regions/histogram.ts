import type { Arrangement } from '../geometry/arrangement.ts';

/** The counts for one seed. */
export interface SeedCount {
  readonly seed: number;
  readonly arrangement: Arrangement;
}

/** How often each count of activation regions occurred. */
export interface Histogram {
  readonly least: number;
  readonly most: number;
  readonly mean: number;
  /** bins[i] holds the counts from first + i · step to below first + (i + 1) · step. */
  readonly bins: readonly number[];
  readonly first: number;
  readonly step: number;
  /** The largest count or mark, up to which the bins extend. */
  readonly last: number;
  /** The bound, the expectation and the current seed. */
  readonly marks: readonly HistogramMark[];
}

export interface HistogramMark {
  readonly value: number;
  readonly label: 'bound' | 'expected' | 'seed';
  /** Whether it is near enough to the counts to be shown with them. */
  readonly isNear: boolean;
}

const BINS_MAX = 40;

/**
 * @param counts of one kind of network and one window; at least one
 * @param seed the one to mark, if it was counted
 */
export function histogramOf(counts: readonly SeedCount[], seed: number | null = null): Histogram {
  const regions = counts.map(({ arrangement }) => arrangement.activationRegions);
  const [least, most] = [Math.min(...regions), Math.max(...regions)];
  const mean = regions.reduce((sum, count) => sum + count, 0) / regions.length;
  const current = counts.find((count) => count.seed === seed)?.arrangement.activationRegions;
  const marks = marksOf(counts[0]!.arrangement, current, most + 2 * (most - least + 1));
  const near = marks.filter(({ isNear }) => isNear).map(({ value }) => value);
  const end = Math.max(most, ...near) + 1;
  const first = Math.floor(Math.min(least, ...near));
  const step = Math.max(1, Math.ceil((end - first) / BINS_MAX));
  const bins = new Array<number>(Math.ceil((end - first) / step)).fill(0);
  for (const count of regions) bins[Math.floor((count - first) / step)]! += 1;
  return { least, most, mean, bins, first, step, last: end - 1, marks };
}

function marksOf(
  { window, bounds }: Arrangement,
  current: number | undefined,
  nearest: number,
): HistogramMark[] {
  const marks = [
    { label: 'bound', value: bounds.shallow ?? bounds.serra ?? bounds.product },
    { label: 'expected', value: window ? bounds.expectedInUnitSquare : null },
    { label: 'seed', value: current ?? null },
  ] as const;
  return marks.flatMap(({ label, value }) =>
    value === null ? [] : [{ label, value, isNear: value <= nearest }],
  );
}

/** One line per seed, after a line of names. */
export function histogramCsv(counts: readonly SeedCount[]): string {
  const names =
    'seed,activation_regions,linear_regions,affine_functions,vertices,unbounded,reach,certified';
  const lines = counts.map(({ seed, arrangement: a }) =>
    [
      seed,
      a.activationRegions,
      a.linearRegions,
      a.affineFunctions,
      a.vertices,
      a.unbounded,
      a.reach ?? '',
      a.certified,
    ].join(','),
  );
  return `${[names, ...lines].join('\n')}\n`;
}
