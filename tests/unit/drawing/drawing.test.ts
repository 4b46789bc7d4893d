import { describe, expect, test } from 'vitest';
import { describeBars } from '../../../src/drawing/barsMarkup.ts';
import { PAPER_COLORS } from '../../../src/drawing/colors.ts';
import { describeCurves } from '../../../src/drawing/curvesMarkup.ts';
import type { BarsPanel, CurvesPanel, TablePanel } from '../../../src/drawing/vectorPanels.ts';
import { pageSvg, vectorMarkup } from '../../../src/drawing/vectorSvg.ts';
import { isVectorPanel } from '../../../src/figures/figure.ts';
import { FIGURES } from '../../../src/figures/figures.ts';
import { initialSettings } from '../../../src/figures/settings.ts';

const SIZE = { width: 400, height: 300 };
const LINE: CurvesPanel = {
  kind: 'curves',
  title: 'A <line> & points',
  x: { label: 'x', from: 0, to: 10, scale: 'linear' },
  y: { label: 'y', from: 0, to: 1, scale: 'linear' },
  curves: [
    {
      name: 'line',
      style: 'line',
      points: [
        [0, 0],
        [4, 0.5],
        [5, Infinity],
        [6, 0.25],
        [10, 1],
      ],
    },
    { name: 'dots', style: 'points', points: [[5, 0.5]] },
  ],
  markers: [
    { axis: 'x', at: 5, name: 'middle' },
    { axis: 'x', at: 11, name: 'outside' },
    { axis: 'y', at: 0.5, name: 'half' },
  ],
};
const BARS: BarsPanel = {
  kind: 'bars',
  title: 'Bars',
  groups: ['a', 'b'],
  items: ['one', 'two'],
  values: [
    [0.25, 0.5],
    [1, 0],
  ],
  y: { label: 'share', from: 0, to: 1, scale: 'linear' },
};
const TABLE: TablePanel = { kind: 'table', title: 'T', head: ['a', 'b'], rows: [['1', '<2>']] };

function attributesOf(markup: string, name: string): Record<string, string>[] {
  return [...markup.matchAll(new RegExp(`<${name}((?: [\\w:-]+="[^"]*")*)/?>`, 'g'))].map((tag) =>
    Object.fromEntries(
      [...tag[1]!.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key, value]) => [key, value]),
    ),
  );
}

test('a curve passes through its points, with a gap where it is not finite', () => {
  const markup = vectorMarkup(LINE, SIZE, PAPER_COLORS);
  const [frame] = attributesOf(markup, 'rect');
  const [x0, y0, width, height] = ['x', 'y', 'width', 'height'].map((key) => Number(frame![key]));
  const at = (x: number, y: number) =>
    `${(x0! + (x / 10) * width!).toFixed(2)},${(y0! + (1 - y) * height!).toFixed(2)}`;
  const lines = attributesOf(markup, 'polyline').map(({ points }) => points);
  expect(lines.slice(1)).toEqual([
    [at(0, 0), at(4, 0.5)].join(' '),
    [at(6, 0.25), at(10, 1)].join(' '),
  ]);
  const [, dot] = attributesOf(markup, 'circle');
  expect(`${Number(dot!.cx).toFixed(2)},${Number(dot!.cy).toFixed(2)}`).toBe(at(5, 0.5));
  expect(markup).toContain('middle, x = 5');
  expect(markup).toContain('half, y = 0.5');
  expect(markup).not.toContain('outside');
});

test('a logarithmic axis has a tick at each power of ten, evenly', () => {
  const x = { label: 'λ', from: 1, to: 10_000, scale: 'log10' } as const;
  const panel = { ...LINE, x, curves: [], markers: [] };
  const markup = vectorMarkup(panel, { width: 700, height: 300 }, PAPER_COLORS);
  const ticks = [...markup.matchAll(/<text x="([\d.]+)"[^>]*text-anchor="middle"[^>]*>(1\d*)</g)];
  expect(ticks.map(([, , label]) => label)).toEqual(['1', '10', '100', '1000', '10000']);
  const places = ticks.map(([, place]) => Number(place));
  for (let i = 1; i < 5; i++) {
    // Places are rounded to a thousandth.
    expect(Math.abs(places[i]! - places[i - 1]! - (700 - 58 - 18) / 4) <= 0.002).toBe(true);
  }
});

