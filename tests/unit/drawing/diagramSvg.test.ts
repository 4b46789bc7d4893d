import { expect, test } from 'vitest';
import { layDiagram } from '../../../src/drawing/diagramLayout.ts';
import { weightMarks } from '../../../src/drawing/diagramLines.ts';
import { neuronMarks, titleMarks } from '../../../src/drawing/diagramMarks.ts';
import { diagramSvg } from '../../../src/drawing/diagramSvg.ts';
import { firstWindow } from '../../../src/drawing/diagramWindow.ts';
import { paintValues } from '../../../src/drawing/neuronColors.ts';
import { DEFAULT_DRAWN } from '../../../src/model/fieldValidation.ts';
import { networkFor } from '../../../src/model/resolve.ts';
import { colormapTable } from '../../../src/scales/colormaps.ts';

test('a file has every neuron’s picture, the lines, the names and the legend', () => {
  const { widths } = DEFAULT_DRAWN;
  const layout = layDiagram(widths, firstWindow(widths), { width: 900, height: 300 }, []);
  const svg = diagramSvg({
    title: 'a < b',
    layout,
    lines: weightMarks(networkFor(DEFAULT_DRAWN), layout),
    frames: [...neuronMarks(layout, () => 'h'), ...titleMarks(layout)],
    pictures: Array.from({ length: 23 }, (_, i) => `data:image/png;base64,${i}`),
  });
  expect(svg.match(/<image [^>]*href="data:image\/png;base64,\d+" xlink:href/g)).toHaveLength(23);
  expect(svg).toContain('<title>a &#60; b</title>');
  expect(svg).toContain('>layer 1</text>');
  expect(svg).toContain('>weight &#62; 0</text>');
  // Each of 60 weights is a line, as none is 0.
  const lines = [...svg.matchAll(/<path d="([^"]*)"/g)].map(([, d]) => d!.split('M').length - 1);
  expect(lines.reduce((sum, count) => sum + count, 0)).toBe(60);
  expect(svg).not.toMatch(/NaN|undefined|class=/);
});

test('0 has the middle colour, the largest size an end of the map, and what is not a number is grey', () => {
  const table = colormapTable('greys');
  const pixels = new Uint8ClampedArray(4 * 5);
  paintValues([-2, 0, 2, Number.NaN, 1], 2, table, pixels);
  expect([...pixels].filter((_, i) => i % 4 === 0)).toEqual([0, 128, 255, 128, 192]);
  expect([...pixels].filter((_, i) => i % 4 === 3)).toEqual([255, 255, 255, 255, 255]);
  paintValues([0, 0], 0, table, pixels);
  expect([pixels[0], pixels[4]]).toEqual([128, 128]);
});
