import type { Arrangement } from '../../geometry/arrangement.ts';
import { make, makeSvg } from '../dom/elements.ts';
import { formatCount } from './regionsTable.ts';

/** What one reseed came to. */
export interface SeedCount {
  readonly seed: number;
  readonly arrangement: Arrangement;
}

const WIDTH = 276;
const HEIGHT = 96;
const BASE = HEIGHT - 16;
const BINS_MAX = 40;

interface Mark {
  readonly value: number;
  readonly label: string;
}

/** The histogram of activation regions, with a bound and the expectation marked where they lie. */
export function drawHistogram(counts: readonly SeedCount[]): HTMLElement {
  const regions = counts.map(({ arrangement }) => arrangement.activationRegions);
  const [least, most] = [Math.min(...regions), Math.max(...regions)];
  const mean = regions.reduce((sum, count) => sum + count, 0) / regions.length;
  const marks = marksOf(counts[0]!.arrangement, mean);
  const near = marks.filter(({ value }) => value <= most + 2 * (most - least + 1));
  const low = Math.min(least, ...near.map(({ value }) => value));
  const high = Math.max(most, ...near.map(({ value }) => value)) + 1;
  const step = Math.max(1, Math.ceil((high - low) / BINS_MAX));
  const first = Math.floor(low);
  const bins = new Array<number>(Math.ceil((high - first) / step)).fill(0);
  for (const count of regions) bins[Math.floor((count - first) / step)]! += 1;
  const tallest = Math.max(...bins);
  const toX = (value: number) => ((value - first) / (bins.length * step)) * WIDTH;
  const bars = bins.map((count, i) => {
    const height = (count / tallest) * (BASE - 4);
    const x = toX(first + i * step);
    return makeSvg('rect', { x, y: BASE - height, width: WIDTH / bins.length, height });
  });
  const lines = near.map(({ value, label }) => {
    const x = toX(value + (Number.isInteger(value) ? 0.5 : 0));
    return makeSvg('line', { class: `mark ${label}`, x1: x, x2: x, y1: 0, y2: BASE });
  });
  const name = `Histogram of ${regions.length} seeds: ${least} to ${most} activation regions`;
  const svg = makeSvg(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': name, class: 'histogram' },
    ...bars,
    ...lines,
    makeSvg('text', { x: 0, y: HEIGHT - 3 }, formatCount(first)),
    makeSvg('text', { x: WIDTH, y: HEIGHT - 3, 'text-anchor': 'end' }, formatCount(high - 1)),
  );
  const words = [...marks, { value: mean, label: 'mean' }].map(({ value, label }) =>
    make('li', { class: label }, `${label} ${formatCount(value)}`),
  );
  return make('figure', {}, svg, make('ul', { class: 'marks' }, ...words));
}

function marksOf({ window, bounds }: Arrangement, mean: number): Mark[] {
  const bound = bounds.shallow ?? bounds.serra ?? bounds.product;
  const marks: Mark[] = [{ value: bound, label: 'bound' }];
  if (window && bounds.expectedInUnitSquare !== null && Number.isFinite(mean)) {
    marks.push({ value: bounds.expectedInUnitSquare, label: 'expected' });
  }
  return marks;
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
