import { describe, expect, test } from 'vitest';
import { PAPER_COLORS } from '../../../src/drawing/colors.ts';
import type { ConfusionPanel, ImagesPanel } from '../../../src/drawing/vectorPanels.ts';
import { pageSvg, vectorMarkup } from '../../../src/drawing/vectorSvg.ts';

const weights: ImagesPanel = {
  kind: 'images',
  title: 'Weights',
  images: [
    { name: '0', width: 2, values: [1, -1, 0, 0.5] },
    { name: '1', width: 2, values: [-2, 2, 0, 0] },
  ],
  isSigned: true,
};

const confusion: ConfusionPanel = {
  kind: 'confusion',
  title: 'Confusion',
  names: ['0', '1'],
  counts: [
    [3, 1],
    [0, 4],
  ],
  images: [
    [
      { width: 2, values: [16, 0, 0, 8] },
      { width: 2, values: [4, 0, 0, 0] },
    ],
    [null, { width: 2, values: [0, 0, 0, 0] }],
  ],
};

const rectsOf = (markup: string) =>
  [...markup.matchAll(/<rect ([^>]*)\/>/g)].map(([, attributes]) =>
    Object.fromEntries([...attributes!.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, k, v]) => [k, v])),
  );

describe('images', () => {
  test('lie side by side on one diverging scale', () => {
    const rects = rectsOf(vectorMarkup(weights, { width: 210, height: 144 }, PAPER_COLORS));
    const pixels = rects.filter(({ stroke }) => stroke === undefined);
    expect(pixels.map(({ x, y }) => [Number(x), Number(y)])).toEqual([
      [0, 18],
      [50, 18],
      [0, 68],
      [50, 68],
      [110, 18],
      [160, 18],
      [110, 68],
      [160, 68],
    ]);
    const fills = pixels.map(({ fill }) => fill);
    // 0 is the same everywhere, and ±1 are halfway to ±2.
    expect(fills[2]).toBe(fills[6]);
    expect(new Set(fills).size).toBe(6);
  });

  test('are described', () => {
    expect(pageSvg(weights, { width: 200, height: 100 }, 'id')).toContain(
      '2 images: 0, 1. Colours reach from −2 (blue) over 0 (grey) to 2 (red).',
    );
  });
});

describe('a confusion matrix', () => {
  test('has counts and mean images in its cells, and shades mistakes', () => {
    const markup = vectorMarkup(confusion, { width: 144, height: 144 }, PAPER_COLORS);
    const rects = rectsOf(markup);
    expect(rects.filter(({ stroke }) => stroke !== undefined)).toHaveLength(4);
    // The mistake's shade, and pixels that are not white: full, half and quarter ink.
    expect(rects.flatMap(({ opacity }) => opacity ?? [])).toEqual(['1', '0.5', '0.35', '0.25']);
    expect([...markup.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text)).toEqual([
      ...['3', '1', '4'],
      ...['0', '0', '1', '1', 'given class', 'class'],
    ]);
  });

  test('is described by what is right and the commonest mistakes', () => {
    expect(pageSvg(confusion, { width: 200, height: 200 }, 'id')).toContain(
      '7 of 8 have their class. Most often taken: 0 for 1 1 times.',
    );
  });
});
