import { describe, expect, test } from 'vitest';
import { arrangementToSvg } from '../../../src/drawing/arrangementToSvg.ts';
import { PAPER_COLORS } from '../../../src/drawing/colors.ts';
import { layoutFigure } from '../../../src/drawing/figureLayout.ts';
import { figureSvg } from '../../../src/drawing/figureSvg.ts';
import { line, mi, mn, of, sub } from '../../../src/drawing/formula.ts';
import { logitHinges } from '../../../src/drawing/hingeSegments.ts';
import { contourMarks, hingeMarks } from '../../../src/drawing/lineMarks.ts';
import { layoutPicture, layoutSquare } from '../../../src/drawing/pictureLayout.ts';
import { pictureMarkup } from '../../../src/drawing/svg.ts';
import { idPrefix } from '../../../src/drawing/svgIds.ts';
import type { VectorPanel } from '../../../src/drawing/vectorPanels.ts';
import { vectorMarkup } from '../../../src/drawing/vectorSvg.ts';
import { isVectorPanel } from '../../../src/figures/figure.ts';
import { FIGURES } from '../../../src/figures/figures.ts';
import { initialSettings } from '../../../src/figures/settings.ts';
import { enumerateRegions } from '../../../src/geometry/enumerateRegions.ts';
import { isLearntPanel } from '../../../src/learnt/learntPanels.ts';
import type { Mark } from '../../../src/overlay/marks.ts';
import { encodeState } from '../../../src/state/url.ts';
import { validateState } from '../../../src/state/validate.ts';
import { PictureGeometry } from '../../../src/view/pictureGeometry.ts';
import { drawPlane } from '../../shorthand.ts';

const IMAGE = 'data:image/png;base64,AAAA';
const MLP = { kind: 'mlp', activation: 'relu', widths: [2, 5, 5, 1], outputBias: null } as const;

const NUMBER = String.raw`-?\d+(?:\.\d+)?(?:e-?\d+)?`;
const number = new RegExp(`^${NUMBER}$`);
const color = /^(?:#[0-9a-f]{6}|none)$/;
const id = /^[a-z]+-[0-9a-f]{8}(?:-\d+)?$/;
const transform = new RegExp(
  `^(?:(?:translate|rotate|scale)\\(${NUMBER}(?: ${NUMBER}){0,2}\\) ?)+$`,
);

/**
 * Attributes and their values that SVG 1.1 has, and with it Inkscape 1.2, CairoSVG and librsvg: no CSS, no
 * colour functions, no `paint-order`.
 */
const ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  ...Object.fromEntries(
    [
      ...['x', 'y', 'x1', 'x2', 'y1', 'y2', 'cx', 'cy', 'r', 'width', 'height'],
      ...['font-size', 'font-weight', 'textLength', 'stroke-width', 'stroke-opacity', 'opacity'],
    ].map((name) => [name, number]),
  ),
  fill: color,
  stroke: color,
  id,
  transform,
  'clip-path': /^url\(#[a-z]+-[0-9a-f]{8}(?:-\d+)?\)$/,
  d: new RegExp(`^(?:[MLAlmahvz]|${NUMBER}|[ ,])+$`),
  points: new RegExp(`^(?:${NUMBER},${NUMBER} ?)+$`),
  viewBox: new RegExp(`^0 0 ${NUMBER} ${NUMBER}$`),
  xmlns: /^http:\/\/www\.w3\.org\/2000\/svg$/,
  'xmlns:xlink': /^http:\/\/www\.w3\.org\/1999\/xlink$/,
  href: /^data:image\/png;base64,/,
  'xlink:href': /^data:image\/png;base64,/,
  preserveAspectRatio: /^none$/,
  'text-anchor': /^(?:start|middle|end)$/,
  'stroke-dasharray': /^\d+ \d+$/,
  'stroke-linejoin': /^round$/,
  'font-family': /serif$/,
  'font-style': /^italic$/,
  'shape-rendering': /^crispEdges$/,
};

const ELEMENTS = [
  ...['svg', 'title', 'desc', 'metadata', 'g', 'clipPath', 'image'],
  ...['rect', 'line', 'polyline', 'polygon', 'circle', 'path', 'text'],
];

interface Tag {
  readonly name: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
}

/** The opening tags of a document; the rest of it must be closing tags and text without markup. */
function tagsOf(svg: string): Tag[] {
  const tags: Tag[] = [];
  const open: string[] = [];
  const rest = svg.replace(
    /<(\/?)([\w:]+)((?: [\w:-]+="[^"<]*")*)(\/?)>/g,
    (_, closing: string, name: string, attributes: string, single: string) => {
      if (closing) expect(open.pop()).toBe(name);
      else {
        const pairs = [...attributes.matchAll(/ ([\w:-]+)="([^"]*)"/g)];
        tags.push({ name, attributes: pairs.map(([, key, value]) => [key!, value!]) });
        if (!single) open.push(name);
      }
      return '';
    },
  );
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<>]/);
  return tags;
}

