import {
  apply,
  comma,
  frac,
  line,
  mi,
  mn,
  mo,
  mtext,
  row,
  sub,
  sup,
  under,
} from '../drawing/formula.ts';
import type { CurvesPanel } from '../drawing/vectorPanels.ts';
import type { PlaneWindow } from '../geometry/arrangement.ts';
import { regionBounds } from '../geometry/bounds.ts';
import { enumerateRegions } from '../geometry/enumerateRegions.ts';
import { resolve } from '../model/resolve.ts';
import { fieldOfShorthand } from '../model/shorthand.ts';
import type { Figure } from './figure.ts';
import { numberOf } from './settings.ts';

const IN_SQUARE = sup(row(mo('['), mo('−'), mn(1), mo(','), mn(1), mo(']')), mn(2));
const SQUARE: PlaneWindow = { x: [-1, 1], y: [-1, 1] };
/** Counting in the square takes a tenth of the time of counting in the plane. */
const SEEDS = { plane: 3, square: 8 };
/** One width in this many is counted, so that moving the slider counts only what is new. */
const WIDTH_STEP = 4;

/** How many regions a network with one hidden layer has. */
export const regionGrowth: Figure = {
  id: 'region-growth',
  title: 'How the number of regions grows',
  question:
    'How does the number of regions of a shallow network grow with the number of its neurons?',
  caption: [
    'The points are exact counts for networks 2-n-1 of several seeds.',
    'In the whole plane every network attains the bound Σ C(n, j), since random hinges are in general position, so ' +
      'the count grows like n²/2.',
    'In [−1, 1]² only the hinges and crossings inside count, about a third of them, and the counts of the seeds ' +
      'scatter around the expectation 1 + 5n/6 + C(n, 2)/3, far below the bound.',
  ],
  formula: [
    line(
      mtext('regions'),
      mo('≤'),
      under(mo('∑'), row(mi('j'), mo('≤'), mn(2))),
      apply(mi('C'), mi('n'), mi('j')),
      mo('='),
      mn(1),
      mo('+'),
      mi('n'),
      mo('+'),
      frac(row(mi('n'), mo('('), mi('n'), mo('−'), mn(1), mo(')')), mn(2)),
      comma(),
      apply(sub(mi('E'), IN_SQUARE), mtext('regions')),
      mo('='),
      mn(1),
      mo('+'),
      frac(row(mn(5), mi('n')), mn(6)),
      mo('+'),
      frac(row(mi('n'), mo('('), mi('n'), mo('−'), mn(1), mo(')')), mn(6)),
    ),
  ],
  columns: () => 2,
  linkedViews: false,
  sharedRange: false,
  controls: [
    {
      kind: 'slider',
      name: 'neurons',
      label: 'largest n',
      min: 8,
      max: 64,
      step: 8,
      initial: 40,
    },
  ],
  panels: (settings) => {
    const most = numberOf(settings, 'neurons');
    return [growth('In the whole plane', null, most), growth('In [−1, 1]²', SQUARE, most)];
  },
};

function growth(title: string, window: PlaneWindow | null, most: number): CurvesPanel {
  const bound = (n: number) => boundsOf(n).shallow!;
  const expectation = (n: number) => boundsOf(n).expectedInUnitSquare!;
  const all = Array.from({ length: most }, (_, i) => i + 1);
  const counted = all.filter((n) => n % WIDTH_STEP === 0);
  const seeds = window === null ? SEEDS.plane : SEEDS.square;
  const counts = counted.flatMap((n) =>
    Array.from({ length: seeds }, (_, seed) => [n, countRegions(n, seed, window)] as const),
  );
  const line = (value: (n: number) => number) => all.map((n) => [n, value(n)] as const);
  const expected = { name: 'expectation', style: 'dashed' as const, points: line(expectation) };
  return {
    kind: 'curves',
    title,
    x: { label: 'neurons n', from: 0, to: most, scale: 'linear' },
    y: { label: 'regions', from: 0, to: bound(most), scale: 'linear' },
    curves: [
      { name: 'bound', style: 'line', points: line(bound) },
      { name: `counted, ${seeds} seeds`, style: 'points', points: counts },
      ...(window === null ? [] : [expected]),
    ],
    markers: [],
  };
}

const counts = new Map<string, number>();

/** Activation regions of the network 2-n-1 of a seed; counted once. */
export function countRegions(n: number, seed: number, window: PlaneWindow | null): number {
  const key = `${n} ${seed} ${window === null ? 'plane' : 'square'}`;
  let count = counts.get(key);
  if (count === undefined) {
    const shape = { widths: [2, n, 1], activation: 'relu' } as const;
    const field = fieldOfShorthand({ ...shape, seed, kind: 'mlp', outputBias: null });
    count = enumerateRegions(resolve(field).whole, { window }).activationRegions;
    counts.set(key, count);
  }
  return count;
}

function boundsOf(n: number) {
  return regionBounds({ hidden: [n], activation: 'relu', isUnfolded: true });
}
