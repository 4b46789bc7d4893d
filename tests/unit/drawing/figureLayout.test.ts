import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layoutFigure, naturalSize, wrapText } from '../../../src/drawing/figureLayout.ts';
import { figureSvg } from '../../../src/drawing/figureSvg.ts';
import { frac, line, mi, mn, mo } from '../../../src/drawing/formula.ts';
import { ROOM_MIN } from '../../../src/drawing/pictureLayout.ts';
import { EPSILON, expectNear } from '../expectNear.ts';

const caption = 'Each panel has a range of its own, which grows with the half-width of the window.';
const AROUND = {
  question: 'What is shown?',
  formula: [line(mi('y'), mo('='), frac(mn(1), mi('x')))],
  caption,
};

test('text is wrapped at spaces, and nothing of it is lost', () => {
  expect(wrapText('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrapText('one two three', 6)).toEqual(['one', 'two', 'three']);
  expect(wrapText('incomprehensibilities of', 5)).toEqual(['incomprehensibilities', 'of']);
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1 }), (words) => {
      const lines = wrapText(words.join(' '), 12);
      expect(lines.join(' ')).toBe(words.join(' '));
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(12);
    }),
  );
});

test('panels lie row by row, apart, inside the picture, above the caption', () => {
  const sizes = fc.integer({ min: 300, max: 3000 });
  const counts = fc.integer({ min: 1, max: 16 });
  fc.assert(
    fc.property(
      sizes,
      sizes,
      counts,
      fc.integer({ min: 1, max: 5 }),
      (width, height, n, columns) => {
        const layout = layoutFigure(n, columns, AROUND, { width, height });
        // The proportions are those that were asked for, to rounding.
        expect(Math.abs(layout.width * layout.shrink - width) <= 1e-9 * width).toBe(true);
        expect(Math.abs(layout.height * layout.shrink - height) <= 1e-9 * height).toBe(true);
        expect(layout.shrink).toBeLessThanOrEqual(1);
        expect(layout.cells).toHaveLength(n);
        const [first, second] = layout.cells;
        for (const { x, y, ...cell } of layout.cells) {
          // Room for axes, numbers and a colour bar.
          expect(cell.width).toBeGreaterThanOrEqual(400);
          expect(cell.height).toBeGreaterThanOrEqual(340);
          expect(x + cell.width).toBeLessThanOrEqual(layout.width);
          expect(y).toBeGreaterThan(layout.formula!.y);
          expect(y + cell.height).toBeLessThanOrEqual(layout.caption[0]!.y);
        }
        // A sum and a product of lengths below 10⁵, in another order.
        const rounding = 1e5 * 4 * EPSILON;
        if (second && columns > 1) expectNear(second.x, first!.x + first!.width, rounding);
        if (second && columns === 1) expectNear(second.y, first!.y + first!.height, rounding);
        expect(layout.caption.at(-1)!.y).toBeLessThan(layout.height);
      },
    ),
  );
});

test('the natural size gives panels room without shrinking', () => {
  for (const [panels, columns] of [
    [8, 4],
    [5, 5],
    [2, 2],
    [1, 1],
  ] as const) {
    const size = naturalSize(panels, columns, AROUND);
    expect(Number.isInteger(size.width) && Number.isInteger(size.height)).toBe(true);
    expect(layoutFigure(panels, columns, AROUND, size).shrink).toBe(1);
  }
});

test('panels without title and caption fill the picture', () => {
  const size = { width: 1200, height: 900 };
  expect(layoutFigure(3, 2, null, size)).toEqual({
    ...size,
    shrink: 1,
    titleAt: null,
    question: [],
    formula: null,
    caption: [],
    cells: [
      { x: 0, y: 0, width: 600, height: 450 },
      { x: 600, y: 0, width: 600, height: 450 },
      { x: 0, y: 450, width: 600, height: 450 },
    ],
  });
  expect(naturalSize(1, 1, null)).toEqual({ width: 672, height: 600 });
  expect(naturalSize(1, 1, null, 'fill')).toEqual({ width: 800, height: 600 });
  expect(naturalSize(2, 2, null)).toEqual({ width: 1200, height: 480 });
  // One panel keeps the size of its text down to the smallest picture; several get smaller text.
  const smallest = { width: ROOM_MIN, height: ROOM_MIN };
  expect(layoutFigure(1, 1, null, smallest).shrink).toBe(1);
  expect(layoutFigure(2, 2, null, smallest).shrink).toBeLessThan(0.4);
});

test('a figure is an SVG with title, caption, its link, and each panel in its place', () => {
  const layout = layoutFigure(2, 2, AROUND, { width: 1000, height: 600 });
  const parts = { layout, title: 'A & B', link: 'v=1&figure=a', scale: 2 };
  const svg = figureSvg({ ...parts, panels: ['<circle/>', '<rect/>'], ground: true });
  expect(svg).toMatch(
    /^<svg xmlns="[^"]+" xmlns:xlink="[^"]+" width="2000" height="1200" viewBox="0 0 1000 600"/,
  );
  expect(svg).toContain('>What is shown?</text>');
  expect(svg).toContain(layout.formula!.markup);
  expect(layout.question.at(-1)!.y).toBeLessThan(layout.formula!.y);
  expect(svg).toContain('<title>A &#38; B</title>');
  expect(svg).toContain(`<desc>${caption}</desc>`);
  expect(svg).toContain('reluscope:state v=1&#38;figure=a');
  expect(svg).toContain('<rect width="1000" height="600" fill="#ffffff"/>');
  for (const [i, markup] of ['<circle/>', '<rect/>'].entries()) {
    const { x, y } = layout.cells[i]!;
    expect(svg).toContain(`translate(${x.toFixed(3)} ${y.toFixed(3)})">${markup}</g>`);
  }
  // Where fields lie below, it has no ground.
  expect(figureSvg({ ...parts, panels: [], ground: false })).not.toContain('#ffffff');
});
