import { describe, expect, test } from 'vitest';
import { layoutFigure } from '../../../src/drawing/figureLayout.ts';
import { figureSvg } from '../../../src/drawing/figureSvg.ts';
import { layoutPicture, ROOM_MIN } from '../../../src/drawing/pictureLayout.ts';
import { type PictureParts, pictureMarkup } from '../../../src/drawing/svg.ts';
import { drawLegend } from '../../../src/drawing/svgLegend.ts';
import type { LegendEntry } from '../../../src/overlay/layer.ts';
import { axisTicks } from '../../../src/scales/ticks.ts';
import { encodeState } from '../../../src/state/url.ts';
import { validateState } from '../../../src/state/validate.ts';

const IMAGE = 'data:image/png;base64,AAAA';

/** One panel as the whole picture. */
function drawWith(change: Partial<PictureParts>, scale = 1): string {
  const size = { width: 800, height: 600 };
  const parts = {
    layout: layoutPicture(size.width, size.height, 'fill'),
    state: validateState({}),
    range: { base: 0, minDifference: -1, maxDifference: 1 },
    title: 'A network',
    image: IMAGE,
    ...change,
  };
  return figureSvg({
    layout: layoutFigure(1, 1, null, size),
    title: parts.title,
    link: encodeState(parts.state),
    panels: [pictureMarkup(parts, 'plot-00000000-0')],
    ground: parts.image !== null,
    scale,
  });
}

/** The elements of a name, as records of their attributes and text. */
function elementsOf(svg: string, name: string) {
  return [...svg.matchAll(new RegExp(`<${name}((?: [\\w:-]+="[^"]*")*)(?:/>|>([^<]*))`, 'g'))].map(
    ([, attributes, text]) => ({
      text: text ?? '',
      ...Object.fromEntries(
        [...attributes!.matchAll(/ ([\w:-]+)="([^"]*)"/g)].map(([, key, value]) => [key!, value!]),
      ),
    }),
  ) as (Record<string, string> & { text: string })[];
}

