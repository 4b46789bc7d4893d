import { type Histogram, histogramOf, type SeedCount } from '../../regions/histogram.ts';
import { formatCount } from '../../scales/format.ts';
import { make, makeSvg } from '../dom/elements.ts';

const WIDTH = 276;
const HEIGHT = 96;
const BASE = HEIGHT - 16;

/** The histogram of activation regions, with marks for a bound and the expectation. */
export function drawHistogram(counts: readonly SeedCount[]): HTMLElement {
  const histogram = histogramOf(counts);
  const { least, most, mean, first, last, marks } = histogram;
  const name = `Histogram of ${counts.length} seeds: ${least} to ${most} activation regions`;
  const svg = makeSvg(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': name, class: 'histogram' },
    ...drawBars(histogram),
    ...drawMarks(histogram),
    makeSvg('text', { x: 0, y: HEIGHT - 3 }, formatCount(first)),
    makeSvg('text', { x: WIDTH, y: HEIGHT - 3, 'text-anchor': 'end' }, formatCount(last)),
  );
  const words = [...marks, { value: mean, label: 'mean' }].map(({ value, label }) =>
    make('li', { class: label }, `${label} ${formatCount(value)}`),
  );
  return make('figure', {}, svg, make('ul', { class: 'marks' }, ...words));
}

function drawBars({ bins }: Histogram): SVGElement[] {
  const tallest = Math.max(...bins);
  const width = WIDTH / bins.length;
  return bins.map((count, i) => {
    const height = (count / tallest) * (BASE - 4);
    return makeSvg('rect', { x: i * width, y: BASE - height, width, height });
  });
}

function drawMarks({ bins, first, step, marks }: Histogram): SVGElement[] {
  const near = marks.filter(({ isNear }) => isNear);
  return near.map(({ value, label }) => {
    const middle = value + (Number.isInteger(value) ? 0.5 : 0);
    const x = ((middle - first) / (bins.length * step)) * WIDTH;
    return makeSvg('line', { class: `mark ${label}`, x1: x, x2: x, y1: 0, y2: BASE });
  });
}
