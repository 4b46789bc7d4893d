import { expect, test } from 'vitest';
import { layerOf } from '../../../src/overlay/layers.ts';
import { type Mark, svgOf } from '../../../src/overlay/marks.ts';
import { validateState } from '../../../src/state/validate.ts';
import { PictureGeometry } from '../../../src/view/pictureGeometry.ts';

const SIZE = { width: 300, height: 200 };

function layer(patch: object) {
  const state = validateState(patch);
  return layerOf(state, PictureGeometry.of(state.projection, SIZE));
}

test('a picture has the marks and the legend of all its layers', () => {
  expect(layer({})).toEqual({ marks: [], legend: [] });
  expect(layer({ field: { kind: 'sigmoid' } })).toEqual({ marks: [], legend: [] });
  const neuron = layer({ field: { kind: 'tanh' }, data: { kind: 'exercise' }, hinges: true });
  expect(neuron.legend.map(({ text }) => text)).toEqual([
    'decision threshold −0.3808',
    'class 0',
    'class 1',
    'wrong: 0 of 4',
    'w·x + b = 0',
  ]);
  expect(neuron.marks.filter(({ look }) => look === 'pointLabel').length).toBe(4);
  const radial = layer({
    field: { kind: 'sigmoid' },
    data: { kind: 'exercise' },
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

test('signs of the legend look as in the picture', () => {
  const neuron = layer({ field: { kind: 'sigmoid' }, data: { kind: 'exercise' } });
  const styleOf = (marks: readonly Mark[], look: string) => {
    const { fill, stroke, ...rest } = marks.find((mark) => mark.look === look)!.style;
    return { fill, stroke, width: rest['stroke-width'] };
  };
  const signs = neuron.legend.flatMap(({ sign }) => sign);
  for (const look of ['casing', 'threshold']) {
    expect(styleOf(signs, look)).toEqual(styleOf(neuron.marks, look));
  }
});

test('the grey of a zero gradient is explained where directions are shown', () => {
  const { legend } = layer({ field: { kind: 'lse' }, quantity: 'gradientDirection' });
  expect(legend).toMatchObject([{ text: '∇f = 0', sign: [{ style: { fill: '#808080' } }] }]);
  expect(layer({ field: { kind: 'lse' }, quantity: 'gradientNorm' }).legend).toEqual([]);
});