describe('a picture of one panel', () => {
  test('holds the field as an image exactly where its frame is', () => {
    const { plot } = layoutPicture(800, 600, 'fill');
    const place = Object.fromEntries(Object.entries(plot).map(([k, v]) => [k, String(v)]));
    const svg = drawWith({});
    expect(elementsOf(svg, 'image')).toMatchObject([{ ...place, href: IMAGE }]);
    expect(elementsOf(svg, 'rect')).toContainEqual({
      ...place,
      fill: 'none',
      stroke: '#1d1f24',
      text: '',
    });
  });

  test('leaves the ground transparent without an image', () => {
    const svg = drawWith({ image: null });
    expect(svg).not.toContain('<image');
    expect(elementsOf(svg, 'rect').filter(({ width }) => width === '800')).toEqual([]);
  });

  test('has rings in place of axes where the picture is log-radial', () => {
    const state = validateState({
      projection: { kind: 'logRadial', decades: 4 },
      view: { center: [1, -2], halfWidth: 10 },
    });
    const layout = layoutPicture(800, 600, 'fill');
    const { plot } = layout;
    const svg = drawWith({ state, layout });
    const texts = elementsOf(svg, 'text').map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['10⁻²', '10⁻¹', '1', '10', '10²', 'x₁', 'x₂']));
    expect(texts).toContain('rings: distance from (1, −2)');
    // The ring of the half-width touches the nearer sides of the plot.
    const radii = [...svg.matchAll(/A([\d.]+) \1 0 0 0/g)].map(([, radius]) => Number(radius));
    expect(radii).toContain(Math.min(plot.width, plot.height) / 2);
    expect(texts).not.toContain('−5');
    // In the plot's own corner, and no further than it goes.
    expect(svg).toMatch(
      new RegExp(
        `<g transform="translate\\(${plot.x} ${plot.y}\\)" clip-path="url\\(#plot-[\\w-]+\\)">`,
      ),
    );
    expect(drawWith({})).not.toContain('circle');
  });

  test('is drawn larger by its scale, in the same units', () => {
    const [root] = elementsOf(drawWith({}, 4), 'svg');
    expect(root).toMatchObject({ width: '3200', height: '2400', viewBox: '0 0 800 600' });
  });

  test('labels both axes with the ticks of the view', () => {
    const view = { center: [0.3, -7] as const, centerLow: [0, 0] as const, halfWidth: 1e-6 };
    const svg = drawWith({ state: validateState({ view }) });
    const texts = elementsOf(svg, 'text').map(({ text }) => text);
    const { plot } = layoutPicture(800, 600, 'fill');
    const ticks = axisTicks(-7, 0, 1e-6, plot.height / 90);
    expect(ticks.ticks.length).toBeGreaterThan(3);
    expect(texts).toEqual(expect.arrayContaining(ticks.ticks.map(({ label }) => label)));
    expect(texts).toContain(ticks.offset);
  });

  test('puts each tick of the upright axis at its value', () => {
    const { plot } = layoutPicture(800, 600, 'fill');
    const svg = drawWith({ range: null });
    const marks = elementsOf(svg, 'line').filter(({ y1, y2 }) => y1 === y2);
    const { ticks } = axisTicks(0, 0, 5, plot.height / 90);
    expect(marks.map(({ y1 }) => Number(y1))).toEqual(
      ticks.map(
        ({ position }) => Math.round((plot.y + ((1 - position) / 2) * plot.height) * 1e3) / 1e3,
      ),
    );
  });

  test('draws the bar in 256 colours, or in the steps between levels', () => {
    const fills = (svg: string) =>
      elementsOf(svg, 'rect').filter(({ fill }) => /^#(?!ffffff)/.test(fill ?? ''));
    const smooth = fills(drawWith({}));
    expect(smooth.length).toBe(256);
    expect(smooth[0]).toMatchObject({ fill: '#440154' });
    expect(smooth.at(-1)).toMatchObject({ fill: '#fde725' });
    const contours = { filled: true, lines: false, count: 5 };
    expect(fills(drawWith({ state: validateState({ contours }) })).length).toBe(4);
    expect(fills(drawWith({ range: { base: 3, minDifference: 0, maxDifference: 0 } })).length).toBe(
      1,
    );
    expect(fills(drawWith({ range: null })).length).toBe(0);
  });

  test('draws a direction in the cyclic map, from −π to π', () => {
    const state = validateState({ quantity: 'gradientDirection' });
    const svg = drawWith({ state });
    expect(elementsOf(svg, 'text').map(({ text }) => text)).toContain('−π');
    const fills = elementsOf(svg, 'rect').map(({ fill }) => fill);
    expect(fills).toContain('#e2d9e2');
  });

  test('escapes the title, and gives it to screen readers', () => {
    const svg = drawWith({ title: 'a < b & "c"' });
    const escaped = 'a &#60; b &#38; &#34;c&#34;';
    expect(elementsOf(svg, 'title').map(({ text }) => text)).toEqual([escaped]);
    expect(elementsOf(svg, 'text').map(({ text }) => text)).toContain(escaped);
    expect(svg).not.toContain('a < b');
  });

  test('writes a long title smaller', () => {
    const sizes = ['x'.repeat(40), 'x'.repeat(120)].map(
      (title) => elementsOf(drawWith({ title }), 'text')[0]!['font-size'],
    );
    expect(sizes).toEqual(['16', '9.944']);
  });

  test('holds the state', () => {
    const state = validateState({ field: { kind: 'lse', lambda: 3 } });
    const text = `reluscope:state ${encodeState(state)}`.replaceAll('&', '&#38;');
    expect(drawWith({ state })).toContain(`<metadata>${text}</metadata>`);
  });

  test('explains the signs in a row below', () => {
    const state = validateState({
      field: { kind: 'mlp', activation: 'relu', widths: [2, 5, 5, 1], seed: 0, outputBias: null },
      hinges: true,
    });
    const svg = drawWith({ state });
    expect(svg).toContain('<g transform="translate(84 588) scale(1.000)">');
    const signs = elementsOf(svg, 'line').filter((line) => line['stroke-width'] === '1.5');
    expect(signs.map(({ stroke }) => stroke)).toEqual(['#f46034', '#34f499']);
    const texts = elementsOf(svg, 'text').filter(({ text }) => /layer/.test(text));
    expect(texts.map(({ text, x }) => [text, x])).toEqual([
      ['layer 1', '24'],
      ['layer 2', '110.4'],
    ]);
  });

  test('clips the overlay to the field', () => {
    const neuron = drawWith({
      state: validateState({ field: { kind: 'sigmoid' }, data: { kind: 'exercise' } }),
    });
    const [, over] = /clip-path="url\(#plot-[\w-]+\)">([\s\S]*?)<\/g>/.exec(neuron)!;
    // The four points of the exercise.
    expect(elementsOf(over!, 'text').map(({ text }) => text)).toEqual(['1', '1', '0', '0']);
    expect(drawWith({})).not.toContain('clip');
  });
});

test('a legend shrinks to the width', () => {
  const style = { stroke: '#010203', 'stroke-width': 3 };
  const sign = { kind: 'line', from: [0, 0], to: [18, 0], look: 'hinge', style } as const;
  const entry: LegendEntry = { sign: [sign], text: 'layer 1' };
  const place = { x: 84, y: 588, width: 716, textSize: 12 };
  expect(drawLegend([entry, entry], place)).toContain('translate(84 588) scale(1.000)');
  // 16 entries of 24 + 7 · 12 · 0.6 + 12 units in 716.
  expect(drawLegend(Array(16).fill(entry), place)).toContain('translate(84 588) scale(0.518)');
  expect(drawLegend([], place)).toBe('');
});

describe('layoutPicture', () => {
  test('centres a square with its bar', () => {
    const { plot, bar } = layoutPicture(900, 600, 'square');
    expect(plot).toEqual({ x: 84 + (900 - 84 - 104 - 484) / 2, y: 44, width: 484, height: 484 });
    expect(bar).toEqual({ x: plot.x + 484 + 20, y: 44, width: 16, height: 484 });
  });

  test.each([
    [ROOM_MIN, ROOM_MIN],
    [16384, ROOM_MIN],
    [801, 607],
  ])('fits plot, bar and margins into %i × %i', (width, height) => {
    const { plot, bar } = layoutPicture(width, height, 'fill');
    for (const { x, y, width: w, height: h } of [plot, bar]) {
      expect(Math.min(x, y, w, h)).toBeGreaterThan(0);
      expect(x + w).toBeLessThan(width);
      expect(y + h).toBeLessThan(height);
      expect([x, y, w, h].every(Number.isInteger)).toBe(true);
    }
    expect(plot.x + plot.width).toBeLessThan(bar.x);
  });
});
