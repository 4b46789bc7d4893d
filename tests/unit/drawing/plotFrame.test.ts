import { expect, test } from 'vitest';
import { PAPER_COLORS } from '../../../src/drawing/colors.ts';
import { drawFrame, layOutPlot, TEXT_SIZE } from '../../../src/drawing/plotFrame.ts';
import { LETTER_WIDTH } from '../../../src/drawing/svgMarkup.ts';
import type { AxisDescription } from '../../../src/drawing/vectorPanels.ts';

const SIZE = { width: 400, height: 300 };
const TINY: AxisDescription = { label: 'relative error', from: 1e-13, to: 1, scale: 'log10' };
const SHORT: AxisDescription = { label: 'loss', from: 0, to: 1, scale: 'linear' };

test.each([TINY, SHORT])('labels of the upright axis end before its name: $label', (y) => {
  const { plot } = layOutPlot(SIZE, [], y, PAPER_COLORS);
  const markup = drawFrame(plot, null, y, PAPER_COLORS);
  const labels = [...markup.matchAll(/<text x="([\d.]+)"[^>]*text-anchor="end"[^>]*>([^<]+)</g)];
  expect(labels.length).toBeGreaterThan(2);
  const starts = labels.map(
    ([, x, text]) => Number(x) - [...text!].length * TEXT_SIZE * LETTER_WIDTH,
  );
  // The name stands on the line at 14, and reaches below it by less than half a letter.
  expect(Math.min(...starts)).toBeGreaterThanOrEqual(14 + TEXT_SIZE / 2);
});

test('a plot with short labels is as wide as ever', () => {
  expect(layOutPlot(SIZE, [], SHORT, PAPER_COLORS).plot.x).toBe(58);
});
