import { expect, test } from 'vitest';
import { colorBarOf } from '../../../src/overlay/colorBar.ts';
import { layerOf } from '../../../src/overlay/layers.ts';
import { svgOf } from '../../../src/overlay/marks.ts';
import { validateState } from '../../../src/state/validate.ts';
import { PictureGeometry } from '../../../src/view/pictureGeometry.ts';

const SIZE = { width: 300, height: 200 };
const RANGE = { base: 0, minDifference: -1, maxDifference: 1 };

function layer(patch: object) {
  const state = validateState(patch);
  return layerOf(state, PictureGeometry.of(state.projection, SIZE));
}

test('a picture has the marks and the legend of all its layers', () => {
  expect(layer({})).toEqual({ marks: [], legend: [] });
  expect(layer({ field: { kind: 'sigmoid' } })).toEqual({ marks: [], legend: [] });
  expect(layer({ points: 'exercise' })).toEqual({ marks: [], legend: [] });
  const neuron = layer({ field: { kind: 'tanh' }, points: 'exercise', hinges: true });
  expect(neuron.legend.map(({ text }) => text)).toEqual([
    'class 1',
    'class 0',
    'a = (tanh(0) + tanh(−1)) / 2 ≈ −0.3808',
    'w·x + b = 0',
  ]);
  expect(neuron.marks.filter(({ kind }) => kind === 'circle').length).toBe(4);
  const radial = layer({
    field: { kind: 'sigmoid' },
    points: 'exercise',
    projection: { kind: 'logRadial', decades: 4 },
  });
  // Rings lie below points.
  expect(radial.marks[0]).toMatchObject({ kind: 'net', look: 'casing' });
  expect(radial.marks.at(-1)).toMatchObject({ kind: 'text', look: 'pointLabel' });
});

test('a ring is four quarters about its centre', () => {
  const ring = { center: [50, 40], radius: 10 } as const;
  const mark = { kind: 'net', circles: [ring], lines: [], look: '', style: {} } as const;
  expect(svgOf(mark).attributes).toEqual({
    d: 'M60 40A10 10 0 0 0 50 30A10 10 0 0 0 40 40A10 10 0 0 0 50 50A10 10 0 0 0 60 40',
  });
});

test('the bar of a direction has the cyclic colours for any colour map', () => {
  const [cyclic, viridis] = (['cyclic', 'viridis'] as const).map((colormap) => {
    const state = validateState({ quantity: 'gradientDirection', colormap });
    return colorBarOf(state, RANGE, 300, 48);
  });
  expect(viridis).toEqual(cyclic);
  expect(viridis!.colors[0]).toEqual({ from: 0, color: '#e2d9e2' });
});

test('the bar of filled contours has a colour a step', () => {
  const state = validateState({ contours: { filled: true, lines: false, count: 5 } });
  const { colors } = colorBarOf(state, RANGE, 300, 48);
  expect(colors.map(({ from }) => from)).toEqual([0, 0.25, 0.5, 0.75]);
  expect(new Set(colors.map(({ color }) => color)).size).toBe(4);
});
