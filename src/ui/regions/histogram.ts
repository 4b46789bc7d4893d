import {
  type Histogram,
  type HistogramMark,
  histogramOf,
  type SeedCount,
} from '../../regions/histogram.ts';
import { formatCount } from '../../scales/format.ts';
import { make, makeSvg } from '../dom/elements.ts';

const WIDTH = 276;
const HEIGHT = 100;
/** The bars stand on BASE, right of LEFT, where the numbers of the axis of seeds are. */
const LEFT = 30;
const TOP = 8;
const BASE = HEIGHT - 16;

/**
 * The histogram of activation regions, with marks for a bound, the expectation and the current seed.
 *
 * @param seed the current one; null if it is not of these networks
 */
export function drawHistogram(counts: readonly SeedCount[], seed: number | null): HTMLElement {
  const histogram = histogramOf(counts, seed);
  const { least, most, mean, marks } = histogram;
  const seeds = formatCount(counts.length);
  const name = `Histogram of ${seeds} seeds: ${least} to ${most} activation regions`;
  const svg = makeSvg(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': name, class: 'histogram' },
    ...drawBars(histogram),
    ...drawMarks(histogram),
    ...drawAxes(histogram),
  );
  const words = marks.map((mark) => make('li', { class: classOf(mark) }, describeMark(mark, seed)));
  const average = make('li', { class: 'mean' }, `mean ${formatCount(mean)}`);
  return make('figure', {}, svg, make('ul', { class: 'marks' }, ...words, average));
}

/** A mark that is drawn has its colour in the words too. */
function classOf({ label, isNear }: HistogramMark): string {
  return isNear ? `near ${label}` : label;
}

function describeMark({ label, value, isNear }: HistogramMark, seed: number | null): string {
  const name = label === 'seed' ? `seed ${seed}:` : label;
  return `${name} ${formatCount(value)}${isNear ? '' : ' (outside)'}`;
}

function drawAxes({ bins, first, last }: Histogram): SVGElement[] {
  const text = (x: number, y: number, anchor: string, content: string) =>
    makeSvg('text', { x, y, 'text-anchor': anchor }, content);
  return [
    makeSvg('path', { class: 'axes', d: `M${LEFT} ${TOP}V${BASE}H${WIDTH}` }),
    text(LEFT - 4, TOP + 8, 'end', formatCount(Math.max(...bins))),
    text(LEFT - 4, BASE, 'end', '0'),
    makeSvg(
      'text',
      { transform: `translate(9 ${(TOP + BASE) / 2 + 4}) rotate(-90)`, 'text-anchor': 'middle' },
      'seeds',
    ),
    text(LEFT, HEIGHT - 3, 'start', formatCount(first)),
    text((LEFT + WIDTH) / 2, HEIGHT - 3, 'middle', 'activation regions'),
    text(WIDTH, HEIGHT - 3, 'end', formatCount(last)),
  ];
}

function drawBars({ bins }: Histogram): SVGElement[] {
  const tallest = Math.max(...bins);
  const width = (WIDTH - LEFT) / bins.length;
  return bins.map((count, i) => {
    const height = (count / tallest) * (BASE - TOP);
    return makeSvg('rect', { x: LEFT + i * width, y: BASE - height, width, height });
  });
}

function drawMarks({ bins, first, step, marks }: Histogram): SVGElement[] {
  const near = marks.filter(({ isNear }) => isNear);
  return near.map(({ value, label }) => {
    const middle = value + (Number.isInteger(value) ? 0.5 : 0);
    const x = LEFT + ((middle - first) / (bins.length * step)) * (WIDTH - LEFT);
    return makeSvg('line', { class: `mark ${label}`, x1: x, x2: x, y1: 0, y2: BASE });
  });
}