function idsOf(svg: string): string[] {
  return tagsOf(svg).flatMap(({ attributes }) =>
    attributes.flatMap(([name, value]) => (name === 'id' ? [value] : [])),
  );
}

function drawPicture(
  patch: object,
  width = 800,
  height = 600,
  lines: readonly Mark[] = [],
): string {
  const state = validateState(patch);
  const title = 'A "picture" of <everything> & more';
  const parts = {
    layout: layoutPicture(width, height, 'fill'),
    state,
    range: { base: 0.1, minDifference: -1e-9, maxDifference: 1e-9 },
    title,
    image: IMAGE,
    lines,
  };
  const link = encodeState(state);
  const id = idPrefix('plot', [link, width, height]);
  const layout = layoutFigure(1, 1, null, { width, height });
  return figureSvg({
    ...{ layout, title, link, ground: true, scale: 1 },
    panels: [pictureMarkup(parts, `${id}-0`)],
  });
}

/** Hinges and contours as vectors. */
function drawLines(): string {
  const state = validateState({
    field: { kind: 'max', logits: null },
    contours: { lines: true, filled: false, count: 3 },
    hinges: true,
  });
  const geometry = PictureGeometry.of(state.projection, { width: 612, height: 484 });
  const sides = { x: [-1, 1], y: [-1, 1] } as const;
  const grid = { values: Float64Array.of(-1, 1, 1, 1), width: 2, height: 2, ...sides };
  const range = { base: 0, minDifference: -1, maxDifference: 1 };
  const hinges = logitHinges(
    drawPlane({ kind: 'max', logits: null }).layers[0]!,
    state.view,
    geometry.reach,
  );
  const lines = [...contourMarks(state, range, grid, geometry), ...hingeMarks([hinges], geometry)];
  expect(lines.length).toBeGreaterThan(3);
  return drawPicture(state, 800, 600, lines);
}

/** Regions of a window that cuts cells off. */
function drawRegions(seed: number): string {
  const network = drawPlane({ ...MLP, seed });
  const window = { x: [-5, 5], y: [-5, 5] } as const;
  return arrangementToSvg(enumerateRegions(network, { window, cells: true }));
}

function drawFigure(): string {
  const size = { width: 1400, height: 1000 };
  const panels = FIGURES.flatMap((figure) => figure.panels(initialSettings(figure))).filter(
    (panel) => !isLearntPanel(panel),
  );
  const texts = {
    question: 'Why?',
    formula: [line(of(mi('log'), sub(mi('x'), mn(1))))],
    caption: 'Caption',
  };
  const layout = layoutFigure(panels.length, 4, texts, size);
  const state = validateState({ field: { kind: 'tanh' }, data: { kind: 'exercise' } });
  const markup = panels.map((panel, i) => {
    const { width, height } = layout.cells[i]!;
    if (isVectorPanel(panel)) return vectorMarkup(panel, { width, height }, PAPER_COLORS);
    const parts = { layout: layoutSquare(width, height), state, range: null, image: IMAGE };
    return pictureMarkup({ ...parts, title: panel.title }, `figure-00000000-${i}`);
  });
  const parts = { title: 'Figure', link: 'figure=all', ground: true, scale: 1 };
  return figureSvg({ ...parts, layout, panels: markup });
}

