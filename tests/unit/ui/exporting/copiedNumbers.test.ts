import { expect, test } from 'vitest';
import { validateField } from '../../../../src/model/fieldValidation.ts';
import type { Point } from '../../../../src/numeric/doubleDouble.ts';
import { numbersInPython } from '../../../../src/torch/pythonNumbers.ts';
import { copiedNumbers } from '../../../../src/ui/exporting/copiedNumbers.ts';

const at = (x: number, y: number, xLow = 0, yLow = 0): Point => ({
  x: { high: x, low: xLow },
  y: { high: y, low: yLow },
});

/** |x₁| − 2 x₂ + 1, of two ReLUs that make the absolute value, and an inactive third. */
const ABSOLUTE = [
  {
    weight: [
      [1, 0],
      [-1, 0],
      [0, 1],
    ],
    bias: [0, 0, -100],
    activation: 'relu',
  },
  { weight: [[1, 1, 1]], bias: [1], activation: 'identity' },
] as const;

test('a network with one output: its value is its affine map', () => {
  const field = validateField({ network: { kind: 'explicit', layers: ABSOLUTE } });
  const text = copiedNumbers(field, { point: at(-0.25, 0.1, 1e-20), isDeep: false });
  expect(text.split('\n').slice(1)).toEqual([
    'point = [-0.25, 0.1]',
    'value = 1.25',
    'gradient = [-1.0, 0.0]',
    '# On the region around the point: value = weight @ point + bias',
    'weight = [-1.0, 0.0]',
    'bias = 1.0',
    '',
  ]);
  expect(text).toMatch(/^# \S.*\n/);
});

test('several outputs on a slice, each with its map', () => {
  const field = validateField({
    network: {
      kind: 'explicit',
      layers: [
        {
          weight: [
            [1, 2, 3],
            [0, 0, 1],
          ],
          bias: [0, 5],
          activation: 'identity',
        },
      ],
    },
    slice: { origin: [0, 0, 2], axis1: [1, 0, 0], axis2: [0, 1, 0] },
    readout: { kind: 'max' },
  });
  const text = copiedNumbers(field, { point: at(1, 0.5), isDeep: false });
  expect(text.split('\n').slice(1)).toEqual([
    'point = [1.0, 0.5]',
    'x = [1.0, 0.5, 2.0]',
    'value = 8.0',
    'gradient = [1.0, 2.0]',
    'outputs = [8.0, 7.0]',
    '# On the region around the point: outputs = weight @ point + bias',
    'weight = [[1.0, 2.0], [0.0, 0.0]]',
    'bias = [6.0, 7.0]',
    '',
  ]);
});

test('a smooth network has no affine map', () => {
  const network = { kind: 'drawn', widths: [2, 3, 1], activation: 'tanh' } as const;
  const text = copiedNumbers(validateField({ network }), { point: at(0, 0), isDeep: false });
  expect(text).toMatch(/^outputs = \[-?0\.\d+\]$/m);
  expect(text).not.toContain('weight');
});

test('a deep view has all digits of the point', () => {
  const field = validateField({
    network: { kind: 'identity' },
    readout: { kind: 'lse', lambda: 1 },
  });
  const text = copiedNumbers(field, { point: at(1, 2, 1e-20, -3e-20), isDeep: true });
  expect(text).toContain('point = [1.0, 2.0]\npoint_low = [1e-20, -3e-20]  #');
});

test('what is no finite number is one in Python, too', () => {
  const text = numbersInPython({
    title: 'a\nb',
    point: [-0, 1e300],
    pointLow: null,
    input: null,
    value: Number.NaN,
    gradient: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    outputs: null,
    maps: null,
  });
  expect(text.split('\n')).toEqual([
    '# a b',
    'point = [-0.0, 1e+300]',
    "value = float('nan')",
    "gradient = [float('inf'), float('-inf')]",
    '',
  ]);
});
