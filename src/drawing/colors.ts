/** The colours of a vector drawing, as CSS colours. */
export interface DrawingColors {
  readonly ink: string;
  /** For axes and names. */
  readonly quiet: string;
  /** For lines that only guide the eye. */
  readonly line: string;
  /** One per curve or item, in order. */
  readonly series: readonly string[];
}

/** On white paper. */
export const PAPER_COLORS: DrawingColors = {
  ink: '#1d1f24',
  quiet: '#5d616a',
  line: '#d8d8d2',
  series: ['#2f4fc9', '#c2410c', '#15803d', '#7e22ce'],
};

/** On the page, which defines these properties for dark and light. */
export const PAGE_COLORS: DrawingColors = {
  ink: 'var(--ink)',
  quiet: 'var(--quiet)',
  line: 'var(--line)',
  series: ['var(--series-1)', 'var(--series-2)', 'var(--series-3)', 'var(--series-4)'],
};

export function seriesColor({ series }: DrawingColors, i: number): string {
  return series[i % series.length]!;
}