function drawLearnt(): string {
  const image = { values: [1, -2, 0, 0.5], width: 2 };
  const size = { width: 200, height: 200 };
  const weights: VectorPanel = {
    kind: 'images',
    title: 'W',
    images: [{ name: 'h₁,₁', ...image }],
    isSigned: true,
  };
  const matrix: VectorPanel = {
    kind: 'confusion',
    title: 'C',
    names: ['0', '1'],
    counts: [
      [3, 1],
      [0, 4],
    ],
    images: [
      [image, image],
      [null, image],
    ],
  };
  const markup = [weights, matrix].map((panel) => vectorMarkup(panel, size, PAPER_COLORS));
  const texts = { question: 'Why?', formula: [line(mn(1))], caption: 'Caption' };
  const layout = layoutFigure(2, 2, texts, { width: 900, height: 600 });
  const parts = { title: 'Learnt', link: 'figure=all', ground: true, scale: 1 };
  return figureSvg({ ...parts, layout, panels: markup });
}

const DOCUMENTS: Readonly<Record<string, () => string>> = {
  'a picture': () => drawPicture({ field: { ...MLP, seed: 1 }, hinges: true }),
  'a neuron with the points of the exercise': () =>
    drawPicture({ field: { kind: 'sigmoid' }, data: { kind: 'exercise' } }),
  'a deep view in filled contours': () =>
    drawPicture({
      field: { kind: 'lse' },
      view: { center: [1.2345678901, -97.5], halfWidth: 1e-9 },
      contours: { filled: true, lines: false, count: 7 },
    }),
  'lines as vectors': drawLines,
  'a log-radial picture': () => drawPicture({ projection: { kind: 'logRadial', decades: 4 } }),
  regions: () => drawRegions(0),
  'all panels of all figures': drawFigure,
  'weights and a confusion matrix': drawLearnt,
};

describe.each(Object.entries(DOCUMENTS))('the SVG of %s', (_, draw) => {
  test('has elements, attributes and values that all programs know', () => {
    const tags = tagsOf(draw());
    expect(tags.map(({ name }) => name).filter((name) => !ELEMENTS.includes(name))).toEqual([]);
    const wrong = tags.flatMap(({ name, attributes }) =>
      attributes
        .filter(([attribute, value]) => !ATTRIBUTES[attribute]?.test(value))
        .map(([attribute, value]) => `${name} ${attribute}="${value}"`),
    );
    expect(wrong).toEqual([]);
  });

  test('has images under both names of their source', () => {
    for (const { name, attributes } of tagsOf(draw())) {
      if (name !== 'image') continue;
      const byName = Object.fromEntries(attributes);
      expect(byName.href).toBe(IMAGE);
      expect(byName['xlink:href']).toBe(IMAGE);
    }
  });

  test('refers to ids of its own, each once', () => {
    const svg = draw();
    const ids = idsOf(svg);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of svg.matchAll(/url\(#([^)]*)\)/g)) expect(ids).toContain(target);
  });
});

test.each([
  [
    'two sizes',
    drawPicture({ field: { kind: 'sigmoid' }, data: { kind: 'exercise' } }, 400, 300),
    drawPicture({ field: { kind: 'sigmoid' }, data: { kind: 'exercise' } }, 1200, 900),
  ],
  [
    'two fields',
    drawPicture({ field: { kind: 'sigmoid' }, data: { kind: 'exercise' } }),
    drawPicture({ field: { kind: 'tanh' }, data: { kind: 'exercise' } }),
  ],
  ['regions of two seeds', drawRegions(0), drawRegions(1)],
])('documents of %s have no id in common', (_, a, b) => {
  const [ofA, ofB] = [idsOf(a), idsOf(b)];
  expect(ofA.length).toBeGreaterThan(0);
  expect(ofB.length).toBeGreaterThan(0);
  expect(ofA.filter((name) => ofB.includes(name))).toEqual([]);
});
