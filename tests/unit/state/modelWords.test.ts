import { describe, expect, test } from 'vitest';
import type { Model } from '../../../src/model/models.ts';
import { describeBytes, describeModel, shortShape } from '../../../src/state/modelWords.ts';
import { modelOfFile } from '../models/modelFields.ts';

const networkOf = (...widths: number[]) => ({
  layers: widths.slice(1).map((outputs, i) => ({
    ...{ inputs: widths[i]!, outputs, activation: 'identity' as const },
    weight: new Float32Array(outputs * widths[i]!),
    bias: new Float32Array(outputs),
  })),
});

describe('the words for a model', () => {
  test('shorten hidden layers of one width', () => {
    expect(shortShape(networkOf(5, 50, 50, 50, 50, 50, 50, 5))).toBe('5-50×6-5');
    expect(shortShape(networkOf(2, 2, 2))).toBe('2-2-2');
    expect(shortShape(networkOf(3, 3, 3, 8, 8, 1))).toBe('3-3×2-8×2-1');
    expect(shortShape(networkOf(2, 1))).toBe('2-1');
  });

  test('say how many bytes its numbers take', () => {
    expect(describeBytes(networkOf(5, 50, 50, 5))).toBe('12.4 kB');
    expect(describeBytes(networkOf(1, 1))).toBe('0.1 kB');
  });

  test('name inputs with their ranges in the units of the file', () => {
    const words = new Map(describeModel(modelOfFile('small.nnet')));
    expect(words.get('inputs')).toMatch(/^2: x₁ \(-?\S+ to \S+\), x₂ \(/u);
    expect(words.get('layers')).toBe('2-2-1');
    expect(words.get('activations')).toBe('ReLU');
    expect(words.get('outputs')).toBe('1');
  });

  test('list eight names at most, and count the others', () => {
    const model = modelOfFile('small.npz');
    const input = { name: 'height', range: null, unit: null };
    const many: Model = {
      ...model,
      network: networkOf(20, 1),
      facts: { ...model.facts, inputs: Array(20).fill(input), ending: 'softmax' },
    };
    const words = new Map(describeModel(many));
    expect(words.get('inputs')).toBe(`20: ${Array(8).fill('height').join(', ')}, …`);
    expect(words.get('activations')).toBe('none');
    expect(words.get('at the end')).toBe('softmax');
  });
});
