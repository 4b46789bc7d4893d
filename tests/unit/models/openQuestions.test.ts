import { describe, expect, test } from 'vitest';
import {
  hasOpenActivations,
  openOrientation,
  withActivations,
  withTransposedWeights,
} from '../../../src/models/openQuestions.ts';
import { readModel } from '../../../src/models/readModel.ts';
import { forward } from '../../../src/reference/pointReading.ts';
import { textFile } from './files.ts';
import { modelOfFile } from './modelFields.ts';

const SQUARE = {
  W1: [
    [1, 2],
    [3, 4],
  ],
  b1: [0, 0],
  W2: [
    [1, 1],
    [0, 1],
  ],
  b2: [5, 6],
};
const square = readModel([textFile(JSON.stringify(SQUARE), 'square.json')]);

describe('what a file leaves open', () => {
  test('are activations that it does not name, also after they were chosen', () => {
    const model = modelOfFile('small.npz');
    expect(hasOpenActivations(model.facts)).toBe(true);
    const chosen = withActivations(model, ['tanh']);
    expect(hasOpenActivations(chosen.facts)).toBe(true);
    expect(chosen.id).not.toBe(model.id);
    expect(withActivations(chosen, ['relu']).id).toBe(model.id);
    expect(chosen.network.layers.map(({ activation }) => activation)).toEqual(['tanh', 'identity']);
    expect(hasOpenActivations(modelOfFile('elu.npz').facts)).toBe(false);
  });

  test('is which side of square weights are the inputs', () => {
    expect(openOrientation(modelOfFile('small.npz'))).toBeNull();
    expect(openOrientation(square)).toBe('outputsFirst');
    expect(forward(square.network, [1, 0])).toEqual([1 + 3 + 5, 3 + 6]);
    const other = withTransposedWeights(square);
    expect(openOrientation(other)).toBe('inputsFirst');
    // x · W1 = (1, 2), and h · W2 = (1, 3).
    expect(forward(other.network, [1, 0])).toEqual([1 + 5, 3 + 6]);
    const again = withTransposedWeights(other);
    expect(again.id).toBe(square.id);
    expect(again.facts).toEqual(square.facts);
  });

  test('is which side of weights without biases are the inputs, where either makes a network', () => {
    const W1 = [
      [1, 2, 3],
      [4, 5, -6],
    ];
    const W2 = [
      [1, 0],
      [0, 1],
      [2, 1],
    ];
    const model = readModel([textFile(JSON.stringify({ W1, W2 }), 'either.json')]);
    expect(openOrientation(model)).toBe('outputsFirst');
    // W1 x = (1, 4).
    expect(forward(model.network, [1, 0, 0])).toEqual([1, 4, 2 + 4]);
    const other = withTransposedWeights(model);
    expect(openOrientation(other)).toBe('inputsFirst');
    expect(other.facts.inputs).toHaveLength(2);
    // x W1 = (4, 5, −6), of which ReLU leaves (4, 5, 0).
    expect(forward(other.network, [0, 1])).toEqual([4, 5]);
    expect(withTransposedWeights(other)).toEqual(model);
    const biased = readModel([textFile(JSON.stringify({ W1, b1: [0, 0], W2 }), 'biased.json')]);
    expect(openOrientation(biased)).toBeNull();
  });
});