test('bars stand on 0 and are as high as their values', () => {
  const markup = vectorMarkup(BARS, SIZE, PAPER_COLORS);
  const rects = attributesOf(markup, 'rect');
  const frame = rects.find(({ fill }) => fill === 'none')!;
  const bars = rects.filter(({ fill, height }) => fill !== 'none' && height !== '12');
  const shares = bars.map(({ height }) => Number(height) / Number(frame.height));
  for (const [i, share] of [0.25, 0.5, 1, 0].entries()) {
    expect(Math.abs(shares[i]! - share) <= 1e-4).toBe(true);
  }
  const bottom = Number(frame.y) + Number(frame.height);
  for (const { y, height } of bars) {
    expect(Math.abs(Number(y) + Number(height) - bottom) <= 0.002).toBe(true);
  }
});

test('a table holds its texts, shrunk where they would be wider than the room', () => {
  const markup = vectorMarkup(TABLE, SIZE, PAPER_COLORS);
  for (const text of ['>a<', '>b<', '>1<', '>&#60;2&#62;<']) expect(markup).toContain(text);
  expect(markup).toContain('scale(1.0000)');
  const [, scale] = /scale\(([\d.]+)\)/.exec(
    vectorMarkup(TABLE, { width: 20, height: 300 }, PAPER_COLORS),
  )!;
  expect(Number(scale)).toBeLessThan(0.5);
});

test('a plot on the page has a name and a description', () => {
  const svg = pageSvg(LINE, SIZE, 'p1');
  expect(svg).toContain('role="img" aria-labelledby="p1-title" aria-describedby="p1-desc"');
  expect(svg).toContain('<title id="p1-title">A &#60;line&#62; &#38; points</title>');
  expect(svg).toContain('<desc id="p1-desc">x from 0 to 10; y from 0 to 1; line: 0 at 0, 1 at 10;');
  expect(describeCurves({ ...LINE, markers: [], curves: [LINE.curves[1]!] })).toBe(
    'x from 0 to 10; y from 0 to 1; dots: 0.5 at 5, 0.5 at 5.',
  );
  expect(describeBars(BARS)).toBe('a: one 0.25, two 0.5; b: one 1, two 0.');
});

const PLOTS = FIGURES.flatMap((figure) => {
  const panels = figure.panels(initialSettings(figure)).filter(isVectorPanel);
  return panels.length > 0 ? [{ id: figure.id, panels }] : [];
});

describe.each(PLOTS)('the plots of $id', ({ panels }) => {
  test('keep inside of their room, at any size', () => {
    for (const panel of panels) {
      for (const size of [SIZE, { width: 180, height: 140 }, { width: 1200, height: 300 }]) {
        const markup = vectorMarkup(panel, size, PAPER_COLORS);
        expect(markup).not.toMatch(/NaN|Infinity|undefined/);
        for (const { points } of attributesOf(markup, 'polyline')) {
          for (const pair of points!.split(' ')) {
            const [x, y] = pair.split(',').map(Number);
            expect(x! >= 0 && x! <= size.width && y! >= -10 && y! <= size.height).toBe(true);
          }
        }
      }
    }
  });
});

test('the numbers above bars do not touch, however narrow the drawing is', () => {
  const values = [
    [0, 0, 1],
    [0.125, 0.25, 0.625],
  ];
  const panel: BarsPanel = { ...BARS, items: ['one', 'two', 'three'], values };
  const shown: number[] = [];
  for (let width = 150; width <= 900; width += 25) {
    const markup = vectorMarkup(panel, { width, height: 300 }, PAPER_COLORS);
    const numbers = [...markup.matchAll(/<text x="([^"]+)"[^>]*>([01]\.\d+)<\/text>/g)]
      // Those of the axis end beside it.
      .filter(([whole]) => whole.includes('text-anchor="middle"'))
      .map(([, x, text]) => ({ x: Number(x), length: text!.length * 12 * 0.6 }));
    shown.push(numbers.length);
    const first = numbers.slice(0, 3);
    first.slice(1).forEach(({ x, length }, i) => {
      expect(x - first[i]!.x).toBeGreaterThanOrEqual(length + 4);
    });
  }
  expect(shown[0]).toBe(0);
  expect(shown.at(-1)).toBe(6);
});
