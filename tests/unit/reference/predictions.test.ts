import { expect, it } from 'vitest';
import { networkFor } from '../../../src/model/resolve.ts';
import { predictedClasses } from '../../../src/reference/predictions.ts';

const layersOf = (weight: number[][], bias: number[]) =>
  networkFor({ kind: 'explicit', layers: [{ weight, bias, activation: 'identity' }] });

const x = Float64Array.of(0, 0, 2, 1, -3, 1);

it('is the first of the greatest outputs, or of the least', () => {
  const network = layersOf(
    [
      [1, 0],
      [0, 1],
      [1, 0],
    ],
    [0, 0, 0],
  );
  expect([...predictedClasses(network, x, 'greatest')]).toEqual([0, 0, 1]);
  expect([...predictedClasses(network, x, 'least')]).toEqual([0, 1, 0]);
});

it('is 1 where a single output exceeds the threshold', () => {
  const network = layersOf([[1, 0]], [0]);
  expect([...predictedClasses(network, x, 'greatest')]).toEqual([0, 1, 0]);
  expect([...predictedClasses(network, x, 'least', -0.5)]).toEqual([1, 1, 0]);
});
